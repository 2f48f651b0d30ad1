use std::io;

use super::streams::Streams;
use crate::{Letter, Taken};

/// The events of a bot, beside the processes that handle them: for people who look at what waits and what was set aside.
/// Made by [`Nats::beside`](super::Nats::beside).
#[derive(Debug)]
pub struct NatsBeside(Streams);

impl NatsBeside {
    pub(super) fn new(streams: Streams) -> Self {
        Self(streams)
    }

    /// The events that wait or are being handled, the oldest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn waiting(&self) -> io::Result<Vec<Taken>> {
        self.0.waiting().await
    }

    /// The events that were set aside, the oldest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn letters(&self) -> io::Result<Vec<Letter>> {
        self.0.letters().await
    }

    /// Takes an event that was set aside in again. `false` where there is no such.
    ///
    /// # Errors
    /// When it could not be kept.
    pub async fn replay(&self, letter: u64) -> io::Result<bool> {
        self.0.replay(letter).await
    }
}
