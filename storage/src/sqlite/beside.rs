use std::{io, path::Path};

use rusqlite::Connection;

use super::{connect, desk::io_error, row};
use crate::{Letter, Seal, Taken};

/// A file beside the bot that uses it: for people who look at what waits and what was set aside.
#[derive(Debug)]
pub struct Beside {
    connection: Connection,
    seal: Seal,
}

impl Beside {
    /// Opens a file that is there.
    ///
    /// # Errors
    /// When there is none, or it is no such file.
    pub fn open(path: &Path, seal: Seal) -> io::Result<Self> {
        if !path.is_file() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "there is no such file"));
        }
        let connection = connect(path)?;
        connection
            .query_row("SELECT count(*) FROM sqlite_schema WHERE name IN ('event', 'letter')", [], |row| {
                row.get::<_, i64>(0)
            })
            .map_err(io_error)
            .and_then(|tables| match tables {
                2 => Ok(()),
                _ => Err(io::Error::new(io::ErrorKind::InvalidData, "no bot keeps its events in it")),
            })?;
        Ok(Self { connection, seal })
    }

    /// The events that wait or are being handled, the oldest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn waiting(&self) -> io::Result<Vec<Taken>> {
        row::events(&self.connection, 0, &self.seal)
    }

    /// The events that were set aside, the oldest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn letters(&self) -> io::Result<Vec<Letter>> {
        row::letters(&self.connection, &self.seal)
    }

    /// Takes an event that was set aside in again: a bot that runs handles it within a second. `false` where there is
    /// no such.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn replay(&mut self, letter: u64) -> io::Result<bool> {
        let transaction =
            self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(io_error)?;
        let id = row::last(&transaction).map_err(io_error)? + 1;
        let is_found = row::replay(&transaction, letter.cast_signed(), id).map_err(io_error)?;
        transaction.commit().map_err(io_error)?;
        Ok(is_found)
    }
}
