mod apps;
mod builder;
mod drive;
mod server;
mod wire;

use std::{sync::Arc, time::Duration};

use tokio::{net::TcpStream, sync::watch};

use self::server::Server;
pub use self::{
    apps::{App, NewApp},
    builder::Builder,
};
pub(crate) use self::{builder::spec, wire::Peer};
use crate::{
    data::Keeper,
    error::{ResendError, StartError},
    hub::Hub,
    journal::Entry,
    state::State,
};

/// A running portal. Clones are handles to the same one; it stops when the last of them is gone.
#[derive(Clone)]
pub struct Portal {
    hub: Arc<Hub>,
    url: Arc<str>,
    certificate: Option<Arc<str>>,
    _server: Arc<Server>,
    /// Dropped last: what the server still did is written down, too.
    _keeper: Option<Arc<Keeper>>,
}

impl std::fmt::Debug for Portal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Portal").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Portal {
    /// Starts a portal on a free port, with the newest revision, as fast as it can be called, and with one user: the
    /// administrator "You".
    ///
    /// # Errors
    /// When no port is to be had or the spec has mistakes.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Prepares a portal that differs from [`Portal::start`].
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where it listens: `http://127.0.0.1:8080`, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where it listens with TLS, if it was built with `Builder::tls`: `https://127.0.0.1:8080`, on the port of
    /// [`Portal::url`].
    pub fn https_url(&self) -> Option<String> {
        self.certificate.as_ref().map(|_| format!("https://{}", self.domain()))
    }

    /// What a client has to trust for [`Portal::https_url`], in PEM.
    pub fn certificate(&self) -> Option<&str> {
        self.certificate.as_deref()
    }

    /// What events call it: `127.0.0.1:8080`.
    pub fn domain(&self) -> &str {
        self.url.split_once("://").map_or(&self.url, |(_, domain)| domain)
    }

    /// The page to open in a browser.
    pub fn messenger_url(&self) -> String {
        format!("{}/", self.url)
    }

    /// Moves the portal's clock ahead: tokens expire and messages grow old without waiting for it.
    pub fn advance(&self, by: Duration) {
        self.hub.with(|state| {
            state.clock.advance(by);
            state.pass_time();
        });
    }

    /// Sends an event once more, as the journal has it but for its time.
    ///
    /// # Errors
    /// When the entry is no event, or the journal has not kept all of it.
    pub fn resend(&self, entry: &Entry) -> Result<(), ResendError> {
        self.with(|state| state.resend(entry.id())).map(drop)
    }

    /// Waits until every event that was sent has its answer, or is lost, and every bot that attends is through.
    pub async fn settled(&self) {
        self.hub.settled().await;
    }

    /// Lets [`Portal::settled`] wait for a bot in this process as well. A handler that answers 200 at once may still
    /// be at work: `idle` tells when it is not.
    pub fn attend<F>(&self, idle: impl Fn() -> F + Send + Sync + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.hub.attend(Arc::new(move || Box::pin(idle())));
    }

    /// Answers of the portal itself that are not what the spec says.
    #[doc(hidden)]
    #[cfg(debug_assertions)]
    pub fn mismatches(&self) -> Vec<String> {
        self.hub.with(|state| state.mismatches.clone())
    }

    pub(crate) fn with<R>(&self, act: impl FnOnce(&mut State) -> R) -> R {
        self.hub.with(act)
    }

    pub(crate) fn version(&self) -> watch::Receiver<u64> {
        self.hub.version()
    }
}

/// Answers leave at once. Where the system cannot do that, they leave a little later.
pub(crate) fn without_delay(stream: &mut TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "small answers may be held back");
    }
}
