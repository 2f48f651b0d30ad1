/// The candidate that `word` was most likely meant to be, if one is close enough to be worth a suggestion.
///
/// ```
/// assert_eq!(b24_spec::closest("Atach", ["Attach", "Color"]), Some("Attach"));
/// assert_eq!(b24_spec::closest("Banana", ["Attach", "Color"]), None);
/// ```
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// The tail of a message: `, did you mean "Attach"?`, or nothing.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    closest(word, candidates).map_or_else(String::new, |hit| format!(", did you mean \"{hit}\"?"))
}
