//! Keeps everything in one `SQLite` file. A thread of its own writes: everything that waits shares one transaction.

mod beside;
mod body;
mod desk;
mod inbox;
mod row;
mod schema;
mod store;
mod writer;

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use self::{desk::Desk, writer::Writer};
use crate::{Room, Seal, lanes::Lanes};

pub use beside::Beside;
pub use inbox::SqliteInbox;
pub use store::SqliteStore;

/// A file that keeps events and what is known of portals.
#[derive(Debug)]
pub struct Database {
    writer: Arc<Writer>,
    lanes: Arc<Lanes>,
    seal: Seal,
    /// What was kept when the process before this one ended.
    recovered: Vec<u64>,
}

/// A process that is just ending still has the file.
const TIME_TO_LET_GO: Duration = Duration::from_secs(5);
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

impl Database {
    /// Opens a file, or makes it, readable by its owner alone. What an older version kept is brought up to date.
    ///
    /// # Errors
    /// When it cannot be read or written, is used by another process, was made by a newer version, is no such file, or
    /// holds what was encrypted with another key.
    pub fn open(path: &Path, seal: Seal, room: Room) -> io::Result<Self> {
        let lock = lock(path)?;
        make_private(path)?;
        let connection = connect(path)?;
        schema::migrate(&connection)?;
        let (mut desk, events) = Desk::new(connection, seal.clone(), lock)?;
        let lanes = Arc::new(Lanes::new(room));
        let recovered = events.iter().map(|taken| taken.id).collect();
        for taken in events {
            lanes.restore(taken);
        }
        let arriving = Arc::clone(&lanes);
        desk.on_arrival(move |taken| arriving.restore(taken));
        Ok(Self { writer: Arc::new(Writer::start(desk)?), lanes, seal, recovered })
    }

    /// The events.
    pub fn inbox(&self) -> SqliteInbox {
        let (writer, lanes) = (Arc::clone(&self.writer), Arc::clone(&self.lanes));
        SqliteInbox::new(writer, lanes, self.seal.clone(), self.recovered.iter().copied())
    }

    /// The portals.
    pub fn store(&self) -> SqliteStore {
        SqliteStore::new(Arc::clone(&self.writer))
    }
}

fn connect(path: &Path) -> io::Result<Connection> {
    let fail = |error: rusqlite::Error| io::Error::other(error.to_string());
    let connection = Connection::open(path).map_err(fail)?;
    connection.busy_timeout(TIME_TO_LET_GO).map_err(fail)?;
    Ok(connection)
}

/// One process at a time: two would handle the same events. The lock is beside the file, because `SQLite` loses its own
/// locks where somebody else opens the file.
fn lock(path: &Path) -> io::Result<File> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(beside)?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if start.elapsed() < TIME_TO_LET_GO => std::thread::sleep(BETWEEN_TRIES),
            Err(TryLockError::WouldBlock) => {
                return Err(io::Error::new(io::ErrorKind::ResourceBusy, "another process uses it"));
            }
        }
    }
}

/// What `SQLite` makes beside the file is as readable as the file is.
fn make_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}
