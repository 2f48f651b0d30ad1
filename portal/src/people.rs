//! What people do in the messenger. The page and the test kit both do it through here.

mod chats;
mod messages;

use crate::{
    ids::{Dialog, MessageId, UserId},
    state::{
        State,
        chats::Chat,
        messages::{Message, Removal},
    },
};

/// Why a person cannot do something, in words for that person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Denied(pub(crate) String);

type Done<T> = Result<T, Denied>;

fn denied<T>(why: impl Into<String>) -> Done<T> {
    Err(Denied(why.into()))
}

impl State {
    /// The chat that `user` means, which must be in it.
    fn own_chat(&mut self, user: UserId, dialog: Dialog) -> Done<&Chat> {
        let chat = self.reach(user, dialog).and_then(|id| self.chats.get(id));
        match chat {
            None => denied(format!("there is no dialog {dialog}")),
            Some(chat) if !chat.has(user) => denied(format!("you are not in {dialog}")),
            Some(chat) => Ok(chat),
        }
    }

    /// A message that `user` can see.
    fn seen(&self, user: UserId, id: MessageId) -> Done<&Message> {
        let message = self.messages.get(id).filter(|message| message.removal == Removal::None);
        let in_chat = |message: &&Message| self.chats.get(message.chat).is_some_and(|chat| chat.has(user));
        message.filter(in_chat).ok_or_else(|| Denied(format!("there is no message {id} that you can see")))
    }
}
