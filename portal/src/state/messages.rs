use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Change, State, secret};
use crate::ids::{ChatId, DiskId, MessageId, UserId};

/// The reaction that v1 calls a like.
pub(crate) const LIKE: &str = "like";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Message {
    pub(crate) id: MessageId,
    pub(crate) chat: ChatId,
    /// Who sent it, also where it is shown as a system message.
    pub(crate) sender: UserId,
    pub(crate) content: Content,
    pub(crate) date: Timestamp,
    pub(crate) edited: bool,
    pub(crate) removal: Removal,
    /// In the order in which they came.
    pub(crate) reactions: Vec<Reaction>,
    /// What the client called it before it had an id; a system message has none.
    pub(crate) uuid: String,
}

/// Whether a message is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Removal {
    /// It is.
    None,
    /// A note in its place says that it was deleted.
    Marked,
    /// Nothing shows that it ever was.
    Complete,
}

/// What somebody thinks of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reaction {
    pub(crate) user: UserId,
    /// `like`, `kiss`, `laugh`.
    pub(crate) kind: String,
}

/// What a message says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Content {
    /// With BB codes.
    pub(crate) text: String,
    /// Full forms: `{"ID", "COLOR", "BLOCKS"}`.
    pub(crate) attach: Vec<Value>,
    pub(crate) keyboard: Vec<Value>,
    pub(crate) menu: Vec<Value>,
    pub(crate) files: Vec<DiskId>,
    pub(crate) reply: Option<MessageId>,
    pub(crate) forward: Option<Forward>,
    pub(crate) is_system: bool,
    pub(crate) url_preview: bool,
    /// Whether the client of an open line does not get it.
    #[serde(default)]
    pub(crate) is_internal: bool,
    /// Further parameters that the message carries for its readers, by their names on the wire.
    pub(crate) params: Map<String, Value>,
}

/// Where a forwarded message comes from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Forward {
    pub(crate) message: MessageId,
    pub(crate) chat: ChatId,
    pub(crate) user: UserId,
}

impl Content {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            attach: Vec::new(),
            keyboard: Vec::new(),
            menu: Vec::new(),
            files: Vec::new(),
            reply: None,
            forward: None,
            is_system: false,
            url_preview: true,
            is_internal: false,
            params: Map::new(),
        }
    }

    pub(crate) fn system(text: impl Into<String>) -> Self {
        Self { is_system: true, ..Self::text(text) }
    }

    /// Whether nobody is notified of it.
    fn is_silent(&self) -> bool {
        self.params.get("NOTIFY").and_then(Value::as_str) == Some("N")
    }
}

impl Message {
    pub(crate) fn is_there(&self) -> bool {
        self.removal == Removal::None
    }

    /// Who likes it.
    pub(crate) fn likes(&self) -> impl Iterator<Item = UserId> {
        self.reactions.iter().filter(|reaction| reaction.kind == LIKE).map(|reaction| reaction.user)
    }

    /// Whether it counts as unread for `user`: one's own does not, nor what the chat notes about itself.
    pub(crate) fn is_news_to(&self, user: UserId) -> bool {
        self.sender != user && !self.content.is_silent()
    }

    pub(crate) fn has_reaction(&self, user: UserId, kind: &str) -> bool {
        self.reactions.iter().any(|reaction| reaction.user == user && reaction.kind == kind)
    }
}

/// What is new about a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    New,
    Edit,
    Delete,
    Reaction,
}

impl State {
    pub(crate) fn post(&mut self, chat: ChatId, sender: UserId, content: Content) -> MessageId {
        self.forget_messages();
        let date = self.clock.now();
        let uuid = if content.is_system { String::new() } else { secret::uuid() };
        let is_silent = content.is_silent();
        let id = self.messages.insert(|id| Message {
            id,
            chat,
            sender,
            content,
            date,
            edited: false,
            removal: Removal::None,
            reactions: Vec::new(),
            uuid,
        });
        if let Some(bot) = self.bots.get_mut(&sender) {
            bot.sent += 1;
        }
        if let Some(chat) = self.chats.get_mut(chat) {
            chat.messages.push(id);
            chat.trail.push(id);
            for member in &mut chat.members {
                member.is_hidden = false;
                if member.user == sender {
                    (member.read, member.read_at, member.unread, member.is_marked) = (id, Some(date), 0, false);
                } else if !is_silent {
                    member.unread = member.unread.saturating_add(1);
                }
            }
        }
        self.record_message(id, Event::New);
        self.changes.push(Change::Message(id, Event::New));
        self.changes.push(Change::Chat(chat));
        self.pass_on(id, Event::New);
        id
    }

    pub(crate) fn edit(&mut self, id: MessageId, change: impl FnOnce(&mut Content)) {
        self.amend(id, true, change);
    }

    /// Changes a message; one that was edited may be marked as such.
    pub(crate) fn amend(&mut self, id: MessageId, marks: bool, change: impl FnOnce(&mut Content)) {
        let Some(message) = self.messages.get_mut(id) else { return };
        change(&mut message.content);
        message.edited |= marks;
        if let Some(chat) = self.chats.get_mut(message.chat) {
            chat.trail.push(id);
        }
        self.record_message(id, Event::Edit);
        self.changes.push(Change::Message(id, Event::Edit));
        self.pass_on(id, Event::Edit);
    }

    pub(crate) fn delete(&mut self, id: MessageId, removal: Removal) {
        self.uncount(id);
        let Some(message) = self.messages.get_mut(id) else { return };
        message.removal = removal;
        if removal == Removal::Complete
            && let Some(chat) = self.chats.get_mut(message.chat)
        {
            chat.messages.retain(|known| *known != id);
        }
        let chat = message.chat;
        self.record_message(id, Event::Delete);
        self.changes.push(Change::Message(id, Event::Delete));
        self.changes.push(Change::Chat(chat));
        self.pass_on(id, Event::Delete);
    }

    /// Whether the messenger has such a reaction.
    pub(crate) fn knows_reaction(&self, kind: &str) -> bool {
        self.spec_knows("V2Reaction", kind)
    }

    /// Adds or takes back a reaction; tells whether that changed anything.
    pub(crate) fn react(&mut self, id: MessageId, user: UserId, kind: &str, wanted: bool) -> bool {
        let Some(message) = self.messages.get_mut(id) else { return false };
        if message.has_reaction(user, kind) == wanted {
            return false;
        }
        if wanted {
            message.reactions.push(Reaction { user, kind: kind.to_owned() });
        } else {
            message.reactions.retain(|reaction| reaction.user != user || reaction.kind != kind);
        }
        self.record_reaction(id, user, kind, wanted);
        self.changes.push(Change::Message(id, Event::Reaction));
        true
    }

    /// Sets or removes a like; tells whether that changed anything.
    pub(crate) fn like(&mut self, id: MessageId, user: UserId, wanted: bool) -> bool {
        self.react(id, user, LIKE, wanted)
    }
}
