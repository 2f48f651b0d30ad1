//! Where a bot keeps what must outlive it.

#[cfg(feature = "sqlite")]
mod older;

use std::{io, path::Path, sync::Arc};

use b24_storage::{Inbox, MemoryInbox, MemoryStore, Store};

use super::{Settings, StartError};
use crate::types::Secret;

/// Events and installations.
pub(super) struct Storage {
    pub(super) inbox: Arc<dyn Inbox>,
    pub(super) store: Arc<dyn Store>,
}

impl Storage {
    /// What the code gives, else the server or the file that the settings name, else memory. `code` is the bot's.
    pub(super) async fn open(
        settings: &Settings,
        code: &str,
        inbox: Option<Arc<dyn Inbox>>,
        store: Option<Arc<dyn Store>>,
    ) -> Result<Self, StartError> {
        let opened = match (&settings.nats_url, &settings.store) {
            _ if inbox.is_some() && store.is_some() => Ok(Self::memory()),
            (Some(url), _) => {
                // The address may hold a password.
                let of_nats = |source| StartError::Store { path: "the NATS server".to_owned(), source };
                Self::nats(url, code, settings).await.map_err(of_nats)
            }
            (None, Some(path)) => {
                let of_file = |source| StartError::Store { path: path.display().to_string(), source };
                Self::file(path, settings).await.map_err(of_file)
            }
            (None, None) => Ok(Self::memory()),
        }?;
        Ok(Self { inbox: inbox.unwrap_or(opened.inbox), store: store.unwrap_or(opened.store) })
    }

    fn memory() -> Self {
        Self { inbox: Arc::new(MemoryInbox::default()), store: Arc::new(MemoryStore::default()) }
    }

    #[cfg(feature = "nats")]
    async fn nats(url: &Secret, code: &str, settings: &Settings) -> io::Result<Self> {
        use b24_storage::{Nats, Room, Seal};

        let nats = Nats::connect(url.expose(), code, Seal::new(settings.store_key.as_ref())).await?;
        Ok(Self { inbox: Arc::new(nats.inbox(Room::default()).await?), store: Arc::new(nats.store().await?) })
    }

    #[cfg(not(feature = "nats"))]
    #[allow(clippy::unused_async, reason = "as with the feature")]
    async fn nats(_: &Secret, _: &str, _: &Settings) -> io::Result<Self> {
        Err(io::Error::other("this build speaks to none: build it with the feature `nats`"))
    }

    #[cfg(feature = "sqlite")]
    async fn file(path: &Path, settings: &Settings) -> io::Result<Self> {
        use b24_storage::{Database, Room, Seal};

        let older = older::find(path)?;
        let (path, seal) = (path.to_owned(), Seal::new(settings.store_key.as_ref()));
        // A bot that has just ended may have to let go of the file first.
        let database = tokio::task::spawn_blocking(move || Database::open(&path, seal, Room::default()));
        let database = database.await.map_err(io::Error::other)??;
        let store = database.store();
        if let Some(older) = older {
            older::take_over(&older, &store).await?;
        }
        Ok(Self { inbox: Arc::new(database.inbox()), store: Arc::new(store) })
    }

    #[cfg(not(feature = "sqlite"))]
    #[allow(clippy::unused_async, reason = "as with the feature")]
    async fn file(_: &Path, _: &Settings) -> io::Result<Self> {
        Err(io::Error::other("this build keeps no files: build it with the feature `sqlite`"))
    }
}
