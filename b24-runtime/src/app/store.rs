use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use serde_json::Value;

use super::Installation;
use crate::{
    future::BoxFuture,
    wire::{FromNode, Node, Params, ToValue},
};

/// Keeps installations. What is saved is found again, also after a crash.
pub trait Store: Send + Sync + 'static {
    /// All installations.
    fn all(&self) -> BoxFuture<'_, io::Result<Vec<Installation>>>;

    /// Adds an installation or replaces the one of the same portal.
    fn save(&self, installation: Installation) -> BoxFuture<'_, io::Result<()>>;

    /// Forgets a portal.
    fn remove<'a>(&'a self, member_id: &'a str) -> BoxFuture<'a, io::Result<()>>;
}

type Installations = BTreeMap<String, Installation>;

/// Keeps installations in memory: for tests and for local portals.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Installations>);

impl MemoryStore {
    fn change<T>(&self, change: impl FnOnce(&mut Installations) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store for MemoryStore {
    fn all(&self) -> BoxFuture<'_, io::Result<Vec<Installation>>> {
        let all = self.change(|known| known.values().cloned().collect());
        Box::pin(async { Ok(all) })
    }

    fn save(&self, installation: Installation) -> BoxFuture<'_, io::Result<()>> {
        self.change(|known| known.insert(installation.member_id.clone(), installation));
        Box::pin(async { Ok(()) })
    }

    fn remove<'a>(&'a self, member_id: &'a str) -> BoxFuture<'a, io::Result<()>> {
        self.change(|known| known.remove(member_id));
        Box::pin(async { Ok(()) })
    }
}

/// Keeps installations in a JSON file that only its owner can read. Each change replaces the whole file at once, so a
/// crash leaves the old or the new one.
#[derive(Debug)]
pub struct FileStore {
    path: PathBuf,
    memory: MemoryStore,
}

impl FileStore {
    /// Opens a file; one that does not exist is made at the first change.
    ///
    /// # Errors
    /// When the file cannot be read or is not one of this kind. It is left as it is then.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let memory = match fs::read(&path) {
            Ok(bytes) => MemoryStore(Mutex::new(read(&bytes)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => MemoryStore::default(),
            Err(error) => return Err(error),
        };
        Ok(Self { path, memory })
    }

    /// Changes the file first and the memory after it: what could not be written did not happen.
    fn change(&self, change: impl FnOnce(&mut Installations)) -> io::Result<()> {
        self.memory.change(|known| {
            let mut changed = known.clone();
            change(&mut changed);
            write(&self.path, &changed)?;
            *known = changed;
            Ok(())
        })
    }
}

impl Store for FileStore {
    fn all(&self) -> BoxFuture<'_, io::Result<Vec<Installation>>> {
        self.memory.all()
    }

    fn save(&self, installation: Installation) -> BoxFuture<'_, io::Result<()>> {
        let result = self.change(|known| {
            known.insert(installation.member_id.clone(), installation);
        });
        Box::pin(async { result })
    }

    fn remove<'a>(&'a self, member_id: &'a str) -> BoxFuture<'a, io::Result<()>> {
        let result = self.change(|known| {
            known.remove(member_id);
        });
        Box::pin(async { result })
    }
}

/// The file says what it is, so that a later version can tell what it reads.
const KIND: &str = "b24 installations 1";

fn read(bytes: &[u8]) -> io::Result<Installations> {
    let invalid = |message: String| io::Error::new(io::ErrorKind::InvalidData, message);
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| invalid(format!("not a file of installations: {error}; move it away to start anew")))?;
    if value["kind"] != KIND {
        return Err(invalid(format!("not a file of installations: expected the kind \"{KIND}\"")));
    }
    let list = Vec::<Installation>::from_node(Node::Json(&value["installations"]))
        .map_err(|error| invalid(format!("installations.{error}")))?;
    Ok(list.into_iter().map(|installation| (installation.member_id.clone(), installation)).collect())
}

fn write(path: &Path, installations: &Installations) -> io::Result<()> {
    let mut params = Params::new();
    params.set("kind", KIND);
    params.set("installations", installations.values().cloned().collect::<Vec<_>>());
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    // What a crash left behind may be readable by others: a new file is not.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(format!("{:#}\n", params.to_value()).as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    sync_folder(path)
}

/// The new name must survive a crash too.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Elsewhere a folder cannot be opened as a file.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
