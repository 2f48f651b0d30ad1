//! The words of a name: bindings spell `USER_ID`, `userId` and `user_id` alike.

/// Whether bindings have one name for both.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    words(one) == words(other)
}

/// The words in lower case, with `_` between them.
pub(super) fn words(name: &str) -> String {
    let mut words = String::new();
    let mut letters = name.chars().peekable();
    let mut was_upper = None;
    while let Some(letter) = letters.next() {
        if !letter.is_alphanumeric() {
            words.push('_');
            was_upper = None;
            continue;
        }
        let is_end_of_acronym = was_upper == Some(true) && letters.peek().is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (was_upper == Some(false) || is_end_of_acronym) {
            words.push('_');
        }
        // A digit belongs to what stands before it.
        if letter.is_uppercase() || letter.is_lowercase() {
            was_upper = Some(letter.is_uppercase());
        }
        words.extend(letter.to_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_name_keeps_its_words_however_it_is_spelled() {
        for (name, spelled) in [
            ("USER_ID", "user_id"),
            ("userId", "user_id"),
            ("user_id", "user_id"),
            ("userID", "user_id"),
            ("HTTPServer", "http_server"),
            ("v2Chat", "v2_chat"),
            ("EVENT", "event"),
        ] {
            assert_eq!(words(name), spelled, "{name}");
        }
    }
}
