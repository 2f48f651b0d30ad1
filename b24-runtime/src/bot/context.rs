use std::sync::Arc;

use super::{
    AppInstalled, AppUpdated, Args, BotApi, BotDeleted, Chat, CommandCalled, ContextGiven, Joined, Message,
    MessageAdded, MessageDeleted, MessageUpdated, OtherEvent, Outcome, ReactionChanged, Result, User,
    voice::{Question, Voice},
};
use crate::{
    Client, Error,
    app::Envelope,
    events::Event,
    message::Reply,
    types::{BotId, CommandContext, CommandId, DialogId, MessageId, V2Reaction},
    wire::DecodeError,
};

/// What a handler gets: the event, and the means to act on its portal as the bot.
///
/// Cheap to clone, and free to outlive the handler: a background task may keep it.
#[derive(Debug)]
pub struct Cx<E> {
    shared: Arc<Shared<E>>,
}

#[derive(Debug)]
struct Shared<E> {
    event: Box<E>,
    voice: Voice,
    bot: Option<BotId>,
    portal: String,
    envelope: Arc<Envelope>,
}

impl<E> Clone for Cx<E> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

/// The context of a message.
pub type MessageCx = Cx<MessageAdded>;
/// The context of a changed message.
pub type MessageUpdateCx = Cx<MessageUpdated>;
/// The context of a deleted message.
pub type MessageDeleteCx = Cx<MessageDeleted>;
/// The context of a command.
pub type CommandCx = Cx<CommandCalled>;
/// The context of an opened dialog or an invitation.
pub type JoinCx = Cx<Joined>;
/// The context of a changed reaction.
pub type ReactionCx = Cx<ReactionChanged>;
/// The context of a dialog that was opened with data for the bot.
pub type ContextCx = Cx<ContextGiven>;
/// The context of an installation.
pub type InstallCx = Cx<AppInstalled>;
/// The context of an update of the application.
pub type UpdateCx = Cx<AppUpdated>;
/// The context of a removed bot.
pub type DeleteCx = Cx<BotDeleted>;
/// The context of an event without a handler of its own.
pub type OtherCx = Cx<OtherEvent>;

impl<E> Cx<E> {
    pub(crate) fn new(
        event: Box<E>,
        voice: Voice,
        bot: Option<BotId>,
        portal: String,
        envelope: Arc<Envelope>,
    ) -> Self {
        Self { shared: Arc::new(Shared { event, voice, bot, portal, envelope }) }
    }

    /// The event.
    pub fn event(&self) -> &E {
        &self.shared.event
    }

    /// The whole event as the portal sent it, typed after the spec.
    ///
    /// # Errors
    /// When a part of it that the handlers do not need is not what the spec says.
    pub fn raw(&self) -> Result<Event, DecodeError> {
        self.shared.envelope.event()
    }

    /// Makes calls to the portal, as the bot.
    pub fn client(&self) -> &Client {
        &self.shared.voice.client
    }

    /// The API that the bot is registered with here: messages and events go through it.
    pub fn api(&self) -> BotApi {
        self.shared.voice.api
    }

    /// The bot's number on this portal. `None` where it is not registered.
    pub fn bot_id(&self) -> Option<BotId> {
        self.shared.bot
    }

    /// The portal's domain.
    pub fn portal(&self) -> &str {
        &self.shared.portal
    }

    /// Says something in any dialog (`imbot.v2.Chat.Message.send`, `imbot.message.add`).
    ///
    /// # Errors
    /// When the message breaks a rule or the call fails.
    pub async fn send(&self, dialog: impl Into<DialogId>, reply: impl Into<Reply>) -> Result<MessageId> {
        self.shared.voice.send(dialog.into(), reply.into()).await
    }

    /// Replaces a message of the bot with all that belongs to it (`imbot.v2.Chat.Message.update`,
    /// `imbot.message.update`): what the reply has not, the message loses. Only a menu stays where bot API v2 is used,
    /// which knows none; another one takes its place.
    ///
    /// # Errors
    /// When the message breaks a rule, is not the bot's, is older than three days, or the call fails.
    pub async fn edit(&self, message: MessageId, reply: impl Into<Reply>) -> Result {
        self.shared.voice.edit(message, reply.into()).await
    }

    /// Deletes a message of the bot (`imbot.v2.Chat.Message.delete`, `imbot.message.delete`).
    ///
    /// # Errors
    /// When the message is not the bot's or the call fails.
    pub async fn delete(&self, message: MessageId) -> Result<(), Error> {
        self.shared.voice.delete(message).await
    }

    /// Reacts to a message (`imbot.v2.Chat.Message.Reaction.add`). Bot API v1 knows one reaction: there it is a like
    /// (`imbot.message.like`).
    ///
    /// # Errors
    /// When the bot has reacted so already or the call fails.
    pub async fn react(&self, message: MessageId, reaction: V2Reaction) -> Result<(), Error> {
        self.shared.voice.react(message, reaction).await
    }
}

/// An event that happened in a dialog.
pub trait InDialog {
    /// The dialog or chat.
    fn chat(&self) -> &Chat;

    /// Who caused the event.
    fn user(&self) -> &User;

    /// The command and message to answer, for a command.
    fn command(&self) -> Option<(CommandId, MessageId)> {
        None
    }
}

macro_rules! in_dialog {
    ($($event:ty),*) => {$(
        impl InDialog for $event {
            fn chat(&self) -> &Chat {
                &self.chat
            }

            fn user(&self) -> &User {
                &self.user
            }
        }
    )*};
}

in_dialog!(MessageAdded, MessageUpdated, MessageDeleted, Joined, ReactionChanged, ContextGiven);

impl InDialog for CommandCalled {
    fn chat(&self) -> &Chat {
        &self.chat
    }

    fn user(&self) -> &User {
        &self.user
    }

    fn command(&self) -> Option<(CommandId, MessageId)> {
        Some((self.id, self.message.id))
    }
}

impl<E: InDialog> Cx<E> {
    /// The dialog or chat.
    pub fn chat(&self) -> &Chat {
        self.event().chat()
    }

    /// Where answers go.
    pub fn dialog(&self) -> DialogId {
        self.chat().dialog
    }

    /// Who caused the event.
    pub fn user(&self) -> &User {
        self.event().user()
    }

    /// Answers: a command with `imbot.v2.Command.answer` or `imbot.command.answer`, anything else as [`Cx::send`] does.
    ///
    /// # Errors
    /// When the message breaks a rule or the call fails.
    pub async fn reply(&self, reply: impl Into<Reply>) -> Result {
        match self.question() {
            Some(question) => self.shared.voice.answer(question, reply.into()).await,
            None => self.send(self.dialog(), reply).await.map(drop),
        }
    }

    /// As [`Cx::reply`], and tells the number of the new message. With bot API v2 the bot has to be in the chat: answers
    /// to commands have no number there, so it is a message that is sent.
    ///
    /// # Errors
    /// When the message breaks a rule or the call fails.
    pub async fn post(&self, reply: impl Into<Reply>) -> Result<MessageId> {
        match self.question() {
            Some(question) => self.shared.voice.answer_told(question, reply.into()).await,
            None => self.send(self.dialog(), reply).await,
        }
    }

    /// Shows that the bot is writing (`imbot.v2.Chat.InputAction.notify`, `imbot.chat.sendTyping`).
    ///
    /// # Errors
    /// When the call fails.
    pub async fn typing(&self) -> Result<(), Error> {
        self.shared.voice.typing(self.dialog()).await
    }

    fn question(&self) -> Option<Question> {
        let (command, message) = self.event().command()?;
        Some(Question { command, message, dialog: self.dialog() })
    }

    pub(crate) async fn act(&self, outcome: Outcome) -> Result {
        match outcome {
            Outcome::Nothing => Ok(()),
            Outcome::Reply(reply) => self.reply(reply).await,
        }
    }
}

impl MessageCx {
    /// The message.
    pub fn message(&self) -> &Message {
        &self.event().message
    }

    /// The text of the message, without the mention of the bot.
    pub fn text(&self) -> &str {
        &self.message().text
    }

    /// Likes the message, as [`Cx::react`] does.
    ///
    /// # Errors
    /// When the bot likes it already or the call fails.
    pub async fn like(&self) -> Result<(), Error> {
        self.react(self.message().id, V2Reaction::Like).await
    }
}

impl CommandCx {
    /// The text that follows the command, to be read argument by argument.
    pub fn args(&self) -> Args<'_> {
        Args::new(&self.event().arguments)
    }

    /// The message that calls the command, or that has the keyboard or menu.
    pub fn message(&self) -> &Message {
        &self.event().message
    }

    /// Whether it came from a keyboard or a menu rather than from a message.
    pub fn is_from_button(&self) -> bool {
        matches!(self.event().context, CommandContext::Keyboard | CommandContext::Menu)
    }

    /// Replaces the message whose button was pressed; a command that was typed is answered.
    ///
    /// # Errors
    /// When the message breaks a rule or the call fails.
    pub async fn edit_or_reply(&self, reply: impl Into<Reply>) -> Result {
        if self.is_from_button() { self.edit(self.message().id, reply).await } else { self.reply(reply).await }
    }
}
