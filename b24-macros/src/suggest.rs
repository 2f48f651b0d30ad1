//! How a message says what was expected, and what was probably meant.

/// ``unknown key `colour`, did you mean `color`? expected one of `code`, `color`, …``
pub(crate) fn unknown(what: &str, word: &str, known: &[&str]) -> String {
    let guess = closest(word, known).map_or_else(|| ";".to_owned(), |hit| format!(", did you mean `{hit}`?"));
    format!("unknown {what} `{word}`{guess} expected {}", one_of(known))
}

/// The known word that `word` was most likely meant to be, if one is close enough.
pub(crate) fn closest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    known
        .iter()
        .map(|known| (strsim::jaro_winkler(&word, &known.to_lowercase()), *known))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, known)| known)
}

fn one_of(known: &[&str]) -> String {
    let quoted: Vec<_> = known.iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [only] => only.clone(),
        [one, other] => format!("{one} or {other}"),
        many => format!("one of {}", many.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::unknown;

    #[test]
    fn a_near_miss_gets_a_suggestion() {
        let message = unknown("key", "colour", &["code", "color"]);
        assert_eq!(message, "unknown key `colour`, did you mean `color`? expected `code` or `color`");
    }

    #[test]
    fn a_far_miss_gets_the_list_only() {
        let message = unknown("event", "banana", &["message", "join", "install"]);
        assert_eq!(message, "unknown event `banana`; expected one of `message`, `join`, `install`");
    }
}
