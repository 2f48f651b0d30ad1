use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::Router as Routes;
use tokio::{
    net::TcpListener,
    sync::{Semaphore, oneshot},
    task::JoinHandle,
};

use super::{
    Credentials, Installation, Settings, StartError, Store,
    accept::{KEY, accept},
    core::Core,
    fetch::Fetching,
    inbox::Inbox,
    portals::Portals,
};
use crate::Bot;

/// A bot that takes events. Dropping it stops the server at once; [`Running::shutdown`] lets work finish.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    handler_url: String,
    inbox: Inbox,
    fetching: Arc<Fetching>,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
}

/// How long work may go on after the bot was told to stop.
const TIME_TO_FINISH: Duration = Duration::from_secs(30);
const MOST_VERIFYING: usize = 8;

pub(super) async fn start<B: Bot>(
    bot: B,
    mut settings: Settings,
    store: Arc<dyn Store>,
) -> Result<Running, StartError> {
    let fail = |source| StartError::Listen { address: settings.listen, source };
    let listener = TcpListener::bind(settings.listen).await.map_err(fail)?;
    let address = listener.local_addr().map_err(fail)?;
    if settings.handler_url.is_empty() {
        settings.handler_url = format!("http://{address}/");
    }
    let router = B::router();
    let portals = Portals::load(Arc::clone(&store), &settings.credentials).await?;
    let mut handler = settings.handler_url.clone();
    let mut webhook = None;
    if let Credentials::Webhook(address) = &settings.credentials {
        let kept = store.all().await.map_err(|source| StartError::Store { path: "the store".to_owned(), source })?;
        let kept = kept.into_iter().find(|kept| kept.member_id == Installation::WEBHOOK);
        let installation = match kept {
            Some(kept) => kept,
            None => Installation::for_webhook(address.expose()).map_err(StartError::Portal)?,
        };
        let joint = if handler.contains('?') { '&' } else { '?' };
        handler += &format!("{joint}{KEY}={}", installation.application_token.expose());
        webhook = Some(portals.put(installation, &settings.credentials, &router.profile.code).await?);
    }
    let inbox = Inbox::new();
    let fetching = Arc::new(Fetching::default());
    let core = Arc::new(Core {
        bot: Arc::new(bot),
        router,
        settings,
        portals,
        inbox: inbox.clone(),
        handler,
        verifying: Semaphore::new(MOST_VERIFYING),
        fetching: Arc::clone(&fetching),
    });
    let (stop, stopped) = oneshot::channel::<()>();
    let service = Routes::new().fallback(accept::<B>).with_state(Arc::clone(&core));
    let server = tokio::spawn(async move {
        let until = async {
            let _ = stopped.await;
        };
        if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(until).await {
            tracing::error!("the server stopped: {error}");
        }
    });
    let handler_url = core.settings.handler_url.clone();
    let running = Running { address, handler_url, inbox, fetching, stop: Some(stop), server };
    match webhook {
        // A webhook has one portal: a bot that cannot be registered there has nothing to do.
        Some(portal) => core.try_reconcile(&portal).await?,
        None => core.portals.all().into_iter().for_each(|portal| core.reconcile_later(portal)),
    }
    Ok(running)
}

impl Running {
    /// The address on which it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address that portals send events to.
    pub fn handler_url(&self) -> &str {
        &self.handler_url
    }

    #[cfg(feature = "portal")]
    pub(super) fn inbox(&self) -> Inbox {
        self.inbox.clone()
    }

    /// Waits until every event that was taken is handled.
    pub async fn settled(&self) {
        self.inbox.settled().await;
    }

    /// Stops taking events and waits, at most 30 seconds, until those that were taken are handled.
    pub async fn shutdown(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let finish = async {
            self.fetching.stop().await;
            // What is being received is taken or refused first; a server that panicked has nothing to finish.
            let _ = (&mut self.server).await;
            self.inbox.settled().await;
        };
        if tokio::time::timeout(TIME_TO_FINISH, finish).await.is_err() {
            tracing::error!("stopped with events that are not handled");
        }
    }

    /// Runs until the process is told to stop (Ctrl-C or SIGTERM), then shuts down.
    pub async fn until_interrupted(self) {
        let mut terminated = terminated();
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = &mut terminated => {}
        }
        tracing::info!("stopping");
        self.shutdown().await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.server.abort();
        self.fetching.abort();
    }
}

#[cfg(unix)]
fn terminated() -> crate::BoxFuture<'static, ()> {
    Box::pin(async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    })
}

#[cfg(not(unix))]
fn terminated() -> crate::BoxFuture<'static, ()> {
    Box::pin(std::future::pending())
}
