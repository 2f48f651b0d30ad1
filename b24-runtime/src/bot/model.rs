//! What handlers see of an event: one shape, whichever API brought it.

mod mention;
mod v2;

use crate::{
    message::{Mention, Span},
    types::{
        ChatEntityType, ChatId, ChatType, CommandContext, CommandId, CommandParams, DialogId, EventUser, Gender,
        JoinParams, Language, MessageId, MessageParams, UserId, V2Reaction,
    },
    wire::{DecodeError, Node, Untyped},
};

pub(crate) use v2::FromSecond;

/// A person or bot.
#[allow(clippy::struct_excessive_bools, reason = "four things that a portal tells of a user, each on its own")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Who. 0 where an event has no author.
    pub id: UserId,
    /// First and last name.
    pub name: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Position, for a bot what it does.
    pub position: String,
    /// Male or female, where it is told.
    pub gender: Option<Gender>,
    /// A bot.
    pub is_bot: bool,
    /// A client who writes through an open line.
    pub is_connector: bool,
    /// A user of another portal.
    pub is_network: bool,
    /// A guest from outside the company.
    pub is_extranet: bool,
}

impl User {
    /// Somebody of whom nothing but the number is known.
    fn nobody(id: UserId) -> Self {
        Self {
            id,
            name: String::new(),
            first_name: String::new(),
            last_name: String::new(),
            position: String::new(),
            gender: None,
            is_bot: false,
            is_connector: false,
            is_network: false,
            is_extranet: false,
        }
    }

    fn new(user: Option<EventUser>, fallback: Option<UserId>) -> Self {
        let Some(user) = user else { return Self::nobody(fallback.unwrap_or_default()) };
        Self {
            id: user.id,
            name: user.name,
            first_name: user.first_name,
            last_name: user.last_name,
            position: user.work_position.unwrap_or_default(),
            gender: Some(user.gender).filter(|gender| !gender.as_str().is_empty()),
            is_bot: user.is_bot.unwrap_or_default(),
            is_connector: user.is_connector.unwrap_or_default(),
            is_network: user.is_network.unwrap_or_default(),
            is_extranet: user.is_extranet.unwrap_or_default(),
        }
    }
}

/// A private dialog or a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chat {
    /// Where to answer.
    pub dialog: DialogId,
    /// The chat's number, where the event tells it.
    pub id: Option<ChatId>,
    /// Its kind.
    pub kind: ChatType,
    /// What it belongs to, `LINES` for an open line.
    pub entity_type: Option<ChatEntityType>,
    /// The number of what it belongs to.
    pub entity_id: Option<String>,
}

impl Chat {
    /// Whether it is a dialog of two.
    pub fn is_private(&self) -> bool {
        self.kind == ChatType::Private
    }
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// The text; in a group chat without the mention of the bot.
    pub text: String,
    /// The text as it was written.
    pub original: String,
}

impl Message {
    /// What the BB codes of the text mean, those of the mention of the bot included.
    pub fn spans(&self) -> Vec<Span> {
        Span::read(&self.original)
    }

    /// The text without BB codes, in a group chat without the mention of the bot.
    pub fn words(&self) -> String {
        Span::plain(&Span::read(&self.text))
    }

    /// The users whom the text names, the bot included.
    ///
    /// ```
    /// use b24_runtime::prelude::*;
    ///
    /// # struct Greeter;
    /// # #[bot(code = "greeter", name = "Greeter")]
    /// # impl Greeter {
    /// #[on(message)]
    /// fn greet(&self, cx: &MessageCx) -> Reply {
    ///     let names = cx.message().mentions().into_iter().map(|mention| mention.name);
    ///     Reply::text(format!("Hello, {}!", names.collect::<Vec<_>>().join(" and ")))
    /// }
    /// # }
    /// ```
    pub fn mentions(&self) -> Vec<Mention> {
        Span::mentions(&self.spans())
    }
}

fn chat_of(params: &mut MessageParams) -> Chat {
    let DialogPlace { dialog, id } = DialogPlace::new(params.dialog_id, params.to_chat_id);
    let entity_type = params.chat_entity_type.take();
    Chat { dialog, id, kind: params.chat_type.clone(), entity_type, entity_id: params.chat_entity_id.take() }
}

struct DialogPlace {
    dialog: DialogId,
    id: Option<ChatId>,
}

impl DialogPlace {
    fn new(dialog: DialogId, told: Option<ChatId>) -> Self {
        let named = match dialog {
            DialogId::Chat(id) => Some(id),
            DialogId::User(_) | DialogId::Group(_) => None,
        };
        Self { dialog, id: named.or(told) }
    }
}

macro_rules! message_events {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            /// The message.
            pub message: Message,
            /// Where it was written.
            pub chat: Chat,
            /// Who wrote it.
            pub user: User,
            /// Whom it addresses: the bot, or in a group chat the user who is mentioned; `None` for everybody.
            pub to: Option<UserId>,
            /// The language of the portal.
            pub language: Language,
        }

        impl $name {
            pub(crate) fn new(mut params: MessageParams, user: Option<EventUser>) -> Self {
                let original = params.message_original.take().unwrap_or_else(|| params.message.clone());
                Self {
                    chat: chat_of(&mut params),
                    message: Message { id: params.message_id, text: params.message, original },
                    user: User::new(user, params.from_user_id),
                    to: params.to_user_id.filter(|id| *id != UserId(0)),
                    language: params.language,
                }
            }
        }
    )*};
}

message_events! {
    /// Somebody wrote to the bot, or mentioned it in a group chat.
    MessageAdded;
    /// Somebody changed a message.
    MessageUpdated;
    /// Somebody deleted a message. Bot API v2 tells no text of it.
    MessageDeleted;
}

/// Somebody called a command, or pressed a button that does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandCalled {
    /// The command's number on the portal.
    pub id: CommandId,
    /// The command, without its slash.
    pub name: String,
    /// What follows it.
    pub arguments: String,
    /// Typed, or chosen from a keyboard or menu.
    pub context: CommandContext,
    /// The message that calls it, or that has the keyboard or menu.
    pub message: Message,
    /// Where it was called.
    pub chat: Chat,
    /// Who called it.
    pub user: User,
    /// The language of the portal.
    pub language: Language,
}

impl CommandCalled {
    /// Reads one command of an event: the event's parameters and user belong to all of them.
    pub(crate) fn read(
        command: Node<'_>,
        params: &CommandParams,
        user: Option<&EventUser>,
    ) -> Result<Self, DecodeError> {
        let command = command.object()?;
        let DialogPlace { dialog, id } = DialogPlace::new(params.dialog_id, params.to_chat_id);
        let text = params.message.clone();
        let original = params.message_original.clone().unwrap_or_else(|| text.clone());
        Ok(Self {
            id: command.need("COMMAND_ID")?,
            name: command.need("COMMAND")?,
            arguments: command.need("COMMAND_PARAMS")?,
            context: command.need("COMMAND_CONTEXT")?,
            message: Message { id: command.need("MESSAGE_ID")?, text, original },
            chat: Chat { dialog, id, kind: params.chat_type.clone(), entity_type: None, entity_id: None },
            user: User::new(user.cloned(), Some(params.from_user_id)),
            language: params.language.clone(),
        })
    }
}

/// The bot came into a chat: somebody opened a dialog with it, or invited it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The chat.
    pub chat: Chat,
    /// Who opened the dialog or invited the bot.
    pub user: User,
    /// The language of the portal.
    pub language: Language,
}

impl Joined {
    pub(crate) fn new(params: JoinParams, user: Option<EventUser>) -> Self {
        let JoinParams { dialog_id, chat_type, chat_entity_type, user_id, language, .. } = params;
        let DialogPlace { dialog, id } = DialogPlace::new(dialog_id, None);
        Self {
            chat: Chat { dialog, id, kind: chat_type, entity_type: chat_entity_type, entity_id: None },
            user: User::new(user, Some(user_id)),
            language,
        }
    }
}

/// Somebody reacted to a message of the bot, or no longer does. Only bot API v2 tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReactionChanged {
    /// The reaction.
    pub reaction: V2Reaction,
    /// Whether it was set, not taken back.
    pub is_set: bool,
    /// The message.
    pub message: Message,
    /// Where it stands.
    pub chat: Chat,
    /// Who reacted.
    pub user: User,
    /// The language of the portal.
    pub language: Language,
}

/// Somebody opened the dialog by a link that carries data for the bot. Only bot API v2 tells of it.
///
/// A link can be opened against one's will: let the person confirm before anything is bound, made or given out.
#[derive(Debug, Clone, PartialEq)]
pub struct ContextGiven {
    /// The data, as whoever made the link chose them. Where the event came by POST, all numbers and flags are text.
    pub context: Untyped,
    /// The dialog.
    pub chat: Chat,
    /// Who opened it.
    pub user: User,
    /// The language of the portal.
    pub language: Language,
}

/// The application was installed and the bot is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppInstalled {
    /// The version.
    pub version: String,
    /// The language of the portal.
    pub language: Language,
}

/// The application was updated and the registration brought up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppUpdated {
    /// The new version.
    pub version: String,
    /// The version before.
    pub previous: String,
    /// The language of the portal.
    pub language: Language,
}

/// Somebody removed the bot from the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotDeleted {
    /// The bot's code.
    pub code: String,
}

/// An event that has no handler of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherEvent {
    /// Its name.
    pub name: String,
    /// Its data.
    pub data: Untyped,
}
