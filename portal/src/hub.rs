use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{broadcast, watch};

use crate::{
    events::delivery::Courier,
    state::{Change, State},
};

/// How far a slow watcher may fall behind before it misses changes.
const BACKLOG: usize = 1024;

/// The state and those who wait for it to change. Shared by every request and every task of a portal.
pub(crate) struct Hub {
    state: Mutex<State>,
    changes: broadcast::Sender<Change>,
    version: watch::Sender<u64>,
    courier: Courier,
}

impl Hub {
    pub(crate) fn new(state: State) -> Arc<Self> {
        let (changes, _) = broadcast::channel(BACKLOG);
        let (version, _) = watch::channel(0);
        Arc::new(Self { state: Mutex::new(state), changes, version, courier: Courier::default() })
    }

    /// Acts on the state, then hands out what the action left behind.
    pub(crate) fn with<R>(self: &Arc<Self>, act: impl FnOnce(&mut State) -> R) -> R {
        // A panic in another request must not take the portal down with it.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let result = act(&mut state);
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
        result
    }

    pub(crate) fn watch(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    pub(crate) fn version(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    pub(crate) fn courier(&self) -> &Courier {
        &self.courier
    }
}
