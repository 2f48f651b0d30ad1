//! The settings of a bot on a local portal, in the names that `b24-runtime` reads.

use std::{net::TcpListener, path::PathBuf};

use b24_portal::{App, Portal};
use tempfile::TempDir;

use crate::failure::Failure;

/// What a bot needs to know.
#[derive(Debug)]
pub(super) struct Environment {
    variables: Vec<(&'static str, Option<String>)>,
    handler: String,
    listen: String,
    /// Keeps what the bot has stored while it starts anew.
    _store: TempDir,
}

impl Environment {
    pub(super) fn new(
        portal: &Portal,
        app: &App,
        webhook: Option<&str>,
        handler: Option<&str>,
    ) -> Result<Self, Failure> {
        let (handler, listen) = if let Some(handler) = handler {
            (handler.to_owned(), host(handler)?)
        } else {
            let listen = free_address()?;
            (format!("http://{listen}/"), listen)
        };
        let store = TempDir::new().map_err(|error| Failure::Refused(format!("no place for a store: {error}")))?;
        let file: PathBuf = store.path().join("b24.db");
        let app = webhook.is_none().then_some(app);
        let variables = vec![
            // What is not set is taken away: the shell may have settings for another portal.
            ("B24_CLIENT_ID", app.map(|app| app.client_id.clone())),
            ("B24_CLIENT_SECRET", app.map(|app| app.client_secret.clone())),
            ("B24_WEBHOOK_URL", webhook.map(str::to_owned)),
            ("B24_OAUTH_URL", Some(portal.url().to_owned())),
            ("B24_HANDLER_URL", Some(handler.clone())),
            ("B24_LISTEN", Some(listen.clone())),
            ("B24_STORE", Some(file.display().to_string())),
        ];
        Ok(Self { variables, handler, listen, _store: store })
    }

    pub(super) fn variables(&self) -> impl Iterator<Item = (&'static str, Option<&str>)> {
        self.variables.iter().map(|(name, value)| (*name, value.as_deref()))
    }

    /// Where events go.
    pub(super) fn handler(&self) -> &str {
        &self.handler
    }

    /// Where the bot is to be found.
    pub(super) fn listen(&self) -> &str {
        &self.listen
    }
}

/// Host and port of an address.
fn host(handler: &str) -> Result<String, Failure> {
    let is_usable = |rest: &&str| !rest.is_empty() && !rest.starts_with('/');
    let Some(rest) = handler.strip_prefix("http://").filter(is_usable) else {
        return Err(Failure::Usage(format!(
            "{handler} is no address of a bot on this machine: http://127.0.0.1:9000/"
        )));
    };
    let host = rest.split(['/', '?']).next().unwrap_or(rest);
    Ok(if host.contains(':') { host.to_owned() } else { format!("{host}:80") })
}

/// Nobody else takes it in the moment until the bot does.
fn free_address() -> Result<String, Failure> {
    let bound = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    bound.map(|address| address.to_string()).map_err(|error| Failure::Refused(format!("no port is free: {error}")))
}
