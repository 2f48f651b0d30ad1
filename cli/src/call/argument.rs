//! `PROPERTIES.NAME=x`, `USERS[]=1`, `AVATAR=@face.png`: what stands in an argument, whatever it is for.

use std::{fs, io::Read, path::PathBuf};

/// An argument as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Argument {
    /// The way to the value, at least one step long.
    pub(super) way: Vec<Step>,
    pub(super) given: Given,
}

/// A step into an object or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// A member by its name, or an item by its number.
    Member(String),
    /// `[]`: one more item.
    Next,
}

impl Step {
    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Member(name) if name.parse::<usize>().is_ok())
    }
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Given {
    Text(String),
    /// `@face.png`; `@-` is the standard input.
    File(PathBuf),
}

impl Argument {
    pub(super) fn parse(typed: &str) -> Result<Self, String> {
        let Some((way, value)) = halves(typed) else {
            return Err(format!("\"{typed}\" is no argument: write NAME=value"));
        };
        let way = steps(way).ok_or_else(|| format!("\"{way}\" leads nowhere: write NAME, NAME.MEMBER or NAME[0]"))?;
        let given = match value.strip_prefix('@') {
            Some(text) if text.starts_with('@') => Given::Text(text.to_owned()),
            Some(path) => Given::File(path.into()),
            None => Given::Text(value.to_owned()),
        };
        Ok(Self { way, given })
    }
}

/// Both sides of the first `=` that stands in no brackets: `filter[>=ID]=5` has another one inside.
pub(crate) fn halves(typed: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    let end = typed.find(|letter| {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == '=' && depth == 0
    })?;
    Some((typed.get(..end)?, typed.get(end + 1..)?))
}

/// The steps of `A.B[C][]`. `None` where one of them has no name.
pub(crate) fn steps(way: &str) -> Option<Vec<Step>> {
    let (plain, brackets) = way.split_at(way.find('[').unwrap_or(way.len()));
    let mut steps = Vec::new();
    for name in plain.split('.') {
        steps.push(Step::Member(Some(name.trim()).filter(|name| !name.is_empty())?.to_owned()));
    }
    let mut rest = brackets;
    while let Some(inside) = rest.strip_prefix('[') {
        let (name, after) = inside.split_once(']')?;
        steps.push(if name.is_empty() { Step::Next } else { Step::Member(name.to_owned()) });
        // Dots and brackets may take turns: `A[0].B[1]`.
        let next = after.strip_prefix('.').map(|after| after.split_at(after.find('[').unwrap_or(after.len())));
        rest = match next {
            Some((name, after)) => {
                steps.extend(self::steps(name)?);
                after
            }
            None => after,
        };
    }
    rest.is_empty().then_some(steps)
}

/// What a file holds.
pub(super) fn contents(path: &PathBuf) -> Result<Vec<u8>, String> {
    let read = if path.as_os_str() == "-" {
        let mut input = Vec::new();
        std::io::stdin().lock().read_to_end(&mut input).map(|_| input)
    } else {
        fs::read(path)
    };
    let hint = "write @@ where a text begins with an @";
    read.map_err(|error| format!("cannot read {}: {error}; {hint}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{Argument, Given, Step, steps};

    #[test]
    fn brackets_and_dots_lead_the_same_way() {
        let member = |name: &str| Step::Member(name.to_owned());
        let way = Some(vec![member("A"), member("0"), member("B"), Step::Next]);
        assert_eq!(steps("A[0][B][]"), way);
        assert_eq!(steps("A.0.B[]"), way);
        assert_eq!(steps("A[0].B[]"), way);
        assert_eq!([steps(""), steps("A..B"), steps("A[0"), steps("A[0]B")], [None, None, None, None]);
    }

    #[test]
    fn a_value_may_hold_anything() {
        let parse = |typed: &str| Argument::parse(typed).map(|argument| argument.given);
        assert_eq!(parse("A=b=c"), Ok(Given::Text("b=c".to_owned())));
        assert_eq!(parse("filter[>=ID]=5"), Ok(Given::Text("5".to_owned())));
        assert_eq!(parse("A=@b.png"), Ok(Given::File("b.png".into())));
        assert_eq!(parse("A=@@b"), Ok(Given::Text("@b".to_owned())));
        assert!(parse("A").is_err());
    }
}
