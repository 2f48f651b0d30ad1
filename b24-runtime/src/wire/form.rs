mod parse;

use std::{fmt, ops::Range};

use parse::Parser;

/// A parsed `application/x-www-form-urlencoded` body with PHP brackets (`data[PARAMS][MESSAGE]=hi`).
///
/// One pass, two allocations: all decoded text stands in one string, all nodes in one list. Keys come from
/// `http_build_query` in depth-first order, so each key is read from where it starts to differ from the one before.
#[derive(Debug)]
pub struct Form {
    text: String,
    nodes: Vec<Entry>,
}

/// A node of the tree. Children are chained, in the order in which they came.
#[derive(Debug, Clone, Copy)]
struct Entry {
    key: Span,
    value: Option<Span>,
    first_child: u32,
    last_child: u32,
    previous: u32,
    next: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: u32,
    end: u32,
}

impl Span {
    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

/// The root is node 0 and nobody's child, so 0 also says "none".
const NONE: u32 = 0;

impl Form {
    /// Fields beyond this number are refused.
    pub const MAX_FIELDS: usize = 4096;
    /// Brackets beyond this depth are refused.
    pub const MAX_DEPTH: usize = 16;

    /// Parses a body.
    ///
    /// # Errors
    /// When it has more than [`Form::MAX_FIELDS`] fields, is nested deeper than [`Form::MAX_DEPTH`], has a bracket
    /// that is never closed, a broken percent code or bytes that are not UTF-8.
    pub fn parse(body: &[u8]) -> Result<Self, FormError> {
        Parser::new(body).run()
    }

    pub(super) fn root(&self) -> FormNode<'_> {
        FormNode { form: self, index: 0 }
    }

    fn span(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

/// A place in a [`Form`].
#[derive(Clone, Copy)]
pub struct FormNode<'a> {
    form: &'a Form,
    index: u32,
}

impl<'a> FormNode<'a> {
    fn entry(self) -> &'a Entry {
        &self.form.nodes[self.index as usize]
    }

    /// The text of a field; `None` for a group of fields.
    pub(super) fn value(self) -> Option<&'a str> {
        self.entry().value.map(|span| self.form.span(span))
    }

    /// The last member of that name: as in PHP, a repeated field replaces the earlier one.
    pub(super) fn get(self, name: &str) -> Option<Self> {
        let Form { text, nodes } = self.form;
        let mut index = self.entry().last_child;
        while index != NONE {
            let Entry { key, previous, .. } = nodes[index as usize];
            // Most names differ in length: that costs less than to look at their text.
            if key.len() == name.len() && text.as_bytes()[key.range()] == *name.as_bytes() {
                return Some(Self { form: self.form, index });
            }
            index = previous;
        }
        None
    }

    /// Whether this is a group of fields.
    pub(super) fn has_members(self) -> bool {
        self.entry().first_child != NONE
    }

    pub(super) fn children(self) -> impl Iterator<Item = (&'a str, Self)> {
        let form = self.form;
        let mut index = self.entry().first_child;
        std::iter::from_fn(move || {
            let entry = form.nodes.get(index as usize).filter(|_| index != NONE)?;
            let node = FormNode { form, index };
            index = entry.next;
            Some((form.span(entry.key), node))
        })
    }
}

/// Why a form was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormError {
    /// More than [`Form::MAX_FIELDS`] fields.
    TooManyFields,
    /// Nested deeper than [`Form::MAX_DEPTH`].
    TooDeep,
    /// Larger than 4 GiB.
    TooLarge,
    /// A `[` without its `]`, at this byte.
    OpenBracket(usize),
    /// A `%` without two hexadecimal digits, at this byte.
    BadPercent(usize),
    /// Decoded bytes that are not UTF-8.
    NotUtf8,
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyFields => write!(f, "the form has more than {} fields", Form::MAX_FIELDS),
            Self::TooDeep => write!(f, "the form is nested deeper than {} levels", Form::MAX_DEPTH),
            Self::TooLarge => f.write_str("the form is larger than 4 GiB"),
            Self::OpenBracket(at) => write!(f, "a bracket that opens at byte {at} is never closed"),
            Self::BadPercent(at) => write!(f, "broken percent code at byte {at}; is the form cut off?"),
            Self::NotUtf8 => f.write_str("the form holds bytes that are not UTF-8"),
        }
    }
}

impl std::error::Error for FormError {}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Form, FormError};
    use crate::wire::Node;

    fn read(body: &str) -> Result<serde_json::Value, FormError> {
        Form::parse(body.as_bytes()).map(|form| Node::from(&form).to_json())
    }

    #[test]
    fn brackets_make_groups_whether_they_are_encoded_or_not() {
        let expected = Ok(json!({"a": {"b": "1", "bc": {"d": "2"}}, "ab": "3"}));
        assert_eq!(read("a[b]=1&a[bc][d]=2&ab=3"), expected);
        assert_eq!(read("a%5Bb%5D=1&a%5bbc%5d%5Bd%5D=2&ab=3"), expected);
    }

    #[test]
    fn keys_that_share_long_beginnings_stay_apart() {
        let read = read("data[PARAMS][MESSAGE]=1&data[PARAMS][MESSAGE_ID]=2&data[PARAM]=3&data[PARAMS][M]=4");
        assert_eq!(read, Ok(json!({"data": {"PARAMS": {"MESSAGE": "1", "MESSAGE_ID": "2", "M": "4"}, "PARAM": "3"}})));
    }

    #[test]
    fn empty_brackets_count() {
        assert_eq!(read("a[]=x&a[]=y"), Ok(json!({"a": {"0": "x", "1": "y"}})));
    }

    #[test]
    fn the_last_of_a_repeated_field_counts() {
        assert_eq!(read("a=1&b=2&a=3"), Ok(json!({"a": "3", "b": "2"})));
        let form = Form::parse(b"a=1&b=2&a=3").expect("a form");
        assert_eq!(Node::from(&form).get("a").and_then(Node::text).as_deref(), Some("3"));
    }

    #[test]
    fn values_are_decoded_and_keep_their_brackets() {
        assert_eq!(read("a=%D0%9F+%26[x]=%3D"), Ok(json!({"a": "П &[x]=="})));
    }

    #[test]
    fn broken_forms_are_refused_with_the_place() {
        assert_eq!(read("a=%D"), Err(FormError::BadPercent(2)));
        assert_eq!(read("a[b=1"), Err(FormError::OpenBracket(1)));
        assert_eq!(read("a=%D0&b=%9F"), Err(FormError::NotUtf8));
        assert_eq!(read(&"[a]".repeat(Form::MAX_DEPTH + 1)), Err(FormError::TooDeep));
        assert_eq!(read(&"a=1&".repeat(Form::MAX_FIELDS + 1)), Err(FormError::TooManyFields));
    }
}
