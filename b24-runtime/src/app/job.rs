//! What an event asks of the bot: read once, then handled by itself.

use std::{
    fmt::Write,
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    AppInstalled, AppUpdated, BotApi, BotDeleted, CommandCalled, ContextGiven, InDialog, Joined, MessageAdded,
    MessageDeleted, MessageUpdated, OtherEvent, ReactionChanged,
    bot::FromSecond,
    events::{AppInstall, AppUpdate, Event},
    types::{BotId, CommandContext, CommandParams, DialogId, EventUser},
    wire::{DecodeError, FromNode, Node},
};

use super::Envelope;

/// One run of a handler. What comes most is large: it is read to the place where it stays.
pub(super) enum Job {
    Message(BotId, Box<MessageAdded>),
    MessageUpdate(BotId, Box<MessageUpdated>),
    MessageDelete(BotId, Box<MessageDeleted>),
    Join(BotId, Box<Joined>),
    Command(BotId, Box<CommandCalled>),
    Reaction(BotId, Box<ReactionChanged>),
    Context(BotId, Box<ContextGiven>),
    Install(AppInstalled),
    Update(AppUpdated),
    Uninstall,
    BotDelete(BotId, BotDeleted),
    Other(OtherEvent),
}

impl Job {
    /// What an event asks of the bot with this code, which is `registered` under this number: a call of several
    /// commands asks for several things, what is meant for other bots for nothing. Of the events that come most, only
    /// what handlers see is read.
    pub(super) fn read(
        name: &str,
        envelope: &Envelope,
        code: &str,
        registered: Option<BotId>,
    ) -> Result<Vec<Self>, DecodeError> {
        let data = envelope.data();
        macro_rules! in_dialog {
            ($job:ident, $model:ident) => {{
                let Some(bot) = addressed(data, code) else { return Ok(Vec::new()) };
                let object = data.object()?;
                vec![Self::$job(bot, $model::new(object.need("PARAMS")?, object.get("USER")?).into())]
            }};
        }
        Ok(match name {
            "ONIMBOTMESSAGEADD" => in_dialog!(Message, MessageAdded),
            "ONIMBOTMESSAGEUPDATE" => in_dialog!(MessageUpdate, MessageUpdated),
            "ONIMBOTMESSAGEDELETE" => in_dialog!(MessageDelete, MessageDeleted),
            "ONIMBOTJOINCHAT" | "ONIMJOINCHAT" => in_dialog!(Join, Joined),
            "ONIMCOMMANDADD" => commands(data, code)?,
            "ONAPPINSTALL" => {
                let AppInstall { version, language_id, .. } = AppInstall::from_node(data)?;
                vec![Self::Install(AppInstalled { version, language: language_id })]
            }
            "ONAPPUNINSTALL" => vec![Self::Uninstall],
            _ if name.starts_with(SECOND) => second(name, data, code, registered)?,
            _ => rare(name, data, code)?,
        })
    }

    /// The bot and the dialog that it is about, where it is about one.
    pub(super) fn place(&self) -> Option<(BotId, DialogId)> {
        match self {
            Self::Message(bot, event) => Some((*bot, event.chat.dialog)),
            Self::MessageUpdate(bot, event) => Some((*bot, event.chat.dialog)),
            Self::MessageDelete(bot, event) => Some((*bot, event.chat.dialog)),
            Self::Join(bot, event) => Some((*bot, event.chat.dialog)),
            Self::Command(bot, event) => Some((*bot, event.chat.dialog)),
            Self::Reaction(bot, event) => Some((*bot, event.chat().dialog)),
            Self::Context(bot, event) => Some((*bot, event.chat().dialog)),
            Self::Install(_) | Self::Update(_) | Self::Uninstall | Self::BotDelete(..) | Self::Other(_) => None,
        }
    }
}

/// What an event has that no other of its portal has. A message is added once and a line calls a command once, whichever
/// API tells it: a bot that is being moved may hear of it from both. Of anything else, what comes again is the same to the
/// last byte, because each event brings a token of its own.
pub(super) fn identity(name: &str, jobs: &[Job], body: &[u8]) -> String {
    let mut identity = String::new();
    for job in jobs {
        // Writing to a string cannot fail.
        let _ = match job {
            Job::Message(bot, event) => write!(identity, "message {bot} {} ", event.message.id),
            Job::Command(bot, event) if event.context == CommandContext::Textarea => {
                write!(identity, "command {bot} {} {} ", event.message.id, event.id)
            }
            _ => {
                let mut hasher = DefaultHasher::new();
                body.hash(&mut hasher);
                return format!("{name} {:016x}", hasher.finish());
            }
        };
    }
    identity
}

fn rare(name: &str, data: Node<'_>, code: &str) -> Result<Vec<Job>, DecodeError> {
    Ok(match Event::decode(name, data)? {
        Event::ImbotDelete(event) if event.bot_code == code => {
            vec![Job::BotDelete(event.bot_id, BotDeleted { code: event.bot_code })]
        }
        Event::AppUpdate(AppUpdate { language_id, version, previous_version }) => {
            vec![Job::Update(AppUpdated { version, previous: previous_version, language: language_id })]
        }
        Event::Other { name, data } => vec![Job::Other(OtherEvent { name, data })],
        // The deletion of another bot; the rest is taken before it comes here.
        _ => Vec::new(),
    })
}

/// How the names of the events of the second API begin.
const SECOND: &str = "ONIMBOTV2";

/// The API that an event belongs to.
pub(super) fn api_of(name: &str) -> BotApi {
    if name.starts_with(SECOND) { BotApi::V2 } else { BotApi::V1 }
}

/// The events of `imbot.v2.*`, however they came.
fn second(name: &str, data: Node<'_>, code: &str, registered: Option<BotId>) -> Result<Vec<Job>, DecodeError> {
    let Some(bot) = named(data, code, registered)? else { return Ok(Vec::new()) };
    Ok(vec![match name {
        "ONIMBOTV2MESSAGEADD" => Job::Message(bot, MessageAdded::from_second(data, bot)?.into()),
        "ONIMBOTV2MESSAGEUPDATE" => Job::MessageUpdate(bot, MessageUpdated::from_second(data, bot)?.into()),
        "ONIMBOTV2MESSAGEDELETE" => Job::MessageDelete(bot, MessageDeleted::from_second(data, bot)?.into()),
        "ONIMBOTV2COMMANDADD" => Job::Command(bot, CommandCalled::from_second(data, bot)?.into()),
        "ONIMBOTV2JOINCHAT" => Job::Join(bot, Joined::from_second(data, bot)?.into()),
        "ONIMBOTV2REACTIONCHANGE" => Job::Reaction(bot, ReactionChanged::from_second(data, bot)?.into()),
        "ONIMBOTV2CONTEXTGET" => Job::Context(bot, ContextGiven::from_second(data, bot)?.into()),
        "ONIMBOTV2DELETE" => Job::BotDelete(bot, BotDeleted { code: code.to_owned() }),
        _ => return rare(name, data, code),
    }])
}

/// The bot that an event is meant for, if it is ours. One that names none is meant for the only one that there is.
fn named(data: Node<'_>, code: &str, registered: Option<BotId>) -> Result<Option<BotId>, DecodeError> {
    let Some(bot) = data.get("bot") else { return Ok(registered) };
    let object = bot.object().map_err(|error| error.at("bot"))?;
    let named: Option<String> = object.get("code").map_err(|error| error.at("bot"))?;
    if named.is_some_and(|named| named != code) {
        tracing::warn!(code, "an event for another bot came");
        return Ok(None);
    }
    object.need("id").map(Some).map_err(|error| error.at("bot"))
}

/// Our bot among those that an event is meant for.
fn addressed(data: Node<'_>, code: &str) -> Option<BotId> {
    let bots = data.get("BOT").map(Node::members).unwrap_or_default();
    let own = bots.into_iter().find_map(|(id, bot)| {
        let is_ours = bot.get("BOT_CODE").and_then(Node::text)? == code;
        if is_ours { id.parse().ok() } else { None }
    });
    if own.is_none() {
        tracing::warn!(code, "an event for other bots came");
    }
    own
}

/// The commands of an event that are this bot's.
fn commands(data: Node<'_>, code: &str) -> Result<Vec<Job>, DecodeError> {
    let object = data.object()?;
    let (params, user): (CommandParams, Option<EventUser>) = (object.need("PARAMS")?, object.get("USER")?);
    let mut jobs = Vec::new();
    for (id, command) in data.get("COMMAND").map(Node::members).unwrap_or_default() {
        if command.get("BOT_CODE").and_then(Node::text).as_deref() != Some(code) {
            continue;
        }
        let place = |error: DecodeError| error.at(&id).at("COMMAND");
        let bot = command.object().and_then(|object| object.need("BOT_ID")).map_err(place)?;
        jobs.push(Job::Command(bot, CommandCalled::read(command, &params, user.as_ref()).map_err(place)?.into()));
    }
    Ok(jobs)
}

/// Reads bytes that anybody may send to a bot with the code `BOT`, as far as a bot reads them and further: a form, or
/// JSON where they begin with `{`.
#[cfg(feature = "conformance")]
pub fn read_event(bytes: &[u8]) -> Result<(), String> {
    use b24_storage::Encoding;

    let encoding = if bytes.starts_with(b"{") { Encoding::Json } else { Encoding::Form };
    let envelope = Envelope::read(encoding, bytes).map_err(|error| error.to_string())?;
    let typed = || {
        let (name, _) = (envelope.name()?, envelope.sender()?);
        let jobs = Job::read(&name, &envelope, "BOT", Some(BotId(567)))?;
        identity(&name, &jobs, bytes);
        envelope.event().and_then(|_| envelope.auth().map(drop))
    };
    typed().map_err(|error: DecodeError| error.to_string())
}
