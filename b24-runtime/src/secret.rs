use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use subtle::ConstantTimeEq;

use crate::wire::{DecodeError, FromNode, Node, ToValue};

/// A token or another text that must not be shown: `Debug` prints `***`, memory is wiped when it is dropped.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// A text that nobody can guess, made of letters, digits, `-` and `_`.
    pub(crate) fn random() -> Result<Self, String> {
        let mut bytes = [0_u8; 24];
        getrandom::fill(&mut bytes).map_err(|error| format!("no random numbers: {error}"))?;
        Ok(URL_SAFE_NO_PAD.encode(bytes).into())
    }

    /// The text itself. The only way to it, so that every use can be found.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether this is the text. Takes the same time wherever they differ.
    pub fn matches(&self, text: &str) -> bool {
        self.expose().as_bytes().ct_eq(text.as_bytes()).into()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Takes the same time wherever the texts differ.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.matches(other.expose())
    }
}

impl Eq for Secret {}

impl FromNode for Secret {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        // A node that is not text must not be quoted in the message.
        node.text().map(|text| Self::from(&*text)).ok_or_else(|| DecodeError::new("a token", Node::Json(&Value::Null)))
    }
}

impl ToValue for Secret {
    fn to_value(self) -> Value {
        Value::from(self.expose())
    }
}
