use std::{
    collections::HashMap,
    io,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_nats::jetstream::{AckKind, Message};

use super::letter;
use crate::{Seal, Taken};

/// The events that this process has: the server is told of them, so that it gives them to nobody else.
#[derive(Default)]
pub(super) struct Held(Mutex<HashMap<u64, Message>>);

/// What is not heard of for so long is given to another process.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

impl Held {
    /// Takes an event. `None` where it is here already: the server was away and has given it out again.
    pub(super) fn take(&self, message: Message, seal: &Seal) -> io::Result<Option<Taken>> {
        let info = message.info().map_err(io::Error::other)?;
        let (id, attempts) = (info.stream_sequence, u32::try_from(info.delivered - 1).unwrap_or_default());
        let (mut delivery, _) = letter::read(&message.payload, seal)?;
        delivery.attempts = attempts;
        let is_here = self.messages().insert(id, message).is_some();
        Ok((!is_here).then_some(Taken { id, delivery }))
    }

    pub(super) fn find(&self, id: u64) -> Option<Message> {
        self.messages().get(&id).cloned()
    }

    pub(super) fn remove(&self, id: u64) -> Option<Message> {
        self.messages().remove(&id)
    }

    pub(super) fn count(&self) -> usize {
        self.messages().len()
    }

    /// Tells the server again and again that they are being handled.
    pub(super) async fn keep(&self) {
        let mut ticks = tokio::time::interval(PATIENCE / 4);
        loop {
            ticks.tick().await;
            let messages: Vec<Message> = self.messages().values().cloned().collect();
            for message in messages {
                if let Err(error) = message.ack_with(AckKind::Progress).await {
                    tracing::warn!("the server could not be told that an event is being handled: {error}");
                }
            }
        }
    }

    fn messages(&self) -> MutexGuard<'_, HashMap<u64, Message>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
