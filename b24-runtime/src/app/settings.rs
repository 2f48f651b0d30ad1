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
use crate::{AppCredentials, BotApi, Delivery};

/// How a bot reaches its portals, how they reach it, and what it keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// A portal on this machine is nobody else's.
fn pace(address: &str) -> FetchPace {
    let url = address.parse::<reqwest::Url>().ok();
    let is_here = url.is_some_and(|url| matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]")));
    if is_here { FetchPace::LOCAL } else { FetchPace::default() }
}

fn bot_api(word: Option<String>) -> Result<Option<BotApi>, String> {
    match word.as_deref() {
        None => Ok(None),
        Some("v1") => Ok(Some(BotApi::V1)),
        Some("v2") => Ok(Some(BotApi::V2)),
        Some(other) => Err(format!("B24_BOT_API is \"{other}\": it is v1 or v2")),
    }
}

fn delivery(word: Option<String>, api: Option<BotApi>, is_bare: bool) -> Result<Delivery, String> {
    match word.as_deref() {
        None if is_bare && api != Some(BotApi::V1) => Ok(Delivery::Fetch),
        None | Some("post") => Ok(Delivery::Post),
        Some("fetch") if api == Some(BotApi::V1) => {
            Err("B24_EVENTS=fetch and B24_BOT_API=v1 contradict each other: only bot API v2 lets events be fetched"
                .to_owned())
        }
        Some("fetch") => Ok(Delivery::Fetch),
        Some(other) => Err(format!("B24_EVENTS is \"{other}\": it is post or fetch")),
    }
}

fn credentials(
    client_id: Option<String>,
    client_secret: Option<String>,
    webhook: Option<String>,
    oauth_server: String,
) -> Result<Credentials, String> {
    let mistake = match (client_id, client_secret, webhook) {
        (Some(client_id), Some(secret), None) => {
            let app = AppCredentials { client_id, client_secret: secret.into(), oauth_server };
            return Ok(Credentials::Application(app));
        }
        (None, None, Some(address)) if crate::Client::webhook(&address).is_ok() => {
            return Ok(Credentials::Webhook(address.into()));
        }
        (None, None, Some(_)) => {
            "B24_WEBHOOK_URL is not the address of a webhook: it looks like https://portal/rest/1/code/"
        }
        (None, None, None) => {
            "set B24_CLIENT_ID and B24_CLIENT_SECRET of an application, or B24_WEBHOOK_URL of a webhook"
        }
        (_, _, Some(_)) => {
            "B24_WEBHOOK_URL and B24_CLIENT_ID or B24_CLIENT_SECRET contradict each other: unset one or the others"
        }
        (Some(_), None, None) => "set B24_CLIENT_SECRET: the secret that belongs to B24_CLIENT_ID",
        (None, Some(_), None) => "set B24_CLIENT_ID: the application that B24_CLIENT_SECRET belongs to",
    };
    Err(mistake.to_owned())
}

fn handler_url(address: Option<String>) -> Result<String, String> {
    let address = address
        .ok_or("set B24_HANDLER_URL: the address at which the portal reaches this bot, https://bot.example.com/b24")?;
    if !address.starts_with("http://") && !address.starts_with("https://") {
        return Err(format!("B24_HANDLER_URL is \"{address}\": it must begin with https:// or http://"));
    }
    Ok(address)
}

fn listen_address(address: Option<&str>) -> Result<SocketAddr, String> {
    let address = address.ok_or("set B24_LISTEN: the address on which to take events, 127.0.0.1:8080")?;
    address.parse().map_err(|_| {
        format!("B24_LISTEN is \"{address}\", not an address with a port: it looks like 127.0.0.1:8080 or [::]:8080")
    })
}

impl SettingsError {
    #[cfg(not(feature = "portal"))]
    pub(super) fn nothing_set() -> Self {
        Self(vec![
            "set B24_CLIENT_ID, B24_CLIENT_SECRET, B24_HANDLER_URL and B24_LISTEN (or B24_WEBHOOK_URL instead of the first two); built with the feature `portal`, a bot without settings starts a local portal".to_owned(),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::{Credentials, Mode};
    use crate::Delivery;

    fn read(variables: &[(&str, &str)]) -> Result<Mode, String> {
        let get = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Mode::from_variables(get).map_err(|error| error.to_string())
    }

    #[test]
    fn nothing_set_asks_for_the_local_portal() {
        assert_eq!(read(&[]), Ok(Mode::Embedded));
        assert_eq!(read(&[("B24_LISTEN", " ")]), Ok(Mode::Embedded));
    }

    #[test]
    fn an_application_needs_four_settings_and_hears_of_all_that_are_missing() {
        let message = read(&[("B24_CLIENT_ID", "local.1")]).expect_err("three are missing");
        for name in ["B24_CLIENT_SECRET", "B24_HANDLER_URL", "B24_LISTEN"] {
            assert!(message.contains(&format!("set {name}")), "{message}");
        }
    }

    #[test]
    fn a_webhook_and_an_application_contradict_each_other() {
        let message = read(&[
            ("B24_CLIENT_ID", "local.1"),
            ("B24_WEBHOOK_URL", "https://p/rest/1/x/"),
            ("B24_HANDLER_URL", "https://b"),
            ("B24_LISTEN", "127.0.0.1:1"),
        ]);
        assert!(message.expect_err("contradiction").contains("contradict"));
    }

    #[test]
    fn a_webhook_alone_is_enough_for_a_bot_that_fetches_its_events() {
        let webhook = ("B24_WEBHOOK_URL", "https://p/rest/1/x/");
        let delivery = |variables: &[(&str, &str)]| match read(variables)? {
            Mode::Portal(settings) => Ok(settings.delivery),
            Mode::Embedded => Err("these are settings".to_owned()),
        };
        assert_eq!(delivery(&[webhook]), Ok(Delivery::Fetch));
        let address = [("B24_HANDLER_URL", "https://b/h"), ("B24_LISTEN", "127.0.0.1:8080")];
        assert_eq!(delivery(&[webhook, address[0], address[1]]), Ok(Delivery::Post));
        assert_eq!(delivery(&[webhook, address[0], address[1], ("B24_EVENTS", "fetch")]), Ok(Delivery::Fetch));
        for post in [("B24_EVENTS", "post"), ("B24_BOT_API", "v1")] {
            let message = delivery(&[webhook, post]).expect_err("nowhere to send them");
            assert!(message.contains("set B24_HANDLER_URL") && message.contains("set B24_LISTEN"), "{message}");
        }
    }

    #[test]
    fn a_choice_that_is_none_is_told_with_what_there_is() {
        let message =
            |name, word| read(&[("B24_WEBHOOK_URL", "https://p/rest/1/x/"), (name, word)]).expect_err("no choice");
        assert_eq!(message("B24_BOT_API", "v3").lines().next(), Some("B24_BOT_API is \"v3\": it is v1 or v2"));
        assert_eq!(message("B24_EVENTS", "push").lines().next(), Some("B24_EVENTS is \"push\": it is post or fetch"));
        let both = [("B24_WEBHOOK_URL", "https://p/rest/1/x/"), ("B24_BOT_API", "v1"), ("B24_EVENTS", "fetch")];
        assert!(read(&both).expect_err("contradiction").contains("contradict each other"));
    }

    #[test]
    fn complete_settings_are_taken_as_they_are() {
        let Ok(Mode::Portal(settings)) = read(&[
            ("B24_WEBHOOK_URL", "https://p/rest/1/x/"),
            ("B24_HANDLER_URL", "https://b/h"),
            ("B24_LISTEN", "127.0.0.1:8080"),
            ("B24_STORE", "here.json"),
        ]) else {
            panic!("these settings are complete")
        };
        assert_eq!(settings.handler_url, "https://b/h");
        assert_eq!(settings.store, Some("here.json".into()));
        assert!(matches!(settings.credentials, Credentials::Webhook(_)));
        assert!(!format!("{settings:?}").contains("rest/1/x"), "a webhook is a secret");
    }
}
