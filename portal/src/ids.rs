use std::{fmt, str::FromStr};

use serde_json::Value;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
        )]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<u64> for $name {
            fn from(id: u64) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Value {
            fn from(id: $name) -> Self {
                id.0.into()
            }
        }
    )*};
}

ids! {
    /// Identifies a user; a bot is a user too.
    UserId;
    /// Identifies a chat, private ones included.
    ChatId;
    /// Identifies a message.
    MessageId;
    /// Identifies a slash command of a bot.
    CommandId;
    /// Identifies an application on this portal.
    AppId;
    /// Identifies a chat application, which a bot adds to the messenger.
    ChatAppId;
    /// Identifies a department.
    DepartmentId;
    /// Identifies a field that a portal has added to the profiles of its users.
    FieldId;
    /// Identifies a page of an application in the interface.
    PlacementId;
    /// Identifies an event that is kept to be fetched.
    KeptId;
    /// Identifies a file, a folder, a storage or a version on the disk.
    DiskId;
    /// Identifies a notification.
    NoticeId;
    /// Identifies the settings of an open line.
    LineId;
    /// Identifies a conversation of a client with an open line.
    SessionId;
    /// Identifies an event that waits to be fetched.
    WaitingId;
    /// Identifies an entry of the journal.
    EntryId;
}

/// A conversation as one of its members names it: the other person, or a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Dialog {
    /// The private dialog with this user.
    User(UserId),
    /// A group chat.
    Chat(ChatId),
    /// The chat of the workgroup or project with this number.
    Workgroup(u64),
}

impl fmt::Display for Dialog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(user) => user.fmt(f),
            Self::Chat(chat) => write!(f, "chat{chat}"),
            Self::Workgroup(group) => write!(f, "sg{group}"),
        }
    }
}

impl FromStr for Dialog {
    type Err = NotADialog;

    fn from_str(text: &str) -> Result<Self, NotADialog> {
        let number = |digits: &str| digits.parse().ok().filter(|id| *id > 0).ok_or(NotADialog);
        let text = text.trim();
        if let Some(digits) = text.strip_prefix("chat") {
            number(digits).map(|id| Self::Chat(ChatId(id)))
        } else if let Some(digits) = text.strip_prefix("sg") {
            number(digits).map(Self::Workgroup)
        } else {
            number(text).map(|id| Self::User(UserId(id)))
        }
    }
}

/// The text is neither the id of a user nor `chat` and the id of a chat nor `sg` and the number of a workgroup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a dialog is the id of a user or, for a chat, \"chat\" and its id, or \"sg\" and the number of a workgroup")]
pub struct NotADialog;
