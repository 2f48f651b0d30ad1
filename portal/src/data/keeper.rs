use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use tokio::task::JoinHandle;

use super::Folder;
use crate::hub::Hub;

/// How often the state is written down at most.
const PACE: Duration = Duration::from_secs(1);
/// How many times as long as writing took it rests before it writes again: a large state must not keep it busy.
const REST: u32 = 10;

/// Writes the state into its folder: while it changes, and once more when it is dropped.
pub(crate) struct Keeper {
    hub: Arc<Hub>,
    /// Gone when nothing is to be written any more.
    folder: Arc<Mutex<Option<Folder>>>,
    task: JoinHandle<()>,
}

impl Keeper {
    pub(crate) fn start(hub: Arc<Hub>, folder: Folder) -> Self {
        let folder = Arc::new(Mutex::new(Some(folder)));
        let task = tokio::spawn(keep(hub.clone(), folder.clone()));
        Self { hub, folder, task }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.task.abort();
        write(&self.hub, &self.folder);
        if let Some(folder) = self.folder.lock().unwrap_or_else(PoisonError::into_inner).take() {
            folder.close();
        }
    }
}

async fn keep(hub: Arc<Hub>, folder: Arc<Mutex<Option<Folder>>>) {
    loop {
        hub.touched().await;
        let started = Instant::now();
        let (state, place) = (hub.clone(), folder.clone());
        if tokio::task::spawn_blocking(move || write(&state, &place)).await.is_err() {
            // It panicked, or the program is ending.
            return;
        }
        tokio::time::sleep(PACE.max(started.elapsed() * REST)).await;
    }
}

/// The snapshot is made while the folder is held, so that a later one is never overwritten by an earlier one.
fn write(hub: &Hub, folder: &Mutex<Option<Folder>>) {
    let mut folder = folder.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(folder) = folder.as_mut() else { return };
    let snapshot = hub.look(crate::state::State::snapshot);
    if let Err(error) = folder.write(&snapshot) {
        tracing::error!(%error, folder = %folder.path.display(), "the state is not written down");
    }
}
