//! Where a bot keeps what must outlive it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use b24_storage::{Inbox, MemoryInbox, MemoryStore, Store};

use super::{Installation, Settings, StartError};

/// Events and installations.
pub(super) struct Storage {
    pub(super) inbox: Arc<dyn Inbox>,
    pub(super) store: Arc<dyn Store>,
}

impl Storage {
    /// What the code gives, else the file that the settings name, else memory.
    pub(super) async fn open(
        settings: &Settings,
        inbox: Option<Arc<dyn Inbox>>,
        store: Option<Arc<dyn Store>>,
    ) -> Result<Self, StartError> {
        let Some(path) = settings.store.as_ref().filter(|_| inbox.is_none() || store.is_none()) else {
            let inbox = inbox.unwrap_or_else(|| Arc::new(MemoryInbox::default()));
            let store = store.unwrap_or_else(|| Arc::new(MemoryStore::default()));
            return Ok(Self { inbox, store });
        };
        let file = Self::file(path, settings).await;
        let file = file.map_err(|source| StartError::Store { path: path.display().to_string(), source })?;
        Ok(Self { inbox: inbox.unwrap_or(file.inbox), store: store.unwrap_or(file.store) })
    }

    #[cfg(feature = "sqlite")]
    async fn file(path: &Path, settings: &Settings) -> io::Result<Self> {
        use b24_storage::{Database, Room, Seal};

        let older = older(path)?;
        let (path, seal) = (path.to_owned(), Seal::new(settings.store_key.as_ref()));
        // A bot that has just ended may have to let go of the file first.
        let database = tokio::task::spawn_blocking(move || Database::open(&path, seal, Room::default()));
        let database = database.await.map_err(io::Error::other)??;
        let store = database.store();
        if let Some(older) = older {
            take_over(&older, &store).await?;
        }
        Ok(Self { inbox: Arc::new(database.inbox()), store: Arc::new(store) })
    }

    #[cfg(not(feature = "sqlite"))]
    async fn file(_: &Path, _: &Settings) -> io::Result<Self> {
        Err(io::Error::other("this build keeps no files: build it with the feature `sqlite`"))
    }
}

/// The JSON file of installations that earlier versions kept: in this place, or under its usual name beside it.
#[cfg(feature = "sqlite")]
fn older(path: &Path) -> io::Result<Option<PathBuf>> {
    let aside = with_ending(path, ".json");
    let is_json = match fs::File::open(path) {
        Ok(mut file) => {
            let mut first = [0];
            io::Read::read(&mut file, &mut first)? == 1 && first == *b"{"
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(error),
    };
    if is_json {
        fs::rename(path, &aside)?;
    }
    Ok([aside, path.with_file_name("b24-installations.json")].into_iter().find(|older| older.is_file()))
}

/// Takes the installations of an earlier version over, once.
#[cfg(feature = "sqlite")]
async fn take_over(older: &Path, store: &dyn Store) -> io::Result<()> {
    for installation in Installation::list(&fs::read(older)?)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", older.display())))?
    {
        store.save(installation.record()).await?;
    }
    tracing::info!("the installations of {} were taken over", older.display());
    fs::rename(older, with_ending(older, ".taken-over"))
}

#[cfg(feature = "sqlite")]
fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
