mod access;
mod entity;
mod index;
mod members;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(crate) use self::{
    access::Denial,
    entity::{Entity, LIBERTIES, Liberty},
    index::Index,
    members::Member,
};
use super::{Change, State, users::UserKind};
use crate::ids::{ChatId, Dialog, DiskId, MessageId, UserId};

/// Who may come into a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ChatKind {
    /// Two users and nobody else.
    Private,
    /// Whoever is invited.
    Group,
    /// Anyone.
    Open,
    /// A client and the operators who take care of it.
    Line,
}

impl ChatKind {
    /// The letter on the wire.
    pub(crate) fn letter(self) -> &'static str {
        match self {
            Self::Private => "P",
            Self::Group => "C",
            Self::Open => "O",
            Self::Line => "L",
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
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
    pub(crate) managers: BTreeSet<UserId>,
    /// In the order in which they came.
    pub(crate) members: Vec<Member>,
    pub(crate) entity: Entity,
    pub(crate) created: Timestamp,
    /// Those that were not deleted completely, oldest first.
    pub(crate) messages: Vec<MessageId>,
    /// Whether a bot in a private chat has been told that the person opened it.
    pub(crate) welcomed: bool,
    /// Whether people can type; a bot may want its buttons to be used instead.
    pub(crate) has_text_field: bool,
    pub(crate) background: String,
    /// Where its files are, once there is one.
    pub(crate) folder: Option<DiskId>,
    /// The messages that appeared or were edited, in the order of that; [`crate::kit`] reads on from where it was.
    pub(crate) trail: Vec<MessageId>,
}

impl Chat {
    pub(crate) fn has(&self, user: UserId) -> bool {
        self.member(user).is_some()
    }

    pub(crate) fn is_private(&self) -> bool {
        self.kind == ChatKind::Private
    }

    /// The other side of a private chat; who talks to oneself is its own.
    pub(crate) fn companion(&self, user: UserId) -> Option<UserId> {
        let other = || self.users().find(|member| *member != user).or_else(|| self.users().next());
        self.is_private().then(other).flatten()
    }

    /// What `user` calls this chat.
    pub(crate) fn dialog(&self, user: UserId) -> Dialog {
        self.companion(user).map_or(Dialog::Chat(self.id), Dialog::User)
    }

    /// The word that the API has for what kind of chat it is: `private`, `open`, `lines`, `crm`.
    pub(crate) fn type_word(&self) -> &'static str {
        match (self.kind, self.entity.kind.as_str()) {
            (ChatKind::Private, _) => "private",
            (_, "LIVECHAT") => "livechat",
            (ChatKind::Line, _) | (_, "LINES") => "lines",
            (_, "CRM") => "crm",
            (_, "TASKS") => "tasks",
            (_, "TASKS_TASK") => "tasksTask",
            (_, "CALENDAR") => "calendar",
            (_, "SONET_GROUP") => "sonetGroup",
            (_, "CALL") => "call",
            (_, "MAIL") => "mail",
            (_, "ANNOUNCEMENT") => "announcement",
            (_, "VIDEOCONF") => "videoconf",
            (ChatKind::Open, _) => "open",
            (ChatKind::Group, _) => "chat",
        }
    }

    /// The newest message that is still there.
    pub(crate) fn last_message(&self) -> Option<MessageId> {
        self.messages.last().copied()
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
        let kind = if new.is_open { ChatKind::Open } else { ChatKind::Group };
        self.add_chat_of(kind, owner, new)
    }

    /// A chat of a kind with several members. The owner is one of them.
    pub(crate) fn add_chat_of(&mut self, kind: ChatKind, owner: UserId, new: NewChat) -> ChatId {
        let mut members = vec![owner];
        for member in new.members {
            if !members.contains(&member) {
                members.push(member);
            }
        }
        let id = self.add_chat(kind, owner, &members);
        let fallback_color = self.palette.pick(id.0);
        if let Some(chat) = self.chats.get_mut(id) {
            chat.description = new.description;
            chat.color = if new.color.is_empty() { fallback_color } else { new.color };
            chat.title = if new.title.is_empty() { format!("{} chat #{id}", spoken(&chat.color)) } else { new.title };
            chat.avatar = new.avatar;
            chat.entity = new.entity;
        }
        id
    }

    fn add_chat(&mut self, kind: ChatKind, owner: UserId, members: &[UserId]) -> ChatId {
        let created = self.clock.now();
        let id = self.chats.insert(|id| Chat {
            id,
            kind,
            title: String::new(),
            description: String::new(),
            color: String::new(),
            avatar: String::new(),
            owner,
            managers: BTreeSet::new(),
            members: members.iter().map(|user| Member::new(*user, created)).collect(),
            entity: Entity::default(),
            created,
            messages: Vec::new(),
            welcomed: false,
            has_text_field: true,
            background: String::new(),
            folder: None,
            trail: Vec::new(),
        });
        if let Some(chat) = self.chats.get(id) {
            self.chat_index.add(chat);
        }
        self.changes.push(Change::Chat(id));
        id
    }

    /// Changes what a chat looks like; whoever watches it is told.
    pub(crate) fn change_chat(&mut self, id: ChatId, change: impl FnOnce(&mut Chat)) {
        if let Some(chat) = self.chats.get_mut(id) {
            change(chat);
            self.changes.push(Change::Chat(id));
        }
    }

    /// The private chat of two users, made if they have none yet.
    pub(crate) fn private_chat(&mut self, starter: UserId, other: UserId) -> ChatId {
        if let Some(known) = self.find_private(starter, other) {
            return known;
        }
        let sides = [starter, other];
        self.add_chat(ChatKind::Private, starter, if starter == other { &sides[..1] } else { &sides })
    }

    pub(crate) fn find_private(&self, one: UserId, other: UserId) -> Option<ChatId> {
        self.chat_index.private(one, other)
    }

    /// Takes away a private chat, one side of which is gone.
    pub(super) fn remove_private(&mut self, id: ChatId) {
        if let Some(chat) = self.chats.remove(id) {
            self.chat_index.remove(&chat);
        }
    }

    /// The chats that `user` is in.
    pub(crate) fn chats_of(&self, user: UserId) -> impl DoubleEndedIterator<Item = &Chat> {
        self.chat_index.of(user).filter_map(|id| self.chats.get(id))
    }

    /// The chat that `user` means by `dialog`; a private one is made, a group chat must exist.
    pub(crate) fn reach(&mut self, user: UserId, dialog: Dialog) -> Option<ChatId> {
        match dialog {
            Dialog::User(other) => self.users.contains(other).then(|| self.private_chat(user, other)),
            _ => self.find_chat(user, dialog).map(|chat| chat.id),
        }
    }

    /// The chat that `user` means by `dialog`, if there is one.
    pub(crate) fn find_chat(&self, user: UserId, dialog: Dialog) -> Option<&Chat> {
        match dialog {
            Dialog::Chat(chat) => self.chats.get(chat),
            Dialog::User(other) => self.chats.get(self.find_private(user, other)?),
            Dialog::Workgroup(group) => self.chat_about("SONET_GROUP", &group.to_string()),
        }
    }

    /// Whether somebody from outside is in a chat.
    pub(crate) fn has_outsiders(&self, chat: &Chat) -> bool {
        chat.users().any(|user| self.users.get(user).is_some_and(|account| account.kind == UserKind::Extranet))
    }

    /// The chat that belongs to an object outside the messenger; of several the newest.
    pub(crate) fn chat_about(&self, kind: &str, id: &str) -> Option<&Chat> {
        self.chats.values().rev().find(|chat| chat.entity.kind == kind && chat.entity.id == id)
    }
}

/// A colour as people call it: `Light blue` for `LIGHT_BLUE`.
pub(crate) fn spoken(color: &str) -> String {
    let mut name = color.replace('_', " ").to_ascii_lowercase();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}
