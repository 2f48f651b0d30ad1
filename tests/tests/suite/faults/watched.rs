use std::io;

use b24_runtime::storage::{BoxFuture, Delivery, End, Inbox, Letter, Put, Taken};
use tokio::sync::watch;

/// An inbox of which the messages are written down that it took, in their order.
pub(super) struct Watched<I> {
    inbox: I,
    taken: watch::Sender<Vec<u64>>,
}

impl<I> Watched<I> {
    pub(super) fn new(inbox: I) -> (Self, watch::Receiver<Vec<u64>>) {
        let (taken, told) = watch::channel(Vec::new());
        (Self { inbox, taken }, told)
    }
}

/// The number of the message that an event is about; 0 for an event that is about none.
pub(super) fn message_of(delivery: &Delivery) -> u64 {
    let is_message = delivery.event.ends_with("MESSAGEADD");
    let number = delivery.identity.split_whitespace().next_back().filter(|_| is_message);
    number.and_then(|number| number.parse().ok()).unwrap_or_default()
}

impl<I: Inbox> Inbox for Watched<I> {
    fn put(&self, delivery: Delivery) -> BoxFuture<'_, io::Result<Put>> {
        Box::pin(async move {
            let message = message_of(&delivery);
            let put = self.inbox.put(delivery).await?;
            if put == Put::Stored && message != 0 {
                self.taken.send_modify(|taken| taken.push(message));
            }
            Ok(put)
        })
    }

    fn next(&self) -> BoxFuture<'_, Option<Taken>> {
        self.inbox.next()
    }

    fn conclude(&self, taken: Taken, end: End) -> BoxFuture<'_, ()> {
        self.inbox.conclude(taken, end)
    }

    fn stop(&self) {
        self.inbox.stop();
    }

    fn is_durable(&self) -> bool {
        self.inbox.is_durable()
    }

    fn open(&self) -> usize {
        self.inbox.open()
    }

    fn settled(&self) -> BoxFuture<'_, ()> {
        self.inbox.settled()
    }

    fn flush(&self) -> BoxFuture<'_, ()> {
        self.inbox.flush()
    }

    fn letters(&self) -> BoxFuture<'_, io::Result<Vec<Letter>>> {
        self.inbox.letters()
    }

    fn replay(&self, letter: u64) -> BoxFuture<'_, io::Result<bool>> {
        self.inbox.replay(letter)
    }
}
