use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Chat;
use crate::{
    ids::{ChatId, MessageId, UserId},
    state::{Change, State},
};

/// Somebody in a chat, and how that chat stands in the list of this user.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Member {
    pub(crate) user: UserId,
    pub(crate) joined: Timestamp,
    /// The newest message that was read.
    pub(crate) read: MessageId,
    /// How many messages of others came after it.
    pub(crate) unread: u32,
    /// Marked as unread by hand.
    pub(crate) is_marked: bool,
    pub(crate) is_muted: bool,
    pub(crate) is_pinned: bool,
    /// Out of the list until the next message.
    pub(crate) is_hidden: bool,
}

impl Member {
    pub(super) fn new(user: UserId, joined: Timestamp) -> Self {
        Self {
            user,
            joined,
            read: MessageId(0),
            unread: 0,
            is_marked: false,
            is_muted: false,
            is_pinned: false,
            is_hidden: false,
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
}

impl State {
    pub(crate) fn add_member(&mut self, chat: ChatId, user: UserId) {
        let joined = self.clock.now();
        self.change_chat(chat, |chat| {
            let mut member = Member::new(user, joined);
            member.read = chat.last_message().unwrap_or_default();
            chat.members.push(member);
        });
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
        self.changes.push(Change::ChatGone { chat, user });
    }

    /// Makes members managers of a chat, or no longer. Whoever is not in the chat is passed over.
    pub(crate) fn set_managers(&mut self, chat: ChatId, users: impl IntoIterator<Item = UserId>, is_manager: bool) {
        self.change_chat(chat, |chat| {
            for user in users.into_iter().filter(|user| chat.members.iter().any(|member| member.user == *user)) {
                if is_manager {
                    chat.managers.insert(user);
                } else {
                    chat.managers.remove(&user);
                }
            }
        });
    }

    /// `user` has read a chat up to a message, by default to its end. Gives what is left unread.
    pub(crate) fn mark_read(&mut self, chat: ChatId, user: UserId, upto: Option<MessageId>) -> u32 {
        let Some(chat) = self.chats.get_mut(chat) else { return 0 };
        let last = chat.last_message().unwrap_or_default();
        let Some(member) = chat.member_mut(user) else { return 0 };
        let upto = upto.unwrap_or(last).max(member.read);
        let was = (member.read, member.unread, member.is_marked);
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
}

/// The messages of others after one.
fn count_after(
    messages: &crate::state::table::Table<MessageId, crate::state::messages::Message>,
    chat: &Chat,
    user: UserId,
    read: MessageId,
) -> u32 {
    let newer = chat.messages.iter().rev().take_while(|id| **id > read);
    let of_others = newer.filter(|id| messages.get(**id).is_some_and(|message| message.sender != user));
    u32::try_from(of_others.count()).unwrap_or(u32::MAX)
}
