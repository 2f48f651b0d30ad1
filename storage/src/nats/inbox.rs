use std::{
    collections::HashMap,
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_nats::{
    HeaderMap,
    header::NATS_MESSAGE_ID,
    jetstream::{
        AckKind, Context, Message,
        consumer::{PullConsumer, pull::Config},
        stream::Stream,
    },
};
use bytes::Bytes;
use futures_util::StreamExt;
use jiff::Timestamp;
use tokio::{
    sync::{Mutex as Turn, mpsc, watch},
    task::JoinHandle,
};

use super::{
    PARTITIONS,
    letter::{self, Aside},
};
use crate::{BoxFuture, Delivery, End, Inbox, Letter, Put, Seal, Taken, seen::Seen};

/// Keeps events in NATS `JetStream`. Made by [`Nats::inbox`](super::Nats::inbox).
///
/// Each dialog belongs to a partition, of which one event at a time is given out to whichever process asks: so the order
/// in a dialog holds across processes.
pub struct NatsInbox {
    context: Context,
    name: String,
    seal: Seal,
    events: Stream,
    letters: Stream,
    arriving: Turn<mpsc::Receiver<Message>>,
    held: Mutex<HashMap<u64, Held>>,
    stop: watch::Sender<bool>,
}

/// An event that this process handles.
struct Held {
    message: Message,
    /// Tells the server meanwhile that it is being handled.
    alive: JoinHandle<()>,
}

/// What is not heard of for so long is given to another process.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait for an event before asking again.
const QUESTION: Duration = Duration::from_secs(5);
/// Before a server that did not answer is asked again.
const PAUSE: Duration = Duration::from_secs(1);
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

impl fmt::Debug for NatsInbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NatsInbox({})", self.name)
    }
}

impl NatsInbox {
    pub(super) async fn start(
        context: Context,
        name: &str,
        seal: Seal,
        events: Stream,
        letters: Stream,
    ) -> io::Result<Self> {
        let (arrive, arriving) = mpsc::channel(1);
        let (stop, stopped) = watch::channel(false);
        for partition in 0..PARTITIONS {
            let config = Config {
                durable_name: Some(format!("partition_{partition}")),
                filter_subject: subject(name, partition),
                ack_wait: PATIENCE,
                max_ack_pending: 1,
                ..Config::default()
            };
            let consumer = events.get_or_create_consumer(&format!("partition_{partition}"), config).await;
            let consumer = consumer.map_err(io::Error::other)?;
            tokio::spawn(pull(consumer, arrive.clone(), stopped.clone()));
        }
        let (arriving, held) = (Turn::new(arriving), Mutex::default());
        Ok(Self { context, name: name.to_owned(), seal, events, letters, arriving, held, stop })
    }

    async fn publish(&self, subject: String, id: Option<String>, payload: Bytes) -> io::Result<Put> {
        let mut headers = HeaderMap::new();
        if let Some(id) = id {
            headers.insert(NATS_MESSAGE_ID, id);
        }
        let sent = self.context.publish_with_headers(subject, headers, payload).await.map_err(io::Error::other)?;
        match sent.await {
            Ok(kept) if kept.duplicate => Ok(Put::Duplicate),
            Ok(_) => Ok(Put::Stored),
            // The client has no kind for it.
            Err(error) if error.to_string().contains("maximum") => Ok(Put::Full),
            Err(error) => Err(io::Error::other(error)),
        }
    }

    async fn keep(&self, delivery: Delivery) -> io::Result<Put> {
        let id = format!("{:016x}", Seen::hash(&delivery));
        let payload = letter::write(&delivery, &self.seal, None)?;
        self.publish(subject(&self.name, partition(&delivery)), Some(id), payload).await
    }

    /// The next event that can be read. What cannot stays where it is, for whoever has the key.
    async fn take(&self) -> Option<Taken> {
        let mut stop = self.stop.subscribe();
        loop {
            let message = tokio::select! {
                biased;
                _ = stop.wait_for(|stopped| *stopped) => None,
                message = async { self.arriving.lock().await.recv().await } => message,
            }?;
            match self.hold(message) {
                Ok(taken) => return Some(taken),
                Err(error) => tracing::error!("an event was left in the stream: {error}"),
            }
        }
    }

    fn hold(&self, message: Message) -> io::Result<Taken> {
        let info = message.info().map_err(io::Error::other)?;
        let (id, delivered) = (info.stream_sequence, info.delivered);
        let attempts = u32::try_from(delivered - 1).unwrap_or_default();
        let (delivery, _) = letter::read(&message.payload, attempts, &self.seal)?;
        let alive = tokio::spawn(keep_alive(message.clone()));
        self.held().insert(id, Held { message, alive });
        Ok(Taken { id, delivery })
    }

    async fn end(&self, taken: Taken, end: End) -> io::Result<()> {
        let Some(Held { message, alive }) = self.held().remove(&taken.id) else { return Ok(()) };
        alive.abort();
        match end {
            End::Done => message.double_ack().await.map_err(io::Error::other),
            End::Again(pause) => message.ack_with(AckKind::Nak(Some(pause))).await.map_err(io::Error::other),
            End::Aside(reason) => {
                let aside = Aside { reason, since: Timestamp::now() };
                let payload = letter::write(&taken.delivery, &self.seal, Some(&aside))?;
                self.publish(format!("{}.letters", self.name), Some(taken.id.to_string()), payload).await?;
                message.double_ack().await.map_err(io::Error::other)
            }
        }
    }

    async fn all_letters(&self) -> io::Result<Vec<Letter>> {
        let state = self.letters.get_info().await.map_err(io::Error::other)?.state;
        let mut letters = Vec::new();
        for id in state.first_sequence..=state.last_sequence {
            // What was replayed is gone.
            let Ok(message) = self.letters.get_raw_message(id).await else { continue };
            let (delivery, Aside { reason, since }) = letter::read(&message.payload, 0, &self.seal)?;
            letters.push(Letter { id, reason, since, delivery });
        }
        Ok(letters)
    }

    async fn take_in_again(&self, letter: u64) -> io::Result<bool> {
        let Ok(message) = self.letters.get_raw_message(letter).await else { return Ok(false) };
        let (delivery, _) = letter::read(&message.payload, 0, &self.seal)?;
        let payload = letter::write(&delivery, &self.seal, None)?;
        match self.publish(subject(&self.name, partition(&delivery)), None, payload).await? {
            Put::Full => Err(io::Error::new(io::ErrorKind::StorageFull, "too much waits already")),
            Put::Stored | Put::Duplicate => self.letters.delete_message(letter).await.map_err(io::Error::other),
        }
    }

    fn held(&self) -> MutexGuard<'_, HashMap<u64, Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for NatsInbox {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        self.held().values().for_each(|held| held.alive.abort());
    }
}

fn subject(name: &str, partition: u64) -> String {
    format!("{name}.events.{partition}")
}

fn partition(delivery: &Delivery) -> u64 {
    let mut hasher = DefaultHasher::new();
    delivery.lane().hash(&mut hasher);
    hasher.finish() % PARTITIONS
}

/// Asks for the events of a partition, one after the other.
async fn pull(consumer: PullConsumer, arrive: mpsc::Sender<Message>, mut stopped: watch::Receiver<bool>) {
    let ask = async {
        loop {
            let mut answer = match consumer.fetch().max_messages(1).expires(QUESTION).messages().await {
                Ok(answer) => answer,
                Err(error) => {
                    tracing::warn!("the events of a partition could not be asked for: {error}");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            while let Some(Ok(message)) = answer.next().await {
                if arrive.send(message).await.is_err() {
                    return;
                }
            }
        }
    };
    tokio::select! {
        () = ask => {}
        // An error says that the inbox is gone.
        _ = stopped.wait_for(|stopped| *stopped) => {}
    }
}

async fn keep_alive(message: Message) {
    loop {
        tokio::time::sleep(PATIENCE / 3).await;
        if let Err(error) = message.ack_with(AckKind::Progress).await {
            tracing::warn!("the server could not be told that an event is being handled: {error}");
        }
    }
}

impl Inbox for NatsInbox {
    fn put(&self, delivery: Delivery) -> BoxFuture<'_, io::Result<Put>> {
        Box::pin(self.keep(delivery))
    }

    fn next(&self) -> BoxFuture<'_, Option<Taken>> {
        Box::pin(self.take())
    }

    fn conclude(&self, taken: Taken, end: End) -> BoxFuture<'_, ()> {
        Box::pin(async {
            if let Err(error) = self.end(taken, end).await {
                tracing::error!("how an event ended could not be told: {error}; it will be handled again");
            }
        })
    }

    fn stop(&self) {
        self.stop.send_replace(true);
    }

    fn is_durable(&self) -> bool {
        true
    }

    /// Those that this process handles: of the rest it does not know.
    fn open(&self) -> usize {
        self.held().len()
    }

    fn settled(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            while !matches!(self.events.get_info().await, Ok(info) if info.state.messages == 0) {
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
        })
    }

    fn flush(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }

    fn letters(&self) -> BoxFuture<'_, io::Result<Vec<Letter>>> {
        Box::pin(self.all_letters())
    }

    fn replay(&self, letter: u64) -> BoxFuture<'_, io::Result<bool>> {
        Box::pin(self.take_in_again(letter))
    }
}
