use std::{fmt, str::FromStr};

use serde_json::Value;

use crate::{
    types::{BotId, ChatId, UserId},
    wire::{DecodeError, FromNode, Node, ToValue},
};

/// Where a message goes: to a person (or bot) or into a chat. `5` or `chat5` on the wire.
///
/// ```
/// use b24_runtime::types::{ChatId, DialogId, UserId};
///
/// assert_eq!("chat5".parse(), Ok(DialogId::Chat(ChatId(5))));
/// assert_eq!(DialogId::from(UserId(5)).to_string(), "5");
/// assert!("chatter".parse::<DialogId>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DialogId {
    /// The private dialog with this user.
    User(UserId),
    /// A chat.
    Chat(ChatId),
}

/// The text is neither a user's number nor `chat` and a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a dialog is a user's number or `chat` and a number")]
pub struct NotADialog;

impl FromStr for DialogId {
    type Err = NotADialog;

    fn from_str(text: &str) -> Result<Self, NotADialog> {
        let number = |text: &str| text.parse().map_err(|_| NotADialog);
        match text.strip_prefix("chat") {
            Some(id) => number(id).map(|id| Self::Chat(ChatId(id))),
            None => number(text).map(|id| Self::User(UserId(id))),
        }
    }
}

impl fmt::Display for DialogId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => write!(f, "{id}"),
            Self::Chat(id) => write!(f, "chat{id}"),
        }
    }
}

impl From<UserId> for DialogId {
    fn from(id: UserId) -> Self {
        Self::User(id)
    }
}

impl From<ChatId> for DialogId {
    fn from(id: ChatId) -> Self {
        Self::Chat(id)
    }
}

/// A bot is a user of its portal.
impl From<BotId> for DialogId {
    fn from(id: BotId) -> Self {
        Self::User(UserId(id.0))
    }
}

impl FromNode for DialogId {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        let parsed = node.text().and_then(|text| text.parse().ok());
        parsed.ok_or_else(|| DecodeError::new("a dialog like 5 or chat5", node))
    }
}

impl ToValue for DialogId {
    fn to_value(self) -> Value {
        Value::String(self.to_string())
    }
}
