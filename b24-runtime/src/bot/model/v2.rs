//! What handlers see of the events of `imbot.v2.*`. Only that is read: the rest may be what it likes.

use super::{
    Chat, CommandCalled, ContextGiven, Joined, Message, MessageAdded, MessageDeleted, MessageUpdated, ReactionChanged,
    User, mention,
};
use crate::{
    types::{BotId, ChatType, CommandContext, DialogId, Language, UserId, V2ReactionAction},
    wire::{DecodeError, Node, Untyped},
};

/// An event of the second API for a handler.
pub(crate) trait FromSecond: Sized {
    /// Reads the `data` of an event for this bot.
    fn from_second(data: Node<'_>, bot: BotId) -> Result<Self, DecodeError>;
}

/// What all events in a dialog tell: where, who, and in which language.
struct Scene {
    chat: Chat,
    user: User,
    language: Language,
}

impl Scene {
    fn read(data: Node<'_>) -> Result<Self, DecodeError> {
        let object = data.object()?;
        let language = object.get("language")?.unwrap_or(Language::Other(String::new()));
        Ok(Self { chat: chat(data)?, user: user(data)?, language })
    }
}

/// A member, to be read on: nothing stands for an empty object.
fn member<T>(
    data: Node<'_>,
    name: &str,
    read: impl FnOnce(Node<'_>) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    let node = data.get(name).ok_or_else(|| DecodeError::missing(name))?;
    read(node).map_err(|error| error.at(name))
}

fn chat(data: Node<'_>) -> Result<Chat, DecodeError> {
    let beside: Option<DialogId> = data.object()?.get("dialogId")?;
    member(data, "chat", |chat| {
        let object = chat.object()?;
        let dialog = match beside {
            Some(dialog) => dialog,
            None => object.need("dialogId")?,
        };
        let kind = match object.get::<ChatType>("messageType")? {
            Some(kind) => kind,
            None if matches!(dialog, DialogId::User(_)) => ChatType::Private,
            None => ChatType::Group,
        };
        let (entity_type, entity_id) = (object.get("entityType")?, object.get("entityId")?);
        Ok(Chat { dialog, id: object.get("id")?, kind, entity_type, entity_id })
    })
}

/// Nobody stands in the event where nobody caused it.
fn user(data: Node<'_>) -> Result<User, DecodeError> {
    if data.get("user").is_none_or(Node::is_nothing) {
        return Ok(User::nobody(UserId(0)));
    }
    member(data, "user", |user| {
        let object = user.object()?;
        let flag = |name: &str| object.get::<bool>(name).map(Option::unwrap_or_default);
        Ok(User {
            id: object.need("id")?,
            name: object.collect("name")?,
            first_name: object.collect("firstName")?,
            last_name: object.collect("lastName")?,
            position: object.collect("workPosition")?,
            gender: object.get("gender")?,
            is_bot: flag("bot")?,
            is_connector: flag("connector")?,
            is_network: object.get::<String>("externalAuthId")?.as_deref() == Some("replica"),
            is_extranet: flag("extranet")?,
        })
    })
}

/// A message, in a group chat without the mention of the bot.
fn message(data: Node<'_>, chat: &Chat, bot: BotId) -> Result<Message, DecodeError> {
    member(data, "message", |message| {
        let object = message.object()?;
        let original: String = object.collect("text")?;
        let text = if chat.is_private() { original.clone() } else { mention::without(&original, UserId(bot.0)) };
        Ok(Message { id: object.need("id")?, text, original })
    })
}

/// Whom a message addresses.
fn addressee(message: &Message, chat: &Chat, bot: BotId) -> Option<UserId> {
    if chat.is_private() { Some(UserId(bot.0)) } else { mention::first(&message.original) }
}

macro_rules! written {
    ($($name:ident),*) => {$(
        impl FromSecond for $name {
            fn from_second(data: Node<'_>, bot: BotId) -> Result<Self, DecodeError> {
                let Scene { chat, user, language } = Scene::read(data)?;
                let message = message(data, &chat, bot)?;
                let to = addressee(&message, &chat, bot);
                Ok(Self { message, chat, user, to, language })
            }
        }
    )*};
}

written!(MessageAdded, MessageUpdated);

impl FromSecond for MessageDeleted {
    fn from_second(data: Node<'_>, bot: BotId) -> Result<Self, DecodeError> {
        let Scene { chat, user, language } = Scene::read(data)?;
        // Of the message its number is left.
        let message = Message { id: data.object()?.need("messageId")?, text: String::new(), original: String::new() };
        let to = addressee(&message, &chat, bot);
        Ok(Self { message, chat, user, to, language })
    }
}

impl FromSecond for CommandCalled {
    fn from_second(data: Node<'_>, bot: BotId) -> Result<Self, DecodeError> {
        let Scene { chat, user, language } = Scene::read(data)?;
        let message = message(data, &chat, bot)?;
        member(data, "command", |command| {
            let object = command.object()?;
            let word: String = object.need("command")?;
            let context = object.get::<String>("context")?.unwrap_or_default().to_ascii_uppercase();
            Ok(Self {
                id: object.need("id")?,
                name: word.trim_start_matches('/').to_owned(),
                arguments: object.collect("params")?,
                context: CommandContext::from(context.as_str()),
                message,
                chat,
                user,
                language,
            })
        })
    }
}

impl FromSecond for Joined {
    fn from_second(data: Node<'_>, _: BotId) -> Result<Self, DecodeError> {
        let Scene { chat, user, language } = Scene::read(data)?;
        Ok(Self { chat, user, language })
    }
}

impl FromSecond for ReactionChanged {
    fn from_second(data: Node<'_>, bot: BotId) -> Result<Self, DecodeError> {
        let Scene { chat, user, language } = Scene::read(data)?;
        let message = message(data, &chat, bot)?;
        let object = data.object()?;
        let is_set = object.need::<V2ReactionAction>("action")? == V2ReactionAction::Add;
        Ok(Self { reaction: object.need("reaction")?, is_set, message, chat, user, language })
    }
}

impl FromSecond for ContextGiven {
    fn from_second(data: Node<'_>, _: BotId) -> Result<Self, DecodeError> {
        let Scene { chat, user, language } = Scene::read(data)?;
        let context = data.get("context").map(Node::to_json).unwrap_or_default();
        Ok(Self { context: Untyped(context), chat, user, language })
    }
}
