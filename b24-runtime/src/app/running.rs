use std::{
    fmt,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use b24_storage::Inbox;
use tokio::{
    net::TcpListener,
    sync::{Semaphore, watch},
    task::{JoinHandle, JoinSet},
};

use super::{
    Credentials, Installation, Settings, StartError,
    accept::KEY,
    core::Core,
    fetch::Fetching,
    metrics::Metrics,
    monitor,
    portals::Portals,
    server::{Bounds, serve},
    storage::Storage,
};
use crate::{Bot, client::Conditions};

/// A bot that takes events. Dropping it stops the server at once; [`Running::shutdown`] lets work finish.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    handler_url: String,
    under_way: UnderWay,
    fetching: Arc<Fetching>,
    stopping: Arc<AtomicBool>,
    stop: watch::Sender<bool>,
    servers: JoinSet<()>,
    workers: JoinSet<()>,
    /// Takes in what other processes learn.
    follower: JoinHandle<()>,
}

/// What a bot has still to do.
#[derive(Clone)]
pub(super) struct UnderWay {
    inbox: Arc<dyn Inbox>,
    starting: watch::Receiver<usize>,
}

impl UnderWay {
    /// Waits until there is nothing.
    pub(super) async fn settled(&self) {
        // An error says that the bot is gone.
        let _ = self.starting.clone().wait_for(|count| *count == 0).await;
        self.inbox.settled().await;
    }
}

impl fmt::Debug for UnderWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnderWay({} events)", self.inbox.open())
    }
}

/// How long work may go on after the bot was told to stop.
const TIME_TO_FINISH: Duration = Duration::from_secs(30);
const MOST_VERIFYING: usize = 8;

pub(super) async fn start<B: Bot>(
    bot: B,
    mut settings: Settings,
    Storage { inbox, store }: Storage,
) -> Result<Running, StartError> {
    let fail = |source| StartError::Listen { address: settings.listen, source };
    let listener = TcpListener::bind(settings.listen).await.map_err(fail)?;
    let address = listener.local_addr().map_err(fail)?;
    let watching = match settings.monitor {
        Some(address) => {
            Some(TcpListener::bind(address).await.map_err(|source| StartError::Listen { address, source })?)
        }
        None => None,
    };
    if settings.handler_url.is_empty() {
        settings.handler_url = format!("http://{address}/");
    }
    let router = B::router();
    let conditions = Conditions { limit: settings.call_limit, ..Conditions::default() };
    let metrics = Metrics::new(Arc::clone(&conditions.tally));
    let portals = Portals::load(store, conditions, &settings.credentials).await?;
    let mut handler = settings.handler_url.clone();
    let mut webhook = None;
    if let Credentials::Webhook(address) = &settings.credentials {
        let new = Installation::for_webhook(address.expose()).map_err(StartError::Portal)?;
        let portal = portals.put(new, &settings.credentials, &router.profile.code).await?;
        let joint = if handler.contains('?') { '&' } else { '?' };
        handler += &format!("{joint}{KEY}={}", portal.installation.application_token.expose());
        webhook = Some(portal);
    }
    let (starting, started) = watch::channel(0);
    let fetching = Arc::new(Fetching::default());
    let core = Arc::new(Core {
        bot: Arc::new(bot),
        router,
        settings,
        portals,
        inbox: Arc::clone(&inbox),
        handler,
        verifying: Semaphore::new(MOST_VERIFYING),
        starting,
        stopping: Arc::default(),
        metrics,
        fetching: Arc::clone(&fetching),
    });
    let (stop, stopped) = watch::channel(false);
    let until = async |mut stopped: watch::Receiver<bool>| {
        // An error says that the bot is gone.
        let _ = stopped.wait_for(|stopped| *stopped).await;
    };
    let mut servers = JoinSet::new();
    servers.spawn(serve(listener, monitor::routes(&core), Bounds::default(), until(stopped.clone())));
    if let Some(listener) = watching {
        servers.spawn(serve(listener, monitor::watch(&core), Bounds::default(), until(stopped)));
    }
    let mut running = Running {
        address,
        handler_url: core.settings.handler_url.clone(),
        under_way: UnderWay { inbox, starting: started },
        fetching,
        stopping: Arc::clone(&core.stopping),
        stop,
        servers,
        workers: JoinSet::new(),
        follower: tokio::spawn(Arc::clone(&core.portals).follow(core.settings.credentials.clone())),
    };
    match webhook {
        // A webhook has one portal: a bot that cannot be registered there has nothing to do.
        Some(portal) => core.reconcile(&portal).await?,
        None => core.portals.all().into_iter().for_each(|portal| core.reconcile_later(portal)),
    }
    // What was kept when the bot ended is handled now, as what comes is.
    for _ in 0..core.settings.handling.at_once {
        running.workers.spawn(Arc::clone(&core).work());
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
    pub(super) fn under_way(&self) -> UnderWay {
        self.under_way.clone()
    }

    /// What it keeps its events in: to look at those that were set aside, and to take them in again.
    pub fn inbox(&self) -> &dyn Inbox {
        &*self.under_way.inbox
    }

    /// Waits until every event that was taken is handled.
    pub async fn settled(&self) {
        self.under_way.settled().await;
    }

    /// Stops taking events and waits, at most 30 seconds, for the handlers that run. What waits is handled too where
    /// the inbox ends with the process; else it is left for the next start.
    pub async fn shutdown(mut self) {
        self.stopping.store(true, Ordering::Release);
        self.stop.send_replace(true);
        let inbox = Arc::clone(&self.under_way.inbox);
        if inbox.is_durable() {
            inbox.stop();
        }
        let finish = async {
            self.fetching.stop().await;
            // What is being received is taken or refused first; a server that panicked has nothing to finish.
            while self.servers.join_next().await.is_some() {}
            if !inbox.is_durable() {
                self.under_way.settled().await;
            }
            inbox.stop();
            while self.workers.join_next().await.is_some() {}
        };
        if tokio::time::timeout(TIME_TO_FINISH, finish).await.is_err() {
            tracing::error!("stopped while handlers were running");
        }
        inbox.stop();
        inbox.flush().await;
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
        self.fetching.abort();
        self.follower.abort();
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
