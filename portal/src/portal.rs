mod apps;
mod drive;
mod server;
mod wire;

use std::{
    path::PathBuf,
    sync::{Arc, OnceLock},
    time::Duration,
};

use axum::serve::ListenerExt;
use b24_spec::Spec;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
};

pub use self::apps::{App, NewApp};
use self::server::Server;
pub(crate) use self::wire::Peer;
#[cfg(feature = "tls")]
use crate::tls::{self, Identity};
use crate::{
    data::{Folder, Keeper},
    error::{ResendError, StartError},
    hub::Hub,
    journal::Entry,
    rest::limit::Limits,
    seed::Seed,
    state::{Settings, State, secret},
};

/// The `im` revision of a portal that was not told another.
const REVISION: u32 = 36;
/// The life of an access token on the platform.
const TOKEN_LIFE: Duration = Duration::from_hours(1);

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
    /// Starts a portal on a free port, with im revision 36, without a limit to the rate of calls, and with one user: the administrator "You".
    ///
    /// # Errors
    /// When no port is to be had or the spec has mistakes.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Prepares a portal that differs from [`Portal::start`].
    pub fn builder() -> Builder {
        Builder {
            port: 0,
            name: "Local portal".to_owned(),
            revision: REVISION,
            token_life: TOKEN_LIFE,
            limits: Limits::default(),
            language: "en".to_owned(),
            data: None,
            seed: None,
            #[cfg(feature = "tls")]
            tls: false,
        }
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
        self.url.strip_prefix("http://").unwrap_or(&self.url)
    }

    /// The page to open in a browser.
    pub fn messenger_url(&self) -> String {
        format!("{}/", self.url)
    }

    /// Moves the portal's clock ahead: tokens expire and messages grow old without waiting for it.
    pub fn advance(&self, by: Duration) {
        self.hub.with(|state| state.clock.advance(by));
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

/// The spec, read once for all portals of the program.
pub(crate) fn spec() -> Result<Arc<Spec>, StartError> {
    static SPEC: OnceLock<Arc<Spec>> = OnceLock::new();
    if let Some(spec) = SPEC.get() {
        return Ok(spec.clone());
    }
    let spec = Arc::new(Spec::embedded().map_err(StartError::Spec)?);
    Ok(SPEC.get_or_init(|| spec).clone())
}

/// What a portal starts with. Made by [`Portal::builder`].
#[derive(Debug, Clone)]
pub struct Builder {
    port: u16,
    name: String,
    revision: u32,
    token_life: Duration,
    limits: Limits,
    language: String,
    data: Option<PathBuf>,
    seed: Option<Seed>,
    #[cfg(feature = "tls")]
    tls: bool,
}

impl Builder {
    /// The port on 127.0.0.1; 0, the default, takes a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The name above the messenger.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The `im` revision: newer methods and parameters are unknown to the portal.
    pub fn revision(mut self, revision: u32) -> Self {
        self.revision = revision;
        self
    }

    /// How long access tokens live; an hour by default.
    pub fn token_life(mut self, life: Duration) -> Self {
        self.token_life = life;
        self
    }

    /// How much it takes from its callers; [`Limits::default`] if it is not told.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The language of the portal, `en` by default.
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = language.into();
        self
    }

    /// Keeps its state in this folder, which is made if it is not there, and goes on from what it finds in it: people,
    /// chats, files, applications, tokens. The journal does not last. The state is written down once a second while it
    /// changes, and when the last handle is dropped.
    pub fn data(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data = Some(folder.into());
        self
    }

    /// Starts with these people, chats and applications. A portal that goes on from a folder has them already: then
    /// nothing is added.
    pub fn seed(mut self, seed: Seed) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Answers HTTPS as well, on the same port, with a certificate made for 127.0.0.1, `::1` and `localhost`. It is
    /// good for a year and for this portal only; a client trusts it by [`Portal::certificate`]:
    ///
    /// ```no_run
    /// # async fn test() -> Result<(), Box<dyn std::error::Error>> {
    /// let portal = b24_portal::Portal::builder().tls().start().await?;
    /// std::fs::write("portal.pem", portal.certificate().unwrap_or_default())?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Events and OAuth answers keep naming the portal by its HTTP address.
    #[cfg(feature = "tls")]
    pub fn tls(mut self) -> Self {
        self.tls = true;
        self
    }

    /// Starts it. It serves until the last handle is dropped.
    ///
    /// # Errors
    /// When the port is not to be had, the spec has mistakes, no certificate can be made, the seed has mistakes, or
    /// the folder for the state is used by another portal or cannot be read.
    pub async fn start(self) -> Result<Portal, StartError> {
        let spec = spec()?;
        let folder = self.data.as_deref().map(Folder::open).transpose()?;
        let saved = folder.as_ref().map(Folder::read).transpose()?.flatten();
        let listen = |source| StartError::Listen { port: self.port, source };
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.map_err(listen)?;
        let settings = Settings {
            name: self.name,
            domain: listener.local_addr().map_err(listen)?.to_string(),
            revision: self.revision,
            token_life: self.token_life,
            limits: self.limits,
            language: self.language,
            member_id: secret::hex(32),
        };
        let url = settings.url().into();
        let mut state = State::new(settings, spec);
        if let Some(saved) = saved {
            state.restore(saved);
        }
        if let Some(seed) = &self.seed {
            state.sow(seed)?;
        }
        let hub = Hub::new(state);
        let keeper = folder.map(|folder| Arc::new(Keeper::start(hub.clone(), folder)));
        #[cfg(feature = "tls")]
        if self.tls {
            let identity = Identity::create().map_err(StartError::Certificate)?;
            let certificate = Some(identity.certificate.as_str().into());
            let server = Server::start(tls::listen(listener, identity), hub.clone());
            return Ok(Portal { hub, url, certificate, _server: Arc::new(server), _keeper: keeper });
        }
        let listener = listener.tap_io(without_delay);
        let server = Server::start(listener, hub.clone());
        Ok(Portal { hub, url, certificate: None, _server: Arc::new(server), _keeper: keeper })
    }
}

/// Answers leave at once. Where the system cannot do that, they leave a little later.
pub(crate) fn without_delay(stream: &mut TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "small answers may be held back");
    }
}
