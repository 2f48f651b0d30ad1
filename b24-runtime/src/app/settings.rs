//! How a bot is run: one structure, from code, from the environment or from a file.

mod read;
mod source;

use std::{
    env,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use b24_storage::Key;

use self::source::Source;
use super::FetchPace;
use crate::{AppCredentials, BotApi, CallLimit, Delivery};

/// How a bot reaches its portals, how they reach it, and what it keeps.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// What proves that calls are allowed.
    pub credentials: Credentials,
    /// The address that portals send events to. It leads to `listen`, through a proxy or directly; empty is `listen`
    /// itself.
    pub handler_url: String,
    /// The local address to take events on.
    pub listen: SocketAddr,
    /// The local address that tells how the bot is: `/health`, `/ready` and `/metrics`. `None` tells it on `listen`.
    pub monitor: Option<SocketAddr>,
    /// The `SQLite` file in which events and installations are kept; `None` keeps them in memory, until the process
    /// ends.
    pub store: Option<PathBuf>,
    /// The NATS server that keeps them instead, so that several processes share the work: `nats://host:4222`. It may
    /// hold a password.
    pub nats_url: Option<crate::types::Secret>,
    /// What they are encrypted with where they are kept.
    pub store_key: Option<Key>,
    /// How events are handled.
    pub handling: Handling,
    /// Which bot API is used; `None` goes on with the one that a bot is registered with, and registers a new one with the
    /// newest that its portal has. Another one than before moves the bot, with its dialogs, chats and commands.
    pub bot_api: Option<BotApi>,
    /// How events come. To fetch them takes [`BotApi::V2`].
    pub delivery: Delivery,
    /// How often they are fetched.
    pub fetch_pace: FetchPace,
    /// How fast portals take calls; `None` is what most do, and no limit for a portal on this machine.
    pub call_limit: Option<CallLimit>,
}

/// How events are handled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handling {
    /// How many handlers run at once.
    pub at_once: usize,
    /// How long a handler may take. One that takes longer is ended, and its event set aside.
    pub time_limit: Duration,
    /// How often a handler that fails is run before its event is set aside: only as long as it changed nothing on the
    /// portal, and unless its failure is one that stays.
    pub attempts: u32,
    /// The pause before the second run; before each further one it is four times as long.
    pub pause: Duration,
    /// When the portal shows that the bot is writing.
    pub typing_after: Duration,
}

impl Default for Handling {
    fn default() -> Self {
        Self {
            at_once: 64,
            time_limit: Duration::from_mins(5),
            attempts: 4,
            pause: Duration::from_millis(500),
            typing_after: Duration::from_secs(3),
        }
    }
}

/// What proves that calls are allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credentials {
    /// An application: portals install it and give it tokens.
    Application(AppCredentials),
    /// An incoming webhook of one portal, `https://portal/rest/1/code/`.
    Webhook(crate::types::Secret),
}

/// What the environment asks for.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "made once")]
pub enum Mode {
    /// Nothing is set: a local portal.
    Embedded,
    /// A real portal.
    Portal(Settings),
}

/// Settings that are missing or contradict each other: all of them, in one message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.0.join("\n"))]
pub struct SettingsError(Vec<String>);

/// A free port of this machine.
const ANYWHERE_HERE: (Ipv4Addr, u16) = (Ipv4Addr::LOCALHOST, 0);

impl Settings {
    /// A bot on this machine, on a free port, that keeps nothing: for local portals and for tests.
    pub fn local(credentials: Credentials) -> Self {
        Self {
            credentials,
            handler_url: String::new(),
            listen: ANYWHERE_HERE.into(),
            monitor: None,
            store: None,
            nats_url: None,
            store_key: None,
            handling: Handling::default(),
            bot_api: None,
            delivery: Delivery::Post,
            fetch_pace: FetchPace::LOCAL,
            call_limit: None,
        }
    }
}

impl Mode {
    /// Reads the environment and a file. A variable counts more than the same key of the file, which is named without
    /// `B24_` and in lower case.
    ///
    /// | variable | key | |
    /// |---|---|---|
    /// | `B24_CLIENT_ID`, `B24_CLIENT_SECRET` | `client_id`, `client_secret` | of an application |
    /// | `B24_WEBHOOK_URL` | `webhook_url` | instead of the two |
    /// | `B24_HANDLER_URL` | `handler_url` | where portals reach the bot |
    /// | `B24_LISTEN` | `listen` | where it takes events |
    /// | `B24_MONITOR` | `monitor` | where it tells how it is; `listen` if not set |
    /// | `B24_BOT_API` | `bot_api` | `v1` or `v2` |
    /// | `B24_EVENTS` | `events` | `post` or `fetch` |
    /// | `B24_FETCH_MOST` | `fetch_most` | the longest pause between two questions for events, such as `10s` |
    /// | `B24_CALL_LIMIT` | `call_limit` | how fast portals take calls: `standard`, `enterprise` or `none` |
    /// | `B24_STORE` | `store` | the file that keeps events and installations, `b24.db` if not set |
    /// | `B24_STORE_KEY` | | encrypts what is kept; 32 bytes in base64, never in the file |
    /// | `B24_NATS_URL` | `nats_url` | the NATS server that keeps them instead |
    /// | `B24_OAUTH_URL` | `oauth_url` | the authorization server |
    /// | `B24_HANDLING_AT_ONCE` … | `[handling]` `at_once` … | [`Handling`]; times such as `5m` or `500ms` |
    /// | `B24_CONFIG` | | the file, `b24.toml` if not set |
    ///
    /// Behind a webhook events are fetched where neither `B24_HANDLER_URL` nor `B24_LISTEN` tells where to send them.
    ///
    /// # Errors
    /// When some are set and others are missing, contradict each other, are not valid or are no settings at all.
    pub fn from_env() -> Result<Self, SettingsError> {
        Self::from_variables(|name| env::var(name).ok())
    }

    /// As [`Mode::from_env`], from any source of variables. An empty one counts as not set.
    ///
    /// # Errors
    /// As [`Mode::from_env`].
    pub fn from_variables(get: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let mut mistakes = Vec::new();
        let source = Source::new(get, &mut mistakes);
        let mode = read::mode(&source, &mut mistakes);
        match mode {
            Some(mode) if mistakes.is_empty() => Ok(mode),
            _ => Err(SettingsError(mistakes)),
        }
    }
}

impl SettingsError {
    #[cfg(not(feature = "portal"))]
    pub(super) fn nothing_set() -> Self {
        Self(vec![
            "set B24_CLIENT_ID, B24_CLIENT_SECRET, B24_HANDLER_URL and B24_LISTEN (or B24_WEBHOOK_URL instead of the first two); built with the feature `portal`, a bot without settings starts a local portal".to_owned(),
        ])
    }
}
