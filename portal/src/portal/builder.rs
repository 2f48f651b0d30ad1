use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, OnceLock},
    time::Duration,
};

use axum::serve::ListenerExt;
use b24_spec::Spec;
use tokio::net::TcpListener;

use super::{Portal, server::Server, without_delay};
#[cfg(feature = "tls")]
use crate::tls::{self, Identity};
use crate::{
    data::{Folder, Keeper},
    error::StartError,
    hub::Hub,
    rest::limit::Limits,
    seed::Seed,
    state::{Settings, State, revisions::Revisions, secret},
};

/// The life of an access token on the platform.
const TOKEN_LIFE: Duration = Duration::from_hours(1);

/// What a portal starts with. Made by [`Portal::builder`].
#[derive(Debug, Clone)]
pub struct Builder {
    port: u16,
    name: String,
    revision: Option<u32>,
    lines_revision: Option<u32>,
    token_life: Duration,
    limits: Limits,
    language: String,
    data: Option<PathBuf>,
    seed: Option<Seed>,
    tls: bool,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            port: 0,
            name: "Local portal".to_owned(),
            revision: None,
            lines_revision: None,
            token_life: TOKEN_LIFE,
            limits: Limits::default(),
            language: "en".to_owned(),
            data: None,
            seed: None,
            tls: false,
        }
    }
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

    /// The revision of the messenger and of its bots; the newest by default. Newer methods, parameters and words are
    /// unknown to the portal.
    pub fn revision(mut self, revision: u32) -> Self {
        self.revision = Some(revision);
        self
    }

    /// The revision of the open lines, likewise.
    pub fn lines_revision(mut self, revision: u32) -> Self {
        self.lines_revision = Some(revision);
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
    /// When the port is not to be had, no certificate can be made, the spec or the seed has mistakes, or the folder for
    /// the state is used by another portal or cannot be read.
    pub async fn start(self) -> Result<Portal, StartError> {
        let spec = spec()?;
        let folder = self.data.as_deref().map(Folder::open).transpose()?;
        let saved = folder.as_ref().map(Folder::read).transpose()?.flatten();
        let listen = |source| StartError::Listen { port: self.port, source };
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.map_err(listen)?;
        let settings = self.settings(&spec, listener.local_addr().map_err(listen)?);
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
        hub.tick();
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

    /// What is fixed once the portal runs, at this address.
    pub(crate) fn settings(&self, spec: &Spec, address: SocketAddr) -> Settings {
        let newest = Revisions::newest(spec);
        let (scheme, domain) = match address.port() {
            443 if self.tls => ("https", address.ip().to_string()),
            80 => ("http", address.ip().to_string()),
            _ => ("http", address.to_string()),
        };
        Settings {
            name: self.name.clone(),
            scheme,
            domain,
            revision: self.revision.unwrap_or(newest.im),
            lines_revision: self.lines_revision.unwrap_or(newest.lines),
            token_life: self.token_life,
            limits: self.limits,
            language: self.language.clone(),
            member_id: secret::hex(32),
        }
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

#[cfg(test)]
mod tests {
    use super::{Builder, spec};

    #[test]
    fn a_port_that_goes_without_saying_is_not_said() {
        let spec = spec().expect("a spec");
        let url = |tls, address: &str| {
            let builder = Builder { tls, ..Builder::default() };
            builder.settings(&spec, address.parse().expect("an address")).url()
        };
        assert_eq!(url(true, "127.0.0.1:443"), "https://127.0.0.1");
        assert_eq!(url(true, "127.0.0.1:80"), "http://127.0.0.1");
        assert_eq!(url(true, "127.0.0.1:8024"), "http://127.0.0.1:8024");
        assert_eq!(url(false, "127.0.0.1:443"), "http://127.0.0.1:443");
    }
}
