use std::{
    io,
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

use super::desk::{Desk, io_error};

/// The way to the writing thread. It ends when this is dropped, with everything written that was asked for.
#[derive(Debug)]
pub(super) struct Writer {
    orders: Sender<Box<dyn Order>>,
}

/// Something to be written or read, in a transaction that it shares with others. One that fails fails all of them: what
/// reads keeps its error to itself.
trait Order: Send {
    /// Whether somebody waits for it.
    fn is_urgent(&self) -> bool;
    fn execute(&mut self, desk: &mut Desk) -> io::Result<()>;
    /// Told once the transaction is safe, or why it is not.
    fn conclude(self: Box<Self>, committed: Result<(), &io::Error>);
}

/// What nobody waits for waits this long for somebody else: what was done is written together with what comes next.
const PATIENCE: Duration = Duration::from_millis(3);
/// How often to look whether another process has changed the file.
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);
/// More than this in one transaction makes the first wait for too long.
const MOST: usize = 1024;

impl Writer {
    pub(super) fn start(desk: Desk) -> io::Result<Self> {
        let (orders, taken) = mpsc::channel();
        thread::Builder::new().name("b24-storage".to_owned()).spawn(move || run(desk, &taken))?;
        Ok(Self { orders })
    }

    /// Asks for something and waits until it is safe.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Desk) -> io::Result<T> + Send + 'static,
    ) -> io::Result<T> {
        let (told, outcome) = oneshot::channel();
        self.order(true, work, move |result| {
            // Whoever asked may have gone.
            let _ = told.send(result);
        });
        outcome.await.unwrap_or_else(|_| Err(gone()))
    }

    /// Asks for something and goes on; `then` is told in the writing thread, in the order of asking.
    pub(super) fn order<T: Send + 'static>(
        &self,
        is_urgent: bool,
        work: impl FnOnce(&mut Desk) -> io::Result<T> + Send + 'static,
        then: impl FnOnce(io::Result<T>) + Send + 'static,
    ) {
        let task = Task { is_urgent, work: Some(work), result: None, then };
        if let Err(mpsc::SendError(order)) = self.orders.send(Box::new(task)) {
            order.conclude(Err(&gone()));
        }
    }
}

fn gone() -> io::Error {
    io::Error::other("the storage has ended")
}

struct Task<W, T, F> {
    is_urgent: bool,
    work: Option<W>,
    result: Option<T>,
    then: F,
}

impl<W, T, F> Order for Task<W, T, F>
where
    W: FnOnce(&mut Desk) -> io::Result<T> + Send,
    T: Send,
    F: FnOnce(io::Result<T>) + Send,
{
    fn is_urgent(&self) -> bool {
        self.is_urgent
    }

    fn execute(&mut self, desk: &mut Desk) -> io::Result<()> {
        if let Some(work) = self.work.take() {
            self.result = Some(work(desk)?);
        }
        Ok(())
    }

    fn conclude(self: Box<Self>, committed: Result<(), &io::Error>) {
        (self.then)(match (committed, self.result) {
            (Ok(()), Some(result)) => Ok(result),
            (Ok(()), None) => Err(gone()),
            (Err(error), _) => Err(io::Error::new(error.kind(), error.to_string())),
        });
    }
}

fn run(mut desk: Desk, orders: &Receiver<Box<dyn Order>>) {
    loop {
        let batch = match orders.recv_timeout(BETWEEN_LOOKS) {
            Ok(first) => gather(first, orders),
            Err(RecvTimeoutError::Timeout) if desk.is_changed() => Vec::new(),
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        write(&mut desk, batch);
    }
}

/// Everything that waits, and something that is waited for where it comes in time.
fn gather(first: Box<dyn Order>, orders: &Receiver<Box<dyn Order>>) -> Vec<Box<dyn Order>> {
    let (mut is_urgent, mut batch) = (first.is_urgent(), vec![first]);
    let until = Instant::now() + PATIENCE;
    while batch.len() < MOST {
        let next = match orders.try_recv() {
            Err(mpsc::TryRecvError::Empty) if !is_urgent => {
                orders.recv_timeout(until.saturating_duration_since(Instant::now())).ok()
            }
            next => next.ok(),
        };
        let Some(next) = next else { break };
        is_urgent |= next.is_urgent();
        batch.push(next);
    }
    batch
}

fn write(desk: &mut Desk, mut batch: Vec<Box<dyn Order>>) {
    let written = transact(desk, &mut batch);
    if let Err(error) = &written {
        tracing::error!("{} changes could not be written: {error}", batch.len());
        // An error says that there is nothing to be undone.
        let _ = desk.connection.execute_batch("ROLLBACK");
        if let Err(error) = desk.recall() {
            tracing::error!("nor could the file be read: {error}");
        }
    }
    for order in batch {
        order.conclude(written.as_ref().copied());
    }
}

fn transact(desk: &mut Desk, batch: &mut [Box<dyn Order>]) -> io::Result<()> {
    let run = |desk: &Desk, sql: &str| {
        desk.connection.prepare_cached(sql).and_then(|mut statement| statement.execute([])).map_err(io_error)
    };
    run(desk, "BEGIN IMMEDIATE")?;
    if desk.is_changed() {
        desk.absorb();
    }
    for order in batch {
        order.execute(desk)?;
    }
    run(desk, "COMMIT")?;
    Ok(())
}
