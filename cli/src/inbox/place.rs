//! Where a bot keeps its events: as it is told, and else as the bot itself would find it.

use std::{env, fs, io, path::PathBuf};

use b24_storage::{Beside, Key, Letter, Nats, NatsBeside, Seal, Taken};
use clap::Args;
use toml::Table;

use crate::failure::Failure;

/// Where the events are.
#[derive(Debug, Args)]
#[command(next_help_heading = "Place")]
pub(super) struct Place {
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        conflicts_with = "nats",
        // What the bot's own settings file says counts, too, so clap cannot look it up.
        help = "The file in which the bot keeps its events [env: B24_STORE] [default: b24.db]"
    )]
    store: Option<PathBuf>,
    #[arg(
        long,
        global = true,
        value_name = "URL",
        help = "The NATS server on which the bot keeps them [env: B24_NATS_URL]"
    )]
    nats: Option<String>,
    /// The code of the bot, where several keep their events on the server.
    #[arg(long, global = true, value_name = "CODE")]
    bot: Option<String>,
    /// What they are encrypted with, where they are.
    #[arg(long, global = true, hide = true, env = "B24_STORE_KEY", hide_env_values = true)]
    store_key: Option<Key>,
}

/// The events in their place.
pub(super) enum Events {
    File(String, Beside),
    Server(Box<NatsBeside>),
}

impl Place {
    pub(super) async fn open(&self) -> Result<Events, Failure> {
        let (server, path) = match (&self.nats, &self.store) {
            (Some(url), _) => (Some(url.clone()), None),
            (None, Some(path)) => (None, Some(path.clone())),
            (None, None) => {
                let settings = Settings::read()?;
                (settings.find("nats_url"), settings.find("store").map(PathBuf::from))
            }
        };
        if let Some(url) = server {
            return self.server(&url).await.map(|server| Events::Server(Box::new(server)));
        }
        let path = path.unwrap_or_else(|| "b24.db".into());
        let name = path.display().to_string();
        match Beside::open(&path, self.seal()) {
            Ok(file) => Ok(Events::File(name, file)),
            Err(error) => Err(Failure::Refused(format!("{name}: {error}"))),
        }
    }

    async fn server(&self, url: &str) -> Result<NatsBeside, Failure> {
        let refuse = |error: io::Error| match error.kind() {
            io::ErrorKind::InvalidInput => Failure::Usage(of_server(&error)),
            io::ErrorKind::NotConnected => Failure::Connection(of_server(&error)),
            _ => Failure::Refused(of_server(&error)),
        };
        let mut nats =
            Nats::connect(url, self.bot.as_deref().unwrap_or_default(), self.seal()).await.map_err(refuse)?;
        if self.bot.is_none() {
            let bots = nats.bots().await.map_err(refuse)?;
            let [bot] = bots.as_slice() else {
                return Err(Failure::Usage(match bots.as_slice() {
                    [] => of_server(&"no bot keeps its events there"),
                    _ => format!("name one of the bots on the server with --bot: {}", bots.join(", ")),
                }));
            };
            nats = nats.named(bot);
        }
        nats.beside().await.map_err(refuse)
    }

    fn seal(&self) -> Seal {
        Seal::new(self.store_key.as_ref())
    }
}

/// Its address may hold a password.
fn of_server(reason: &dyn std::fmt::Display) -> String {
    format!("the NATS server: {reason}")
}

impl Events {
    pub(super) async fn waiting(&self) -> Result<Vec<Taken>, Failure> {
        match self {
            Self::File(_, file) => file.waiting(),
            Self::Server(server) => server.waiting().await,
        }
        .map_err(|error| self.fails(&error))
    }

    pub(super) async fn letters(&self) -> Result<Vec<Letter>, Failure> {
        match self {
            Self::File(_, file) => file.letters(),
            Self::Server(server) => server.letters().await,
        }
        .map_err(|error| self.fails(&error))
    }

    pub(super) async fn replay(&mut self, letter: u64) -> Result<bool, Failure> {
        match self {
            Self::File(_, file) => file.replay(letter),
            Self::Server(server) => server.replay(letter).await,
        }
        .map_err(|error| self.fails(&error))
    }

    fn fails(&self, error: &io::Error) -> Failure {
        Failure::Refused(match self {
            Self::File(name, _) => format!("{name}: {error}"),
            Self::Server(_) => of_server(error),
        })
    }
}

/// The settings of the bot, of which only two matter here: the bot complains of the rest.
struct Settings(Table);

impl Settings {
    fn read() -> Result<Self, Failure> {
        let named = Self::variable("B24_CONFIG");
        let path = named.as_deref().unwrap_or("b24.toml");
        match fs::read_to_string(path) {
            Ok(text) => text.parse().map(Self).map_err(|error| Failure::Refused(format!("{path}: {error}"))),
            Err(error) if error.kind() == io::ErrorKind::NotFound && named.is_none() => Ok(Self(Table::new())),
            Err(error) => Err(Failure::Refused(format!("{path}: {error}"))),
        }
    }

    /// A setting: its variable counts more than the file.
    fn find(&self, key: &str) -> Option<String> {
        let variable = format!("B24_{}", key.to_ascii_uppercase());
        let in_file = || self.0.get(key)?.as_str().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Self::variable(&variable).or_else(in_file)
    }

    /// A variable. An empty one counts as not set.
    fn variable(name: &str) -> Option<String> {
        env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }
}
