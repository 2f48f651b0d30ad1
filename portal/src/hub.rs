use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::sync::{Notify, broadcast, watch};

use crate::{
    events::delivery::Courier,
    state::{Change, State},
};

/// How far a slow watcher may fall behind before it misses changes.
const BACKLOG: usize = 1024;

/// How often the portal looks at its clock.
const TICK: Duration = Duration::from_secs(1);

/// Waits until a bot is through with what it was sent.
pub(crate) type Attendant = dyn Fn() -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync;

/// The state and those who wait for it to change. Shared by every request and every task of a portal.
pub(crate) struct Hub {
    state: Mutex<State>,
    changes: broadcast::Sender<Change>,
    version: watch::Sender<u64>,
    /// Rings for whoever writes the state down.
    touched: Notify,
    courier: Courier,
    attendants: Mutex<Vec<Arc<Attendant>>>,
}

impl Hub {
    pub(crate) fn new(state: State) -> Arc<Self> {
        let (changes, _) = broadcast::channel(BACKLOG);
        let (version, _) = watch::channel(0);
        let (courier, attendants) = (Courier::default(), Mutex::default());
        let touched = Notify::new();
        Arc::new(Self { state: Mutex::new(state), changes, version, touched, courier, attendants })
    }

    /// Lets things happen that only wait for their time.
    pub(crate) fn tick(self: &Arc<Self>) {
        let hub = Arc::downgrade(self);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(TICK).await;
                let Some(hub) = hub.upgrade() else { return };
                hub.with(State::pass_time);
            }
        });
    }

    /// Acts on the state, then hands out what the action left behind.
    pub(crate) fn with<R>(self: &Arc<Self>, act: impl FnOnce(&mut State) -> R) -> R {
        // A panic in another request must not take the portal down with it.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let result = act(&mut state);
        state.tell_of_kept();
        let outbox = std::mem::take(&mut state.outbox);
        let changes = std::mem::take(&mut state.changes);
        // Handed out under the lock: two actions at once must not swap the order of their events.
        for delivery in outbox {
            self.courier.send(self, delivery);
        }
        if !changes.is_empty() {
            self.version.send_modify(|version| *version += 1);
        }
        for change in changes {
            // Nobody may be watching.
            let _ = self.changes.send(change);
        }
        self.touched.notify_one();
        result
    }

    /// Looks at the state, which stays as it is.
    pub(crate) fn look<R>(&self, look: impl FnOnce(&State) -> R) -> R {
        look(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until somebody has acted on the state since the last time.
    pub(crate) async fn touched(&self) {
        self.touched.notified().await;
    }

    /// Lets go of whoever watches: there is nothing more to see.
    pub(crate) fn dismiss_watchers(&self) {
        // Nobody may be watching.
        let _ = self.changes.send(Change::Closing);
    }

    pub(crate) fn watch(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    pub(crate) fn version(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    pub(crate) fn attend(&self, attendant: Arc<Attendant>) {
        self.attendants.lock().unwrap_or_else(PoisonError::into_inner).push(attendant);
    }

    /// Waits until every event has its answer and every bot that can tell is through with it.
    pub(crate) async fn settled(&self) {
        let mut under_way = self.courier.under_way();
        loop {
            // The sender lives as long as the hub.
            let _ = under_way.wait_for(|count| *count == 0).await;
            let attendants = self.attendants.lock().unwrap_or_else(PoisonError::into_inner).clone();
            for attendant in attendants {
                attendant().await;
            }
            if *under_way.borrow() == 0 {
                return;
            }
        }
    }

    pub(crate) fn courier(&self) -> &Courier {
        &self.courier
    }
}
