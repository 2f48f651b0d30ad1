use std::{collections::BTreeMap, fmt};

use serde_json::Value;

use super::Node;

/// A typed value out of a wire value.
///
/// The objects of the API implement it by generated code; it is a plain function of the node, so it costs the
/// compiler little.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be read from an answer or an event")]
pub trait FromNode: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// When the node holds something else, with the way to it.
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError>;

    /// Whether the value is missing although something stands in its place.
    fn is_absent(node: Node<'_>) -> bool {
        node.is_nothing()
    }
}

/// A value that was not what it should have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    path: Vec<String>,
    expected: String,
    found: String,
}

impl DecodeError {
    /// `expected` and `found` are read as "expected {expected}, found {found}".
    pub fn new(expected: impl Into<String>, node: Node<'_>) -> Self {
        Self { path: Vec::new(), expected: expected.into(), found: node.describe() }
    }

    pub(crate) fn missing(name: &str) -> Self {
        Self { path: vec![name.to_owned()], expected: "a value".to_owned(), found: "nothing".to_owned() }
    }

    /// Adds the step that led to the value.
    pub fn at(mut self, step: &str) -> Self {
        // A step may be a key that a stranger made up.
        self.path.push(step.chars().take(60).collect());
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            let steps: Vec<&str> = self.path.iter().rev().map(String::as_str).collect();
            write!(f, "{}: ", steps.join("."))?;
        }
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

impl std::error::Error for DecodeError {}

/// An object being read member by member.
#[derive(Clone, Copy)]
pub struct Object<'a> {
    node: Node<'a>,
    /// The other spellings of the member that is asked for next.
    aliases: &'static [&'static str],
}

impl<'a> Node<'a> {
    /// This value as an object.
    ///
    /// # Errors
    /// When it is a scalar.
    pub fn object(self) -> Result<Object<'a>, DecodeError> {
        if self.is_group() { Ok(Object { node: self, aliases: &[] }) } else { Err(DecodeError::new("an object", self)) }
    }
}

impl<'a> Object<'a> {
    /// The same object, where a member may be spelled in other ways.
    pub fn spelled(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    fn member(&self, name: &str) -> Option<Node<'a>> {
        let spelled = || self.aliases.iter().find_map(|alias| self.node.get(alias));
        self.node.get(name).or_else(spelled)
    }

    /// A member that is always there.
    ///
    /// # Errors
    /// When it is missing or holds something else.
    pub fn need<T: FromNode>(&self, name: &str) -> Result<T, DecodeError> {
        let node = self.member(name).ok_or_else(|| DecodeError::missing(name))?;
        T::from_node(node).map_err(|error| error.at(name))
    }

    /// A member that may be missing or say "nothing".
    ///
    /// # Errors
    /// When it is there and holds something else.
    pub fn get<T: FromNode>(&self, name: &str) -> Result<Option<T>, DecodeError> {
        match self.member(name) {
            Some(node) if !T::is_absent(node) => T::from_node(node).map(Some).map_err(|error| error.at(name)),
            _ => Ok(None),
        }
    }

    /// A list or map that may be missing: nothing is an empty one.
    ///
    /// # Errors
    /// When it is there and holds something else.
    pub fn collect<T: FromNode + Default>(&self, name: &str) -> Result<T, DecodeError> {
        Ok(self.get(name)?.unwrap_or_default())
    }
}

impl FromNode for String {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        match node.text() {
            Some(text) => Ok(text.into_owned()),
            None if node.is_nothing() => Ok(Self::new()),
            None => Err(DecodeError::new("text", node)),
        }
    }
}

impl FromNode for bool {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        match node.text().as_deref() {
            Some("Y" | "y" | "1" | "true" | "True") => Ok(true),
            Some("N" | "n" | "0" | "false" | "False" | "") => Ok(false),
            None if node.is_nothing() => Ok(false),
            _ => Err(DecodeError::new("yes or no", node)),
        }
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl FromNode for $number {
            fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
                let parsed = node.text().and_then(|text| text.trim().parse().ok());
                parsed.ok_or_else(|| DecodeError::new("a number", node))
            }
        }
    )*};
}

numbers!(i64, u64, u32, f64);

impl FromNode for Value {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        Ok(node.to_json())
    }
}

impl FromNode for () {
    fn from_node(_: Node<'_>) -> Result<Self, DecodeError> {
        Ok(())
    }
}

impl<T: FromNode> FromNode for Option<T> {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        if T::is_absent(node) { Ok(None) } else { T::from_node(node).map(Some) }
    }
}

impl<T: FromNode> FromNode for Box<T> {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        T::from_node(node).map(Self::new)
    }
}

impl<T: FromNode> FromNode for Vec<T> {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        if !node.is_group() {
            return Err(DecodeError::new("a list", node));
        }
        node.members().into_iter().map(|(key, node)| T::from_node(node).map_err(|error| error.at(&key))).collect()
    }
}

impl<K: FromNode + Ord, V: FromNode> FromNode for BTreeMap<K, V> {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        if !node.is_group() {
            return Err(DecodeError::new("an object", node));
        }
        let read = |(key, node): (std::borrow::Cow<'_, str>, Node<'_>)| {
            let name = Value::String(key.clone().into_owned());
            let name = K::from_node(Node::Json(&name)).map_err(|error| error.at(&key))?;
            Ok((name, V::from_node(node).map_err(|error| error.at(&key))?))
        };
        node.members().into_iter().map(read).collect()
    }
}
