use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;

use super::{Change, State};
use crate::ids::{ChatId, MessageId, UserId};

#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) id: MessageId,
    pub(crate) chat: ChatId,
    /// Who sent it, also where it is shown as a system message.
    pub(crate) sender: UserId,
    pub(crate) content: Content,
    pub(crate) date: Timestamp,
    pub(crate) edited: bool,
    pub(crate) removal: Removal,
    pub(crate) likes: BTreeSet<UserId>,
}

/// Whether a message is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Removal {
    /// It is.
    None,
    /// A note in its place says that it was deleted.
    Marked,
    /// Nothing shows that it ever was.
    Complete,
}

/// What a message says.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    /// With BB codes.
    pub(crate) text: String,
    /// Full forms: `{"ID", "COLOR", "BLOCKS"}`.
    pub(crate) attach: Vec<Value>,
    pub(crate) keyboard: Vec<Value>,
    pub(crate) menu: Vec<Value>,
    pub(crate) is_system: bool,
    pub(crate) url_preview: bool,
}

impl Content {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            attach: Vec::new(),
            keyboard: Vec::new(),
            menu: Vec::new(),
            is_system: false,
            url_preview: true,
        }
    }
}

/// What is new about a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    New,
    Edit,
    Delete,
    Like,
}

impl State {
    pub(crate) fn post(&mut self, chat: ChatId, sender: UserId, content: Content) -> MessageId {
        let date = self.clock.now();
        let id = self.messages.insert(|id| Message {
            id,
            chat,
            sender,
            content,
            date,
            edited: false,
            removal: Removal::None,
            likes: BTreeSet::new(),
        });
        if let Some(chat) = self.chats.get_mut(chat) {
            chat.messages.push(id);
            chat.trail.push(id);
            for member in chat.members.iter().filter(|member| **member != sender) {
                *chat.unread.entry(*member).or_default() += 1;
            }
            chat.unread.remove(&sender);
        }
        self.changes.push(Change::Message(id, Event::New));
        self.changes.push(Change::Chat(chat));
        id
    }

    pub(crate) fn edit(&mut self, id: MessageId, change: impl FnOnce(&mut Content)) {
        let Some(message) = self.messages.get_mut(id) else { return };
        change(&mut message.content);
        message.edited = true;
        if let Some(chat) = self.chats.get_mut(message.chat) {
            chat.trail.push(id);
        }
        self.changes.push(Change::Message(id, Event::Edit));
    }

    pub(crate) fn delete(&mut self, id: MessageId, removal: Removal) {
        let Some(message) = self.messages.get_mut(id) else { return };
        message.removal = removal;
        if removal == Removal::Complete
            && let Some(chat) = self.chats.get_mut(message.chat)
        {
            chat.messages.retain(|known| *known != id);
        }
        self.changes.push(Change::Message(id, Event::Delete));
        self.changes.push(Change::Chat(message.chat));
    }

    /// Sets or removes a like; tells whether that changed anything.
    pub(crate) fn like(&mut self, id: MessageId, user: UserId, wanted: bool) -> bool {
        let Some(message) = self.messages.get_mut(id) else { return false };
        let changed = if wanted { message.likes.insert(user) } else { message.likes.remove(&user) };
        if changed {
            self.changes.push(Change::Message(id, Event::Like));
        }
        changed
    }
}
