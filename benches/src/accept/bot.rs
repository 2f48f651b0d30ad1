//! A bot that hears messages and does nothing.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use b24_runtime::{App, AppCredentials, Bot, Credentials, MessageCx, Profile, Router, Running, Settings};

use super::portal;
use crate::{
    Result,
    events::{BOT_CODE, CLIENT_ID},
};

struct Listener;

impl Bot for Listener {
    fn router() -> Router<Self> {
        Router::new(Profile::new(BOT_CODE, "Bench")).on_message(|_: Arc<Self>, _: MessageCx| async {})
    }
}

/// The bot, and the portal that it may be installed on.
pub(super) struct Served {
    running: Running,
    pub(super) portal: SocketAddr,
}

impl Served {
    pub(super) fn address(&self) -> SocketAddr {
        self.running.address()
    }

    /// Waits until every event that was accepted is handled.
    pub(super) async fn settled(&self) {
        self.running.settled().await;
    }
}

/// Serves on a free port, and keeps its events in this file or in memory, until the runtime ends.
pub(super) async fn start(store: Option<PathBuf>) -> Result<Served> {
    let portal = portal::start().await?;
    let credentials = Credentials::Application(AppCredentials {
        client_id: CLIENT_ID.to_owned(),
        client_secret: "not needed: no token expires here".into(),
        oauth_server: format!("http://{portal}"),
    });
    let settings = Settings { handler_url: "http://127.0.0.1/".to_owned(), store, ..Settings::local(credentials) };
    let running = App::new(Listener, settings).start().await?;
    Ok(Served { running, portal })
}
