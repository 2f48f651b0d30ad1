use crate::types::UserId;

/// A `[USER=39]Bot[/USER]` in a text: whom it names, and where it begins and ends.
fn find(text: &str) -> impl Iterator<Item = (UserId, usize, usize)> {
    const OPEN: &str = "[user=";
    const CLOSE: &str = "[/user]";
    // Of the same length: only ASCII letters change.
    let lower = text.to_ascii_lowercase();
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + lower.get(from..)?.find(OPEN)?;
            let inside = lower.get(start + OPEN.len()..)?;
            from = start + OPEN.len();
            let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
            let (Some(Ok(id)), Some(close)) = (inside.get(..digits).map(str::parse), inside.find(CLOSE)) else {
                continue;
            };
            from += close + CLOSE.len();
            return Some((UserId(id), start, from));
        }
    })
}

/// Whom a text mentions first.
pub(super) fn first(text: &str) -> Option<UserId> {
    find(text).next().map(|(user, ..)| user)
}

/// The text without the mentions of a user, each with the comma and the space that follow it.
pub(super) fn without(text: &str, user: UserId) -> String {
    let mut rest = String::new();
    let mut from = 0;
    for (_, start, end) in find(text).filter(|(named, ..)| *named == user) {
        rest.push_str(text.get(from..start).unwrap_or_default());
        let after = text.get(end..).unwrap_or_default();
        let tail = after.strip_prefix(',').unwrap_or(after);
        from = text.len() - tail.strip_prefix(' ').unwrap_or(tail).len();
    }
    rest.push_str(text.get(from..).unwrap_or_default());
    rest.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{first, without};
    use crate::types::UserId;

    #[test]
    fn a_mention_goes_with_its_comma_and_others_stay() {
        let text = "[USER=39]Bot[/USER], ask [user=2 REPLACE]Ann[/user] please";
        assert_eq!(without(text, UserId(39)), "ask [user=2 REPLACE]Ann[/user] please");
        assert_eq!(without(text, UserId(2)), "[USER=39]Bot[/USER], ask please");
        assert_eq!(first(text), Some(UserId(39)));
    }

    #[test]
    fn half_a_mention_is_text() {
        for text in
            ["", "[USER=", "[USER=39]Bot", "[USER=x]Bot[/USER]", "\u{fc}[USER=1", "[USER=99999999999999999999]B[/USER]"]
        {
            assert_eq!(without(text, UserId(39)), text);
            assert_eq!(first(text), None);
        }
    }
}
