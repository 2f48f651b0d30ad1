use std::collections::{BTreeMap, BTreeSet};

use super::Chat;
use crate::ids::{ChatId, UserId};

/// Which chats are whose, so that nobody has to look through all of them. It tells nothing that the chats do not.
#[derive(Debug, Default)]
pub(crate) struct Index {
    by_user: BTreeMap<UserId, BTreeSet<ChatId>>,
    /// The private chats by their two sides, the smaller id first.
    by_sides: BTreeMap<(UserId, UserId), ChatId>,
}

impl Index {
    pub(super) fn of(&self, user: UserId) -> impl DoubleEndedIterator<Item = ChatId> {
        self.by_user.get(&user).into_iter().flatten().copied()
    }

    pub(super) fn private(&self, one: UserId, other: UserId) -> Option<ChatId> {
        self.by_sides.get(&(one.min(other), one.max(other))).copied()
    }

    pub(super) fn add(&mut self, chat: &Chat) {
        for user in chat.users() {
            self.join(user, chat.id);
        }
        if let Some(sides) = sides(chat) {
            self.by_sides.insert(sides, chat.id);
        }
    }

    pub(super) fn remove(&mut self, chat: &Chat) {
        for user in chat.users() {
            self.leave(user, chat.id);
        }
        self.by_sides.retain(|_, known| *known != chat.id);
    }

    pub(super) fn join(&mut self, user: UserId, chat: ChatId) {
        self.by_user.entry(user).or_default().insert(chat);
    }

    pub(super) fn leave(&mut self, user: UserId, chat: ChatId) {
        if let Some(chats) = self.by_user.get_mut(&user) {
            chats.remove(&chat);
        }
    }
}

impl<'a> FromIterator<&'a Chat> for Index {
    fn from_iter<T: IntoIterator<Item = &'a Chat>>(chats: T) -> Self {
        let mut index = Self::default();
        chats.into_iter().for_each(|chat| index.add(chat));
        index
    }
}

fn sides(chat: &Chat) -> Option<(UserId, UserId)> {
    let one = chat.users().next().filter(|_| chat.is_private())?;
    let other = chat.companion(one)?;
    Some((one.min(other), one.max(other)))
}
