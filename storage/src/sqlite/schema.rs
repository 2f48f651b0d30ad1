use std::{fmt, io};

use rusqlite::Connection;

/// What each version added. The first makes the tables; a file tells in `user_version` how many it has had.
const VERSIONS: [&str; 1] = ["
    CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        portal TEXT NOT NULL,
        dialog TEXT NOT NULL,
        name TEXT NOT NULL,
        identity TEXT NOT NULL,
        received INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        encoding INTEGER NOT NULL,
        body BLOB NOT NULL
    ) STRICT;
    CREATE TABLE letter (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        reason TEXT NOT NULL,
        since INTEGER NOT NULL,
        portal TEXT NOT NULL,
        dialog TEXT NOT NULL,
        name TEXT NOT NULL,
        identity TEXT NOT NULL,
        received INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        encoding INTEGER NOT NULL,
        body BLOB NOT NULL
    ) STRICT;
    CREATE TABLE seen (
        id INTEGER PRIMARY KEY,
        hash INTEGER NOT NULL,
        at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE installation (
        member_id TEXT PRIMARY KEY,
        value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
"];

/// Brings a file up to date, in one step: a crash leaves the old or the new one.
pub(super) fn migrate(connection: &Connection) -> Result<(), Trouble> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // A checkpoint holds up everybody: few large ones cost less than many.
    connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    let known: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let Some(missing) = VERSIONS.get(known as usize..) else { return Err(Trouble::Newer(known)) };
    if missing.is_empty() {
        return Ok(());
    }
    let steps = missing.concat();
    connection.execute_batch(&format!("BEGIN IMMEDIATE; {steps} PRAGMA user_version = {}; COMMIT;", VERSIONS.len()))?;
    Ok(())
}

/// Why a file cannot be used.
#[derive(Debug)]
pub(super) enum Trouble {
    Newer(u32),
    Sqlite(rusqlite::Error),
}

impl From<Trouble> for io::Error {
    fn from(trouble: Trouble) -> Self {
        Self::new(io::ErrorKind::InvalidData, trouble.to_string())
    }
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer(version) => {
                write!(
                    f,
                    "it was made by a newer version of b24 (its format is {version}, this one knows {})",
                    VERSIONS.len()
                )
            }
            Self::Sqlite(error) => write!(f, "it cannot be used as a SQLite file: {error}; move it away to start anew"),
        }
    }
}
