use std::{fmt, str::FromStr};

use serde_json::Value;

use crate::{
    types::{BotId, ChatId, UserId},
    wire::{DecodeError, FromNode, Node, ToValue},
};

/// Where a message goes: to a person (or bot), into a chat, or into the chat of a group or project. `5`, `chat5` or
/// `sg5` on the wire.
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
    /// The chat of this group or project; the number is the group's, not the chat's.
    Group(i64),
}

/// The text is neither a user's number nor `chat` or `sg` and a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a dialog is a user's number, or `chat` or `sg` and a number")]
pub struct NotADialog;

impl FromStr for DialogId {
    type Err = NotADialog;

    fn from_str(text: &str) -> Result<Self, NotADialog> {
        let number = |text: &str| text.parse().map_err(|_| NotADialog);
        if let Some(id) = text.strip_prefix("chat") {
            return number(id).map(|id| Self::Chat(ChatId(id)));
        }
        match text.strip_prefix("sg") {
            Some(id) => number(id).map(Self::Group),
            None => number(text).map(|id| Self::User(UserId(id))),
        }
    }
}

impl fmt::Display for DialogId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => write!(f, "{id}"),
            Self::Chat(id) => write!(f, "chat{id}"),
            Self::Group(id) => write!(f, "sg{id}"),
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
