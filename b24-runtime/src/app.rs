//! A bot at work: settings, the server that takes events, what is known of each portal.

mod accept;
mod core;
#[cfg(feature = "portal")]
mod embedded;
mod envelope;
mod fetch;
mod frames;
mod handle;
#[cfg(feature = "portal")]
mod hosted;
mod install;
mod installation;
pub(crate) mod job;
mod metrics;
mod monitor;
mod portals;
mod running;
mod server;
mod settings;
mod storage;

use std::{fmt, io, sync::Arc};

pub(crate) use envelope::Envelope;
#[doc(hidden)]
pub use envelope::decode_event;
pub use fetch::FetchPace;
#[cfg(feature = "portal")]
pub use hosted::{Hosted, host, host_with};
pub(crate) use installation::Installation;
pub use running::Running;
pub use settings::{Credentials, Handling, Mode, Settings, SettingsError};

use b24_storage::{Inbox, Store};

use self::storage::Storage;
use crate::{Bot, Error, bot::RegisterError};

/// A bot and how it is run.
///
/// ```no_run
/// # use b24_runtime::{App, Bot, Profile, Router, Settings};
/// # struct Echo;
/// # impl Bot for Echo { fn router() -> Router<Self> { Router::new(Profile::new("echo", "Echo")) } }
/// # async fn example(settings: Settings) -> Result<(), b24_runtime::StartError> {
/// let running = App::new(Echo, settings).start().await?;
/// println!("listening on {}", running.address());
/// running.until_interrupted().await;
/// # Ok(()) }
/// ```
pub struct App<B> {
    bot: B,
    settings: Settings,
    store: Option<Arc<dyn Store>>,
    inbox: Option<Arc<dyn Inbox>>,
}

impl<B: Bot> App<B> {
    /// A bot with its settings. Events and installations are kept in the file that the settings name, in memory if they
    /// name none; [`App::inbox`] and [`App::store`] keep them elsewhere.
    pub fn new(bot: B, settings: Settings) -> Self {
        Self { bot, settings, store: None, inbox: None }
    }

    /// Keeps installations here instead of in a file.
    pub fn store(mut self, store: impl Store) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// Keeps events here instead of in a file.
    pub fn inbox(mut self, inbox: impl Inbox) -> Self {
        self.inbox = Some(Arc::new(inbox));
        self
    }

    /// Begins to take events and brings the portals that are known already in line with the code.
    ///
    /// # Errors
    /// When the address cannot be listened on, the store cannot be read, or a webhook's portal refuses the bot.
    pub async fn start(self) -> Result<Running, StartError> {
        let storage = Storage::open(&self.settings, &B::router().profile.code, self.inbox, self.store).await?;
        running::start(self.bot, self.settings, storage).await
    }
}

/// Runs a bot with the settings of the environment until it is interrupted (Ctrl-C).
///
/// Without settings and with the feature `portal`, a local portal is started, the bot installed into it, and the
/// terminal becomes a messenger.
///
/// # Errors
/// When settings are missing or contradict each other, or the bot cannot be started.
pub async fn run<B: Bot>(bot: B) -> Result<(), StartError> {
    match Mode::from_env()? {
        #[cfg(feature = "portal")]
        Mode::Embedded => embedded::run(bot).await,
        #[cfg(not(feature = "portal"))]
        Mode::Embedded => Err(SettingsError::nothing_set().into()),
        Mode::Portal(settings) => {
            let running = App::new(bot, settings).start().await?;
            tracing::info!(address = %running.address(), "taking events");
            running.until_interrupted().await;
            Ok(())
        }
    }
}

/// Why a bot could not be started. `Debug` is the same message: a `main` that returns it prints what to do.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// Settings are missing or contradict each other.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}; set B24_LISTEN to a free address")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The store cannot be read or written.
    #[error("{path}: {source}")]
    Store {
        /// The file.
        path: String,
        /// What is wrong with it.
        source: io::Error,
    },
    /// The portal of a webhook cannot be reached or refuses the bot.
    #[error("the bot could not be registered: {0}")]
    Register(#[from] Error),
    /// The portal is too old for what the settings ask for.
    #[error("{0}")]
    TooOld(String),
    /// The local portal could not be started.
    #[error("the local portal could not be started: {0}")]
    Portal(String),
}

impl From<RegisterError> for StartError {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::Call(error) => Self::Register(error),
            RegisterError::TooOld { .. } => Self::TooOld(error.to_string()),
        }
    }
}

impl fmt::Debug for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
