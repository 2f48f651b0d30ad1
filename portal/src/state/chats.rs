use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Change, State};
use crate::ids::{ChatId, Dialog, MessageId, UserId};

/// Who may come into a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChatKind {
    /// Two users and nobody else.
    Private,
    /// Whoever is invited.
    Group,
    /// Anyone.
    Open,
}

impl ChatKind {
    /// The letter on the wire.
    pub(crate) fn letter(self) -> &'static str {
        match self {
            Self::Private => "P",
            Self::Group => "C",
            Self::Open => "O",
        }
    }
}

/// What a chat belongs to outside the messenger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entity {
    pub(crate) kind: String,
    pub(crate) id: String,
}

#[derive(Debug)]
pub(crate) struct Chat {
    pub(crate) id: ChatId,
    pub(crate) kind: ChatKind,
    pub(crate) title: String,
    pub(crate) description: String,
    /// The name of a colour, `MINT`.
    pub(crate) color: String,
    /// A picture in Base64, or empty.
    pub(crate) avatar: String,
    pub(crate) owner: UserId,
    pub(crate) members: Vec<UserId>,
    pub(crate) entity: Entity,
    pub(crate) created: Timestamp,
    pub(crate) messages: Vec<MessageId>,
    pub(crate) unread: BTreeMap<UserId, u32>,
    /// Whether a bot in a private chat has been told that the person opened it.
    pub(crate) welcomed: bool,
    /// The messages that appeared or were edited, in the order of that; [`crate::kit`] reads on from where it was.
    pub(crate) trail: Vec<MessageId>,
}

impl Chat {
    pub(crate) fn has(&self, user: UserId) -> bool {
        self.members.contains(&user)
    }

    /// The other side of a private chat.
    pub(crate) fn companion(&self, user: UserId) -> Option<UserId> {
        let other = self.members.iter().find(|member| **member != user).copied();
        (self.kind == ChatKind::Private).then_some(other).flatten()
    }

    /// What `user` calls this chat.
    pub(crate) fn dialog(&self, user: UserId) -> Dialog {
        self.companion(user).map_or(Dialog::Chat(self.id), Dialog::User)
    }
}

/// What a new group chat starts with.
#[derive(Debug, Default)]
pub(crate) struct NewChat {
    pub(crate) is_open: bool,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) color: String,
    pub(crate) avatar: String,
    pub(crate) entity: Entity,
    pub(crate) members: Vec<UserId>,
}

impl State {
    pub(crate) fn add_group(&mut self, owner: UserId, new: NewChat) -> ChatId {
        let mut members = vec![owner];
        for member in new.members {
            if !members.contains(&member) {
                members.push(member);
            }
        }
        let kind = if new.is_open { ChatKind::Open } else { ChatKind::Group };
        let id = self.add_chat(kind, owner, members);
        let fallback_color = self.palette.pick(id.0);
        if let Some(chat) = self.chats.get_mut(id) {
            chat.title = if new.title.is_empty() { format!("Chat {id}") } else { new.title };
            chat.description = new.description;
            chat.color = if new.color.is_empty() { fallback_color } else { new.color };
            chat.avatar = new.avatar;
            chat.entity = new.entity;
        }
        id
    }

    fn add_chat(&mut self, kind: ChatKind, owner: UserId, members: Vec<UserId>) -> ChatId {
        let created = self.clock.now();
        let id = self.chats.insert(|id| Chat {
            id,
            kind,
            title: String::new(),
            description: String::new(),
            color: String::new(),
            avatar: String::new(),
            owner,
            members,
            entity: Entity::default(),
            created,
            messages: Vec::new(),
            unread: BTreeMap::new(),
            welcomed: false,
            trail: Vec::new(),
        });
        self.changes.push(Change::Chat(id));
        id
    }

    /// The private chat of two users, made if they have none yet.
    pub(crate) fn private_chat(&mut self, starter: UserId, other: UserId) -> ChatId {
        let known = self.find_private(starter, other);
        known.unwrap_or_else(|| self.add_chat(ChatKind::Private, starter, vec![starter, other]))
    }

    pub(crate) fn find_private(&self, one: UserId, other: UserId) -> Option<ChatId> {
        let both = |chat: &&Chat| chat.kind == ChatKind::Private && chat.has(one) && chat.has(other);
        self.chats.values().find(both).map(|chat| chat.id)
    }

    /// The chat that `user` means by `dialog`; a private one is made, a group chat must exist.
    pub(crate) fn reach(&mut self, user: UserId, dialog: Dialog) -> Option<ChatId> {
        match dialog {
            Dialog::Chat(chat) => self.chats.get(chat).map(|chat| chat.id),
            Dialog::User(other) if other != user && self.users.get(other).is_some() => {
                Some(self.private_chat(user, other))
            }
            Dialog::User(_) => None,
        }
    }

    pub(crate) fn add_member(&mut self, chat: ChatId, user: UserId) {
        if let Some(chat) = self.chats.get_mut(chat) {
            chat.members.push(user);
            self.changes.push(Change::Chat(chat.id));
        }
    }

    pub(crate) fn remove_member(&mut self, chat: ChatId, user: UserId) {
        if let Some(chat) = self.chats.get_mut(chat) {
            chat.members.retain(|member| *member != user);
            chat.unread.remove(&user);
            self.changes.push(Change::Chat(chat.id));
            self.changes.push(Change::ChatGone { chat: chat.id, user });
        }
    }
}
