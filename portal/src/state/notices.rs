use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Change, State, bots::Owner, table::Table};
use crate::ids::{ChatId, NoticeId, UserId};

/// The notifications of all users.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Notices {
    pub(crate) all: Table<NoticeId, Notice>,
    /// The chats that keep them, which nobody sees as chats.
    rooms: BTreeMap<UserId, ChatId>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Notice {
    pub(crate) id: NoticeId,
    /// Who got it.
    pub(crate) user: UserId,
    pub(crate) date: Timestamp,
    pub(crate) is_read: bool,
    #[serde(flatten)]
    pub(crate) content: NewNotice,
}

/// What a notification says.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct NewNotice {
    /// On whose behalf it comes; nobody's, where it is the portal's.
    pub(crate) author: Option<UserId>,
    pub(crate) text: String,
    /// The text for mail.
    pub(crate) text_out: String,
    /// What is attached, in the full form.
    pub(crate) attach: Vec<Value>,
    /// Where it comes from, and whose tags it has.
    pub(crate) origin: Origin,
    pub(crate) tag: String,
    pub(crate) sub_tag: String,
    /// What it asks for: a press on one of them takes it away.
    pub(crate) buttons: Vec<NoticeButton>,
    /// Whether it takes an answer in words.
    pub(crate) takes_answer: bool,
}

/// Who made a notification.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Origin {
    /// The portal itself.
    #[default]
    Portal,
    App(Owner),
    /// A webhook that does not tell whose it is.
    Webhook,
}

/// A button of a notification.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct NoticeButton {
    pub(crate) text: String,
    pub(crate) value: String,
}

/// The kinds of notifications as numbers on the wire.
pub(crate) const CONFIRMATION: u8 = 1;
const PERSONAL: u8 = 2;
const SYSTEM: u8 = 4;

impl NoticeButton {
    /// `cancel` for the one that says no.
    pub(crate) fn kind(&self) -> &'static str {
        if self.value == "N" { "cancel" } else { "accept" }
    }
}

impl NewNotice {
    pub(crate) fn asks(&self) -> bool {
        !self.buttons.is_empty()
    }

    pub(crate) fn kind(&self) -> u8 {
        match (self.asks(), self.author) {
            (true, _) => CONFIRMATION,
            (false, Some(_)) => PERSONAL,
            (false, None) => SYSTEM,
        }
    }

    /// The module and the event that it comes from.
    pub(crate) fn source(&self) -> (&'static str, &'static str) {
        if self.origin == Origin::Portal { ("im", "default") } else { ("rest", "rest_notify") }
    }

    /// A tag as it is on the wire, with the application that it is unique in: `MP|5|TASK`.
    pub(crate) fn told_tag(&self, tag: &str) -> String {
        let owner = match &self.origin {
            _ if tag.is_empty() => return String::new(),
            Origin::Portal => return tag.to_owned(),
            Origin::App(Owner::App(app)) => app.to_string(),
            Origin::App(Owner::Client(client)) => client.clone(),
            Origin::Webhook => String::new(),
        };
        format!("MP|{owner}|{tag}")
    }

    /// The buttons as the keyboard that the messenger knows.
    pub(crate) fn keyboard(&self) -> Value {
        let button = |button: &NoticeButton| json!({"TITLE": button.text, "TEXT": button.text, "VALUE": button.value, "TYPE": "accept"});
        self.buttons.iter().map(button).collect()
    }
}

impl State {
    /// Gives a notification to somebody. Earlier ones of the same origin with the same tag go away.
    pub(crate) fn give_notice(&mut self, user: UserId, content: NewNotice) -> NoticeId {
        if !content.tag.is_empty() {
            let is_replaced = |notice: &Notice| {
                notice.user == user && notice.content.origin == content.origin && notice.content.tag == content.tag
            };
            self.drop_notices(is_replaced);
        }
        if !self.notices.rooms.contains_key(&user) {
            let room = self.chats.reserve();
            self.notices.rooms.insert(user, room);
        }
        let date = self.clock.now();
        let id = self.notices.all.insert(|id| Notice { id, user, date, is_read: false, content });
        self.changes.push(Change::Notices(user));
        id
    }

    /// Takes notifications away. Tells whether there were any.
    pub(crate) fn drop_notices(&mut self, is_meant: impl Fn(&Notice) -> bool) -> bool {
        let mut users: Vec<UserId> =
            self.notices.all.values().filter(|notice| is_meant(notice)).map(|notice| notice.user).collect();
        self.notices.all.retain(|notice| !is_meant(notice));
        let were_some = !users.is_empty();
        users.sort_unstable();
        users.dedup();
        self.changes.extend(users.into_iter().map(Change::Notices));
        were_some
    }

    /// Marks notifications of a user as read, or as unread.
    pub(crate) fn mark_notices(&mut self, user: UserId, is_read: bool, is_meant: impl Fn(&Notice) -> bool) {
        let own = self.notices.all.values_mut().filter(|notice| notice.user == user && notice.is_read != is_read);
        let mut has_changed = false;
        for notice in own.filter(|notice| is_meant(notice)) {
            notice.is_read = is_read;
            has_changed = true;
        }
        if has_changed {
            self.changes.push(Change::Notices(user));
        }
    }

    /// The notifications of a user, the latest first.
    pub(crate) fn notices_of(&self, user: UserId) -> impl Iterator<Item = &Notice> {
        self.notices.all.values().rev().filter(move |notice| notice.user == user)
    }

    pub(crate) fn unread_notices(&self, user: UserId) -> usize {
        self.notices_of(user).filter(|notice| !notice.is_read).count()
    }

    /// The chat that keeps the notifications of a user, once there was one.
    pub(crate) fn notice_room(&self, user: UserId) -> Option<ChatId> {
        self.notices.rooms.get(&user).copied()
    }
}
