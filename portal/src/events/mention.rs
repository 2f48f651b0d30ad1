use crate::ids::UserId;

const OPEN: &str = "[USER=";
const CLOSE: &str = "[/USER]";

/// A `[USER=39]Bot[/USER]` in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mention {
    user: UserId,
    start: usize,
    end: usize,
}

fn find(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(offset) = text.get(from..).and_then(|rest| rest.find(OPEN)) {
        let start = from + offset;
        from = start + OPEN.len();
        let rest = &text[from..];
        // `[USER=39 REPLACE]` is written by clients that fill in the name later.
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (Ok(user), Some(close)) = (rest[..digits].parse(), rest.find(CLOSE)) else { continue };
        from += close + CLOSE.len();
        found.push(Mention { user: UserId(user), start, end: from });
    }
    found
}

/// Who is mentioned, in the order of the text.
pub(crate) fn users(text: &str) -> Vec<UserId> {
    find(text).into_iter().map(|mention| mention.user).collect()
}

/// The text without the mentions of `users`, each with the comma and the space that follow it.
pub(crate) fn strip(text: &str, users: &[UserId]) -> String {
    let mut rest = String::new();
    let mut from = 0;
    for mention in find(text).into_iter().filter(|mention| users.contains(&mention.user)) {
        rest.push_str(&text[from..mention.start]);
        let after = &text[mention.end..];
        let tail = after.strip_prefix(',').unwrap_or(after);
        from = text.len() - tail.strip_prefix(' ').unwrap_or(tail).len();
    }
    rest.push_str(&text[from..]);
    rest.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{strip, users};
    use crate::ids::UserId;

    #[test]
    fn a_mention_goes_with_its_comma_and_others_stay() {
        let text = "[USER=39]Bot[/USER], ask [USER=2]Ann[/USER] please";
        assert_eq!(users(text), [UserId(39), UserId(2)]);
        assert_eq!(strip(text, &[UserId(39)]), "ask [USER=2]Ann[/USER] please");
    }

    #[test]
    fn half_a_mention_is_text() {
        for text in ["[USER=", "[USER=39]Bot", "[USER=x]Bot[/USER]", "ü[USER=1"] {
            assert_eq!(strip(text, &[UserId(39)]), text);
        }
    }
}
