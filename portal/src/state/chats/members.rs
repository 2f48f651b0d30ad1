use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Chat;
use crate::{
    ids::{ChatId, MessageId, UserId},
    state::{Change, State, messages::Message, table::Table},
};

/// Somebody in a chat, and how that chat stands in the list of this user.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark that is set and taken away by itself")]
pub(crate) struct Member {
    pub(crate) user: UserId,
    pub(crate) joined: Timestamp,
    /// The newest of the messages that stay hidden because they were there before.
    pub(crate) hidden_upto: MessageId,
    /// The newest message that was read.
    pub(crate) read: MessageId,
    pub(crate) read_at: Option<Timestamp>,
    /// How many messages of others came after it.
    pub(crate) unread: u32,
    /// Marked as unread by hand.
    pub(crate) is_marked: bool,
    pub(crate) is_muted: bool,
    pub(crate) is_pinned: bool,
    /// Out of the list until the next message.
    pub(crate) is_hidden: bool,
    /// When the place of the chat in the list was last changed by hand.
    pub(crate) touched: Timestamp,
}

impl Member {
    pub(super) fn new(user: UserId, joined: Timestamp) -> Self {
        Self {
            user,
            joined,
            hidden_upto: MessageId(0),
            read: MessageId(0),
            read_at: None,
            unread: 0,
            is_marked: false,
            is_muted: false,
            is_pinned: false,
            is_hidden: false,
            touched: joined,
        }
    }
}

impl Chat {
    pub(crate) fn member(&self, user: UserId) -> Option<&Member> {
        self.members.iter().find(|member| member.user == user)
    }

    pub(crate) fn member_mut(&mut self, user: UserId) -> Option<&mut Member> {
        self.members.iter_mut().find(|member| member.user == user)
    }

    /// The members, in the order in which they came.
    pub(crate) fn users(&self) -> impl Iterator<Item = UserId> {
        self.members.iter().map(|member| member.user)
    }

    /// How many messages `user` has not read.
    pub(crate) fn unread(&self, user: UserId) -> u32 {
        self.member(user).map_or(0, |member| member.unread)
    }

    /// The messages that `user` can see, oldest first.
    pub(crate) fn history(&self, user: UserId) -> &[MessageId] {
        let hidden_upto = self.member(user).map_or(MessageId(0), |member| member.hidden_upto);
        let from = self.messages.partition_point(|id| *id <= hidden_upto);
        self.messages.get(from..).unwrap_or_default()
    }

    /// Who else has read a message that `author` wrote.
    pub(crate) fn viewers(&self, message: MessageId, author: UserId) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(move |member| member.user != author && member.read >= message)
    }
}

impl State {
    pub(crate) fn add_member(&mut self, chat: ChatId, user: UserId) {
        let joined = self.clock.now();
        self.change_chat(chat, |chat| {
            let mut member = Member::new(user, joined);
            member.read = chat.last_message().unwrap_or_default();
            chat.members.push(member);
        });
        self.chat_index.join(user, chat);
    }

    /// Hides what was said so far from somebody.
    pub(crate) fn hide_history(&mut self, chat: ChatId, user: UserId) {
        let Some(chat) = self.chats.get_mut(chat) else { return };
        let last = chat.last_message().unwrap_or_default();
        if let Some(member) = chat.member_mut(user) {
            member.hidden_upto = last;
        }
    }

    /// Changes how a chat stands in the list of `user`; tells whether it is there.
    pub(crate) fn arrange(&mut self, chat: ChatId, user: UserId, change: impl FnOnce(&mut Member)) -> bool {
        let now = self.clock.now();
        let Some(member) = self.chats.get_mut(chat).and_then(|chat| chat.member_mut(user)) else { return false };
        change(member);
        member.touched = now;
        self.changes.push(Change::Chat(chat));
        true
    }

    /// Takes somebody out of a chat. The owner leaves it to whoever came next.
    pub(crate) fn remove_member(&mut self, chat: ChatId, user: UserId) {
        self.change_chat(chat, |chat| {
            chat.members.retain(|member| member.user != user);
            chat.managers.remove(&user);
            if chat.owner == user
                && !chat.is_private()
                && let Some(heir) = chat.members.first()
            {
                chat.owner = heir.user;
            }
        });
        self.chat_index.leave(user, chat);
        self.changes.push(Change::ChatGone { chat, user });
    }

    /// `user` has read a chat up to a message, by default to its end. Gives what is left unread.
    pub(crate) fn mark_read(&mut self, chat: ChatId, user: UserId, upto: Option<MessageId>) -> u32 {
        let now = self.clock.now();
        let Some(chat) = self.chats.get_mut(chat) else { return 0 };
        let last = chat.last_message().unwrap_or_default();
        let Some(member) = chat.member_mut(user) else { return 0 };
        let upto = upto.unwrap_or(last).min(last).max(member.read);
        let was = (member.read, member.unread, member.is_marked);
        if upto > member.read {
            member.read_at = Some(now);
        }
        member.read = upto;
        member.is_marked = false;
        let left = count_after(&self.messages, chat, user, upto);
        if let Some(member) = chat.member_mut(user) {
            member.unread = left;
        }
        if was != (upto, left, false) {
            self.changes.push(Change::Chat(chat.id));
        }
        left
    }

    /// Everything from a message on is unread again.
    pub(crate) fn mark_unread(&mut self, chat: ChatId, user: UserId, from: MessageId) -> u32 {
        let Some(chat) = self.chats.get_mut(chat) else { return 0 };
        let before = chat.messages.iter().rev().find(|id| **id < from).copied().unwrap_or_default();
        let left = count_after(&self.messages, chat, user, before);
        if let Some(member) = chat.member_mut(user) {
            member.read = before;
            member.unread = left;
        }
        self.changes.push(Change::Chat(chat.id));
        left
    }

    /// A message goes away: who has not read it has one less to read.
    pub(in crate::state) fn uncount(&mut self, id: MessageId) {
        let Some(message) = self.messages.get(id).filter(|message| message.is_there()) else { return };
        let Some(chat) = self.chats.get_mut(message.chat) else { return };
        for member in &mut chat.members {
            if member.read < message.id && message.is_news_to(member.user) {
                member.unread = member.unread.saturating_sub(1);
            }
        }
    }
}

/// The messages after one that are news to `user`.
fn count_after(messages: &Table<MessageId, Message>, chat: &Chat, user: UserId, read: MessageId) -> u32 {
    let newer = chat.history(user).iter().rev().take_while(|id| **id > read);
    let is_news = |message: &Message| message.is_there() && message.is_news_to(user);
    let news = newer.filter(|id| messages.get(**id).is_some_and(is_news));
    u32::try_from(news.count()).unwrap_or(u32::MAX)
}
