use std::{
    borrow::Cow,
    collections::{HashMap, hash_map::Entry},
};

use serde_json::Value;

use super::form::{Form, FormNode};

/// A value that came over the wire, in either encoding.
///
/// It answers the way PHP is loose: a number may be text and text a number, an empty list stands for an empty object,
/// and null, `false` and the empty string all say "nothing".
#[derive(Clone, Copy)]
pub enum Node<'a> {
    /// From JSON.
    Json(&'a Value),
    /// From a form.
    Form(FormNode<'a>),
}

impl<'a> From<&'a Value> for Node<'a> {
    fn from(value: &'a Value) -> Self {
        Self::Json(value)
    }
}

impl<'a> From<&'a Form> for Node<'a> {
    fn from(form: &'a Form) -> Self {
        Self::Form(form.root())
    }
}

impl<'a> Node<'a> {
    /// The text of a scalar. Booleans read as a form would spell them, `1` and `0`.
    pub fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Json(Value::String(text)) => Some(Cow::Borrowed(text)),
            Self::Json(Value::Number(number)) => Some(Cow::Owned(number.to_string())),
            Self::Json(Value::Bool(flag)) => Some(Cow::Borrowed(if *flag { "1" } else { "0" })),
            Self::Json(_) => None,
            Self::Form(node) => node.value().map(Cow::Borrowed),
        }
    }

    /// A member by name; for a list, by position.
    pub fn get(self, name: &str) -> Option<Self> {
        match self {
            Self::Json(Value::Object(map)) => map.get(name).map(Self::Json),
            Self::Json(Value::Array(list)) => {
                name.parse().ok().and_then(|index: usize| list.get(index)).map(Self::Json)
            }
            Self::Json(_) => None,
            Self::Form(node) => node.get(name).map(Self::Form),
        }
    }

    /// Whether it says "nothing": null, `false`, the empty string, an empty list or object.
    pub fn is_nothing(self) -> bool {
        match self {
            Self::Json(Value::Null | Value::Bool(false)) => true,
            Self::Json(Value::String(text)) => text.is_empty(),
            Self::Json(Value::Array(list)) => list.is_empty(),
            Self::Json(Value::Object(map)) => map.is_empty(),
            Self::Json(_) => false,
            Self::Form(node) => !node.has_members() && node.value().is_none_or(str::is_empty),
        }
    }

    /// Whether it says that there is no object: a form writes the `false` in its place as `0`.
    pub fn is_no_object(self) -> bool {
        self.is_nothing() || matches!(self, Self::Form(node) if node.value() == Some("0"))
    }

    /// The members of an object or list with their names or positions.
    pub fn members(self) -> Vec<(Cow<'a, str>, Self)> {
        match self {
            Self::Json(Value::Object(map)) => {
                map.iter().map(|(key, value)| (Cow::Borrowed(key.as_str()), Self::Json(value))).collect()
            }
            Self::Json(Value::Array(list)) => list
                .iter()
                .enumerate()
                .map(|(index, value)| (Cow::Owned(index.to_string()), Self::Json(value)))
                .collect(),
            Self::Json(_) => Vec::new(),
            Self::Form(node) => {
                // As in PHP, a repeated field replaces the earlier one and keeps its place.
                let mut places: HashMap<&str, usize> = HashMap::new();
                let mut members: Vec<(Cow<'a, str>, Self)> = Vec::new();
                for (key, node) in node.children() {
                    match places.entry(key) {
                        Entry::Occupied(place) => members[*place.get()].1 = Self::Form(node),
                        Entry::Vacant(place) => {
                            place.insert(members.len());
                            members.push((Cow::Borrowed(key), Self::Form(node)));
                        }
                    }
                }
                members
            }
        }
    }

    /// Whether it has members, or could have had: an empty list or string stands for an empty object.
    pub fn is_group(self) -> bool {
        match self {
            Self::Json(value) => value.is_object() || value.is_array() || self.is_nothing(),
            Self::Form(node) => node.has_members() || self.is_nothing(),
        }
    }

    /// A copy as JSON. Every scalar of a form is a string.
    pub fn to_json(self) -> Value {
        match self {
            Self::Json(value) => value.clone(),
            Self::Form(node) => match node.value() {
                Some(text) if !node.has_members() => Value::String(text.to_owned()),
                _ => node.children().map(|(key, node)| (key.to_owned(), Self::Form(node).to_json())).collect(),
            },
        }
    }

    /// What it is, for a message: `the text "abc"`, `a list`.
    pub(super) fn describe(self) -> String {
        match self.text() {
            Some(text) if text.chars().count() > 40 => {
                format!("the text \"{}…\"", text.chars().take(40).collect::<String>())
            }
            Some(text) => format!("the text \"{text}\""),
            None => match self {
                Self::Json(Value::Null) => "null".to_owned(),
                Self::Json(Value::Array(_)) => "a list".to_owned(),
                _ => "an object".to_owned(),
            },
        }
    }
}
