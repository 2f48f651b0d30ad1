use std::{io, time::Duration};

use super::{BoxFuture, Delivery, Letter, Taken};

/// Keeps events from the moment they are acknowledged until they are handled: in order within a dialog, side by side
/// across dialogs.
pub trait Inbox: Send + Sync + 'static {
    /// Keeps an event. Once this is done it can be acknowledged.
    ///
    /// # Errors
    /// When it could not be kept.
    fn put(&self, delivery: Delivery) -> BoxFuture<'_, io::Result<Put>>;

    /// Waits for an event that can be handled: the oldest of a dialog in which no other is being handled. `None` after
    /// [`Inbox::stop`].
    fn next(&self) -> BoxFuture<'_, Option<Taken>>;

    /// Tells how an event ended that was given out. What cannot be written down is told to the log: the event is given
    /// out again after the next start.
    fn conclude(&self, taken: Taken, end: End) -> BoxFuture<'_, ()>;

    /// Gives out nothing more. What waits is kept for the next start, where the inbox outlives the process.
    fn stop(&self);

    /// Whether what is kept is there after the process ended.
    fn is_durable(&self) -> bool;

    /// How many events are kept: those that wait and those that are being handled.
    fn open(&self) -> usize;

    /// Waits until there are none.
    fn settled(&self) -> BoxFuture<'_, ()>;

    /// Waits until everything that was told is written down.
    fn flush(&self) -> BoxFuture<'_, ()>;

    /// The events that were set aside, the oldest first.
    ///
    /// # Errors
    /// When they cannot be read.
    fn letters(&self) -> BoxFuture<'_, io::Result<Vec<Letter>>>;

    /// Takes an event that was set aside in again, behind what waits in its dialog. `false` where there is no such.
    ///
    /// # Errors
    /// When it could not be kept.
    fn replay(&self, letter: u64) -> BoxFuture<'_, io::Result<bool>>;
}

/// What became of an event that was to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It is kept.
    Stored,
    /// It came before, not long ago.
    Duplicate,
    /// Too much is kept already.
    Full,
}

/// How the handling of an event ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Well: it can be forgotten.
    Done,
    /// It is to be handled again after a pause. Its dialog waits for it.
    Again(Duration),
    /// It cannot be handled, for this reason: it is set aside.
    Aside(String),
}
