use std::{fs::File, io};

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::row::{self, instant, millis};
use crate::{
    Delivery, Seal, Taken,
    seen::{self, Seen},
};

/// What the writing thread has before it.
pub(super) struct Desk {
    pub(super) connection: Connection,
    pub(super) seal: Seal,
    seen: Seen,
    /// The highest number that an event has had.
    last: i64,
    /// How often others have changed the file, as `SQLite` counts.
    version: i64,
    /// Told of events that others put into the file.
    arrival: Box<dyn Fn(Taken) + Send>,
    /// Held for as long as the file is used.
    _lock: File,
}

/// So many more than are remembered may stand in the table before it is swept.
const UNSWEPT: i64 = 10_000;

impl Desk {
    /// A desk, and the events that are in the file.
    pub(super) fn new(connection: Connection, seal: Seal, lock: File) -> io::Result<(Self, Vec<Taken>)> {
        let events = row::events(&connection, 0, &seal)?;
        let arrival = Box::new(|_| {});
        let mut desk = Self { connection, seal, seen: Seen::default(), last: 0, version: 0, arrival, _lock: lock };
        desk.recall().map_err(io_error)?;
        desk.version = desk.data_version().map_err(io_error)?;
        Ok((desk, events))
    }

    pub(super) fn on_arrival(&mut self, arrival: impl Fn(Taken) + Send + 'static) {
        self.arrival = Box::new(arrival);
    }

    /// Remembers what the file does: after the start, and after what was remembered could not be written.
    pub(super) fn recall(&mut self) -> rusqlite::Result<()> {
        self.last = row::last(&self.connection)?;
        self.seen = Seen::default();
        let since = millis(Timestamp::now().saturating_sub(seen::WINDOW).unwrap_or_default());
        let mut statement = self.connection.prepare_cached("SELECT hash, at FROM seen WHERE at > ? ORDER BY id")?;
        let rows = statement.query_map([since], |row| Ok((row.get::<_, i64>(0)?, instant(row.get(1)?))))?;
        for row in rows {
            let (hash, at) = row?;
            self.seen.add(hash.cast_unsigned(), at);
        }
        Ok(())
    }

    /// Writes an event down. `None` where it came before.
    pub(super) fn put(&mut self, delivery: &Delivery, body: &[u8]) -> rusqlite::Result<Option<u64>> {
        let (hash, at) = (Seen::hash(delivery), delivery.received);
        if !self.seen.add(hash, at) {
            return Ok(None);
        }
        let id = self.number();
        row::insert_event(&self.connection, id, delivery, body)?;
        self.connection.prepare_cached("INSERT INTO seen VALUES (?, ?, ?)")?.execute(params![
            id,
            hash.cast_signed(),
            millis(at)
        ])?;
        if id % UNSWEPT == 0 {
            let keep = i64::try_from(seen::MOST).unwrap_or(i64::MAX);
            self.connection.execute("DELETE FROM seen WHERE id <= ?", [id - keep])?;
        }
        Ok(Some(id.cast_unsigned()))
    }

    /// The number of the next event.
    pub(super) fn number(&mut self) -> i64 {
        self.last += 1;
        self.last
    }

    /// Whether others have changed the file since that was taken in.
    pub(super) fn is_changed(&self) -> bool {
        self.data_version().is_ok_and(|version| version != self.version)
    }

    /// Takes in what others have put into the file. Nobody else may be writing.
    pub(super) fn absorb(&mut self) {
        self.version = self.data_version().unwrap_or(self.version);
        let arrived = row::events(&self.connection, self.last, &self.seal)
            .and_then(|arrived| Ok((arrived, row::last(&self.connection).map_err(io_error)?)));
        match arrived {
            Ok((arrived, last)) => {
                self.last = last;
                arrived.into_iter().for_each(&self.arrival);
            }
            Err(error) => tracing::error!("what others put into the file cannot be read: {error}"),
        }
    }

    fn data_version(&self) -> rusqlite::Result<i64> {
        self.connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))
    }
}

pub(super) fn io_error(error: rusqlite::Error) -> io::Error {
    io::Error::other(error)
}
