//! Events as rows.

use std::io;

use bytes::Bytes;
use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::{body, desk::io_error};
use crate::{Delivery, Encoding, Letter, Seal, Taken};

/// The columns that events and letters share, in this order.
const COLUMNS: &str = "portal, dialog, name, identity, received, attempts, encoding, body";

/// An event with its body as it is written.
struct Written(Delivery);

impl Written {
    fn from_row(row: &Row<'_>, first: usize) -> rusqlite::Result<Self> {
        let encoding: i64 = row.get(first + 6)?;
        Ok(Self(Delivery {
            portal: row.get(first)?,
            dialog: row.get(first + 1)?,
            event: row.get(first + 2)?,
            identity: row.get(first + 3)?,
            received: instant(row.get(first + 4)?),
            attempts: row.get(first + 5)?,
            encoding: if encoding == 0 { Encoding::Form } else { Encoding::Json },
            body: Bytes::from(row.get::<_, Vec<u8>>(first + 7)?),
            read: None,
        }))
    }

    fn open(mut self, seal: &Seal) -> io::Result<Delivery> {
        self.0.body = body::read(&self.0.portal, &self.0.body, seal)?.into();
        Ok(self.0)
    }
}

pub(super) fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

pub(super) fn instant(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or_default()
}

pub(super) fn insert_event(connection: &Connection, id: i64, delivery: &Delivery, body: &[u8]) -> rusqlite::Result<()> {
    let Delivery { portal, dialog, event, identity, received, attempts, encoding, .. } = delivery;
    let encoding = match encoding {
        Encoding::Form => 0,
        Encoding::Json => 1,
    };
    connection.prepare_cached("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?.execute(params![
        id,
        portal,
        dialog,
        event,
        identity,
        millis(*received),
        attempts,
        encoding,
        body
    ])?;
    Ok(())
}

/// Sets an event aside. The body stays as it is written.
pub(super) fn set_aside(connection: &Connection, id: i64, reason: &str, since: Timestamp) -> rusqlite::Result<()> {
    let aside = format!("INSERT INTO letter (reason, since, {COLUMNS}) SELECT ?, ?, {COLUMNS} FROM event WHERE id = ?");
    connection.prepare_cached(&aside)?.execute(params![reason, millis(since), id])?;
    delete(connection, id)
}

/// Takes a letter in again as the event of this number. `false` where there is no such.
pub(super) fn replay(connection: &Connection, letter: i64, id: i64) -> rusqlite::Result<bool> {
    let columns = COLUMNS.replace("attempts", "0");
    let event = format!("INSERT INTO event (id, {COLUMNS}) SELECT ?, {columns} FROM letter WHERE id = ?");
    let is_found = connection.execute(&event, params![id, letter])? > 0;
    connection.execute("DELETE FROM letter WHERE id = ?", [letter])?;
    // Whoever takes the next number, in this process or in another, sees that this one is taken.
    connection.execute("INSERT INTO seen VALUES (?, 0, 0)", [id])?;
    Ok(is_found)
}

pub(super) fn delete(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM event WHERE id = ?")?.execute([id])?;
    Ok(())
}

/// The events after this number, in the order in which they came.
pub(super) fn events(connection: &Connection, after: i64, seal: &Seal) -> io::Result<Vec<Taken>> {
    let query = format!("SELECT id, {COLUMNS} FROM event WHERE id > ? ORDER BY id");
    let mut statement = connection.prepare_cached(&query).map_err(io_error)?;
    let rows = statement.query_map([after], |row| Ok((row.get::<_, i64>(0)?, Written::from_row(row, 1)?)));
    let mut events = Vec::new();
    for row in rows.map_err(io_error)? {
        let (id, written) = row.map_err(io_error)?;
        events.push(Taken { id: id.cast_unsigned(), delivery: written.open(seal)? });
    }
    Ok(events)
}

/// What was set aside, the oldest first.
pub(super) fn letters(connection: &Connection, seal: &Seal) -> io::Result<Vec<Letter>> {
    let query = format!("SELECT id, reason, since, {COLUMNS} FROM letter ORDER BY id");
    let mut statement = connection.prepare_cached(&query).map_err(io_error)?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, i64>(0)?, row.get(1)?, instant(row.get(2)?), Written::from_row(row, 3)?))
    });
    let mut letters = Vec::new();
    for row in rows.map_err(io_error)? {
        let (id, reason, since, written) = row.map_err(io_error)?;
        letters.push(Letter { id: id.cast_unsigned(), reason, since, delivery: written.open(seal)? });
    }
    Ok(letters)
}

/// The highest number that an event has had.
pub(super) fn last(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row(
        "SELECT max(coalesce((SELECT max(id) FROM event), 0), coalesce((SELECT max(id) FROM seen), 0))",
        [],
        |row| row.get(0),
    )
}
