use std::{
    collections::HashSet,
    io,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::{
    body,
    desk::{Desk, io_error},
    row,
    writer::Writer,
};
use crate::{BoxFuture, Delivery, End, Inbox, Letter, Put, Seal, Taken, lanes::Lanes};

/// Keeps events in a `SQLite` file: what was acknowledged is there after a crash. Made by
/// [`Database::inbox`](super::Database::inbox).
#[derive(Debug)]
pub struct SqliteInbox {
    writer: Arc<Writer>,
    lanes: Arc<Lanes>,
    seal: Seal,
    /// What a process before this one may have begun: one of them may be what ended it.
    recovered: Mutex<HashSet<u64>>,
}

impl SqliteInbox {
    pub(super) fn new(
        writer: Arc<Writer>,
        lanes: Arc<Lanes>,
        seal: Seal,
        recovered: impl Iterator<Item = u64>,
    ) -> Self {
        Self { writer, lanes, seal, recovered: Mutex::new(recovered.collect()) }
    }

    async fn keep(&self, delivery: Delivery) -> io::Result<Put> {
        let (size, body) = (delivery.size(), body::write(&delivery, &self.seal)?);
        if !self.lanes.reserve(&delivery) {
            return Ok(Put::Full);
        }
        let (told, outcome) = oneshot::channel();
        let work = move |desk: &mut Desk| {
            let id = desk.put(&delivery, &body).map_err(io_error)?;
            Ok(id.map(|id| Taken { id, delivery }))
        };
        let lanes = Arc::clone(&self.lanes);
        self.writer.order(true, work, move |result| {
            let put = result.map(|kept| kept.map(|taken| lanes.push(taken)));
            if !matches!(put, Ok(Some(()))) {
                lanes.release(size);
            }
            // Whoever asked may have gone: the event is kept all the same.
            let _ = told.send(put.map(|kept| kept.map_or(Put::Duplicate, |()| Put::Stored)));
        });
        outcome.await.unwrap_or_else(|_| Err(io::Error::other("the storage has ended")))
    }

    /// Writes down how an event ended. Nobody waits for it.
    fn note(&self, work: impl FnOnce(&mut Desk) -> rusqlite::Result<()> + Send + 'static) {
        // What cannot be written was told to the log.
        self.writer.order(false, |desk| work(desk).map_err(io_error), drop);
    }

    async fn begin(&self, mut taken: Taken) -> Taken {
        let is_recovered = self.recovered.lock().unwrap_or_else(PoisonError::into_inner).remove(&taken.id);
        if is_recovered {
            let (id, attempts) = (taken.id.cast_signed(), taken.delivery.attempts + 1);
            // Where this cannot be written it is handled all the same.
            let _ = self.writer.ask(move |desk| set_attempts(desk, id, attempts).map_err(io_error)).await;
            taken.delivery.attempts = attempts;
        }
        taken
    }
}

fn set_attempts(desk: &Desk, id: i64, attempts: u32) -> rusqlite::Result<()> {
    let mut statement = desk.connection.prepare_cached("UPDATE event SET attempts = ? WHERE id = ?")?;
    statement.execute((attempts, id)).map(drop)
}

impl Inbox for SqliteInbox {
    fn put(&self, delivery: Delivery) -> BoxFuture<'_, io::Result<Put>> {
        Box::pin(self.keep(delivery))
    }

    fn next(&self) -> BoxFuture<'_, Option<Taken>> {
        Box::pin(async {
            let taken = self.lanes.next().await?;
            Some(self.begin(taken).await)
        })
    }

    fn conclude(&self, taken: Taken, end: End) -> BoxFuture<'_, ()> {
        let id = taken.id.cast_signed();
        match end {
            End::Done => {
                self.note(move |desk| row::delete(&desk.connection, id));
                self.lanes.finish(&taken.delivery);
            }
            End::Again(pause) => self.again(taken, pause),
            End::Aside(reason) => {
                self.note(move |desk| row::set_aside(&desk.connection, id, &reason, Timestamp::now()));
                self.lanes.finish(&taken.delivery);
            }
        }
        Box::pin(async {})
    }

    fn stop(&self) {
        self.lanes.stop();
    }

    fn is_durable(&self) -> bool {
        true
    }

    fn open(&self) -> usize {
        self.lanes.open()
    }

    fn settled(&self) -> BoxFuture<'_, ()> {
        Box::pin(self.lanes.settled())
    }

    fn flush(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            // What cannot be written was told to the log.
            let _ = self.writer.ask(|_| Ok(())).await;
        })
    }

    fn letters(&self) -> BoxFuture<'_, io::Result<Vec<Letter>>> {
        Box::pin(async { self.writer.ask(|desk| Ok(row::letters(&desk.connection, &desk.seal))).await? })
    }

    fn replay(&self, letter: u64) -> BoxFuture<'_, io::Result<bool>> {
        let lanes = Arc::clone(&self.lanes);
        Box::pin(async move {
            let work = move |desk: &mut Desk| {
                let id = desk.number();
                let is_found = row::replay(&desk.connection, letter.cast_signed(), id).map_err(io_error)?;
                let found = if is_found { row::events(&desk.connection, id - 1, &desk.seal)? } else { Vec::new() };
                Ok(found)
            };
            let found = self.writer.ask(work).await?;
            let is_found = !found.is_empty();
            for taken in found {
                lanes.restore(taken);
            }
            Ok(is_found)
        })
    }
}

impl SqliteInbox {
    fn again(&self, mut taken: Taken, pause: Duration) {
        taken.delivery.attempts += 1;
        let (id, attempts) = (taken.id.cast_signed(), taken.delivery.attempts);
        self.note(move |desk| set_attempts(desk, id, attempts));
        self.lanes.again(taken, pause);
    }
}
