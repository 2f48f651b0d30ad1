use std::{io, sync::Arc};

use rusqlite::OptionalExtension;

use super::{
    desk::{Desk, io_error},
    writer::Writer,
};
use crate::{BoxFuture, Record, Store};

/// Keeps what is known of portals in a `SQLite` file. Made by [`Database::store`](super::Database::store).
#[derive(Debug)]
pub struct SqliteStore {
    writer: Arc<Writer>,
}

impl SqliteStore {
    pub(super) fn new(writer: Arc<Writer>) -> Self {
        Self { writer }
    }
}

impl Store for SqliteStore {
    fn all(&self) -> BoxFuture<'_, io::Result<Vec<Record>>> {
        Box::pin(async { self.writer.ask(|desk| Ok(all(desk))).await? })
    }

    fn find<'a>(&'a self, member_id: &'a str) -> BoxFuture<'a, io::Result<Option<Record>>> {
        let member_id = member_id.to_owned();
        Box::pin(async { self.writer.ask(|desk| Ok(find(desk, member_id))).await? })
    }

    fn save(&self, Record { member_id, value }: Record) -> BoxFuture<'_, io::Result<()>> {
        Box::pin(self.writer.ask(move |desk| {
            let value = desk.seal.close(&member_id, &value)?;
            let replace = "INSERT OR REPLACE INTO installation VALUES (?, ?)";
            desk.connection.execute(replace, (member_id, value)).map(drop).map_err(io_error)
        }))
    }

    fn remove<'a>(&'a self, member_id: &'a str) -> BoxFuture<'a, io::Result<()>> {
        let member_id = member_id.to_owned();
        Box::pin(self.writer.ask(move |desk| {
            desk.connection
                .execute("DELETE FROM installation WHERE member_id = ?", [member_id])
                .map(drop)
                .map_err(io_error)
        }))
    }
}

fn all(desk: &Desk) -> io::Result<Vec<Record>> {
    let query = "SELECT member_id, value FROM installation ORDER BY member_id";
    let mut statement = desk.connection.prepare(query).map_err(io_error)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(io_error)?;
    let record = |row: rusqlite::Result<(String, Vec<u8>)>| {
        let (member_id, written) = row.map_err(io_error)?;
        read(desk, member_id, &written)
    };
    rows.map(record).collect()
}

fn find(desk: &Desk, member_id: String) -> io::Result<Option<Record>> {
    let query = "SELECT value FROM installation WHERE member_id = ?";
    let mut statement = desk.connection.prepare_cached(query).map_err(io_error)?;
    let written = statement.query_row([&member_id], |row| row.get(0)).optional().map_err(io_error)?;
    written.map(|written: Vec<u8>| read(desk, member_id, &written)).transpose()
}

fn read(desk: &Desk, member_id: String, written: &[u8]) -> io::Result<Record> {
    let value = desk.seal.open(&member_id, written).map_err(|error| {
        io::Error::new(error.kind(), format!("the installation of the portal {member_id}: {error}"))
    })?;
    Ok(Record { member_id, value })
}
