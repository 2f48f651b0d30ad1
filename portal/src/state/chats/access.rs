//! Who may do what in a chat. Each API has codes of its own for these reasons.

use super::{Chat, ChatKind};
use crate::{
    ids::{ChatId, Dialog, MessageId, UserId},
    state::{State, messages::Message, users::UserKind},
};

/// How long after its publication a message may be edited.
const EDITABLE_SECONDS: i64 = 3 * 24 * 3600;

/// Why somebody may not do something, in words for that somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Denial {
    #[error("there is no dialog {0}")]
    NoDialog(Dialog),
    #[error("you are not in {0}")]
    NotMember(Dialog),
    #[error("there is no message {0} that you can see")]
    NoMessage(MessageId),
    #[error("only the author can change a message")]
    NotAuthor,
    #[error("the message is more than three days old")]
    TooOld,
    #[error("there is no user {0}")]
    NoUser(UserId),
    #[error("you are from outside and share no chat with user {0}")]
    Stranger(UserId),
    #[error("user {0} is not in the chat")]
    NotInChat(UserId),
    #[error("a private dialog has its two sides and nobody else")]
    Private,
    #[error("only the owner of the chat and its managers can do that")]
    NotManager,
    #[error("only the owner of the chat can do that")]
    NotOwner,
    #[error("the bot takes no reactions to its messages")]
    NoReactions,
    #[error("nothing can be typed in this chat: its bot wants its buttons used")]
    NoTextField,
    #[error("user {0} is in the chat already")]
    AlreadyIn(UserId),
    #[error("what the chat belongs to decides on that")]
    Fixed,
    #[error("the chat is like that already")]
    Unchanged,
    #[error("a chat needs a title")]
    Untitled,
    #[error("an answer stands in the chat of what it answers")]
    Elsewhere,
}

impl State {
    /// The chat that `user` means by `dialog` and is in; a private one is made.
    pub(crate) fn joined_chat(&mut self, user: UserId, dialog: Dialog) -> Result<ChatId, Denial> {
        let id = self.approach(user, dialog)?;
        self.joined(user, id).map(|chat| chat.id)
    }

    /// The chat that `user` means by `dialog` and may look into; a private one is made.
    pub(crate) fn visible_chat(&mut self, user: UserId, dialog: Dialog) -> Result<ChatId, Denial> {
        let id = self.approach(user, dialog)?;
        self.visible(user, id).map(|chat| chat.id)
    }

    fn approach(&mut self, user: UserId, dialog: Dialog) -> Result<ChatId, Denial> {
        match dialog {
            Dialog::User(other) if self.users.contains(other) && !self.may_approach(user, other) => {
                Err(Denial::Stranger(other))
            }
            _ => self.reach(user, dialog).ok_or(Denial::NoDialog(dialog)),
        }
    }

    /// Whether `user` may write to `other` or bring it into a chat: who works here anybody, others whom they see.
    pub(crate) fn may_approach(&self, user: UserId, other: UserId) -> bool {
        self.works_here(user) || self.sees(user, other)
    }

    /// A chat that `user` is in.
    pub(crate) fn joined(&self, user: UserId, id: ChatId) -> Result<&Chat, Denial> {
        let chat = self.chats.get(id).ok_or(Denial::NoDialog(Dialog::Chat(id)))?;
        if chat.has(user) { Ok(chat) } else { Err(Denial::NotMember(Dialog::Chat(id))) }
    }

    /// A chat that `user` is in and that is no private dialog.
    pub(crate) fn joined_group(&self, user: UserId, id: ChatId) -> Result<&Chat, Denial> {
        let chat = self.joined(user, id)?;
        if chat.is_private() { Err(Denial::Private) } else { Ok(chat) }
    }

    /// A group chat that `user` owns or manages.
    pub(crate) fn managed(&self, user: UserId, id: ChatId) -> Result<&Chat, Denial> {
        let chat = self.joined_group(user, id)?;
        if chat.is_managed_by(user) { Ok(chat) } else { Err(Denial::NotManager) }
    }

    /// A group chat that `user` owns.
    pub(crate) fn owned(&self, user: UserId, id: ChatId) -> Result<&Chat, Denial> {
        let chat = self.joined_group(user, id)?;
        if chat.owner == user { Ok(chat) } else { Err(Denial::NotOwner) }
    }

    /// A chat that `user` may look into: one of its own, or any open one for whoever works here.
    pub(crate) fn visible(&self, user: UserId, id: ChatId) -> Result<&Chat, Denial> {
        let chat = self.chats.get(id).ok_or(Denial::NoDialog(Dialog::Chat(id)))?;
        if chat.has(user) || self.may_join(user, chat) { Ok(chat) } else { Err(Denial::NotMember(Dialog::Chat(id))) }
    }

    /// Whether `user` may come into a chat without being asked.
    pub(crate) fn may_join(&self, user: UserId, chat: &Chat) -> bool {
        chat.kind == ChatKind::Open && self.works_here(user)
    }

    /// Whether somebody works here, be it a bot. Whoever is from outside sees only what it was let in to.
    pub(crate) fn works_here(&self, user: UserId) -> bool {
        let kind = self.users.get(user).filter(|account| account.active).map(|account| account.kind);
        matches!(kind, Some(UserKind::Employee | UserKind::Bot))
    }

    /// A message that is there and that `user` can see.
    pub(crate) fn seen(&self, user: UserId, id: MessageId) -> Result<&Message, Denial> {
        let message = self.messages.get(id).filter(|message| message.is_there());
        let is_shown = |message: &&Message| {
            let member = self.chats.get(message.chat).and_then(|chat| chat.member(user));
            member.is_some_and(|member| member.hidden_upto < message.id)
        };
        message.filter(is_shown).ok_or(Denial::NoMessage(id))
    }

    /// A message that `user` may react to.
    pub(crate) fn reactable(&self, user: UserId, id: MessageId) -> Result<&Message, Denial> {
        let message = self.seen(user, id)?;
        let is_shut = self.bots.get(&message.sender).is_some_and(|bot| !bot.takes_reactions);
        if is_shut { Err(Denial::NoReactions) } else { Ok(message) }
    }

    /// A message that `user` sent.
    pub(crate) fn authored(&self, user: UserId, id: MessageId) -> Result<&Message, Denial> {
        let message = self.seen(user, id)?;
        if message.sender == user { Ok(message) } else { Err(Denial::NotAuthor) }
    }

    /// A message that `user` may delete: an own one, or any in a group chat that it manages.
    pub(crate) fn deletable(&self, user: UserId, id: MessageId) -> Result<&Message, Denial> {
        let message = self.seen(user, id)?;
        let manages = || self.managed(user, message.chat).is_ok();
        if message.sender == user || manages() { Ok(message) } else { Err(Denial::NotAuthor) }
    }

    /// A message that `user` sent and may still edit.
    pub(crate) fn editable(&self, user: UserId, id: MessageId) -> Result<&Message, Denial> {
        let message = self.authored(user, id)?;
        let age = self.clock.now().as_second() - message.date.as_second();
        if age > EDITABLE_SECONDS { Err(Denial::TooOld) } else { Ok(message) }
    }

    /// Whether `user` may see `other`: somebody from outside sees only whom it shares a chat with.
    pub(crate) fn sees(&self, user: UserId, other: UserId) -> bool {
        let is_outside = |id| self.users.get(id).is_some_and(|account| account.kind == UserKind::Extranet);
        user == other || !(is_outside(user) || is_outside(other)) || self.chats_of(user).any(|chat| chat.has(other))
    }
}

impl Chat {
    /// Whether `user` owns or manages it.
    pub(crate) fn is_managed_by(&self, user: UserId) -> bool {
        self.owner == user || self.managers.contains(&user)
    }
}
