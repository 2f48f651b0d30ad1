use std::{fmt, str::FromStr};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

use super::{DecodeError, FromNode, Node, ToValue};

/// A day, `YYYY-MM-DD` on the wire.
pub use jiff::civil::Date;

impl FromNode for Date {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        parse(node, "a date like 2026-03-11")
    }

    fn is_absent(node: Node<'_>) -> bool {
        is_no_time(node)
    }
}

impl ToValue for Date {
    fn to_value(self) -> Value {
        Value::String(self.to_string())
    }
}

/// An instant, ISO 8601 with an offset on the wire (`2017-10-14T12:15:32+02:00`).
pub type DateTime = jiff::Timestamp;

impl FromNode for DateTime {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        parse(node, "a time like 2026-03-11T10:00:00+00:00")
    }

    fn is_absent(node: Node<'_>) -> bool {
        is_no_time(node)
    }
}

impl ToValue for DateTime {
    fn to_value(self) -> Value {
        Value::String(self.to_string())
    }
}

/// A form writes the `false` of an absent time as `0`.
fn is_no_time(node: Node<'_>) -> bool {
    node.is_nothing() || node.text().as_deref() == Some("0")
}

fn parse<T: FromStr>(node: Node<'_>, expected: &str) -> Result<T, DecodeError> {
    node.text().and_then(|text| text.parse().ok()).ok_or_else(|| DecodeError::new(expected, node))
}

/// JSON that nobody has typed. It may hold tokens, so `Debug` does not show it.
#[derive(Clone, PartialEq)]
pub struct Untyped(pub Value);

impl fmt::Debug for Untyped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Untyped(…)")
    }
}

/// The bytes of a file, in Base64 on the wire.
#[derive(Clone, PartialEq, Eq)]
pub struct Base64(String);

impl Base64 {
    /// Stands in a request for a file whose content is sent after it: see
    /// [`Client::upload`](crate::Client::upload).
    pub const STREAMED: &str = "-- the content of this file --";

    /// Encodes bytes.
    pub fn encode(bytes: impl AsRef<[u8]>) -> Self {
        Self(STANDARD.encode(bytes))
    }

    /// Takes text that is Base64 already.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} characters)", self.0.len())
    }
}

impl FromNode for Base64 {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        String::from_node(node).map(Self)
    }
}

impl ToValue for Base64 {
    fn to_value(self) -> Value {
        Value::String(self.0)
    }
}
