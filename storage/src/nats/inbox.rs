use std::{fmt, io, sync::Arc, time::Duration};

use async_nats::jetstream::AckKind;
use bytes::Bytes;
use futures_util::future::try_join_all;
use tokio::{
    sync::{Mutex, mpsc, watch},
    task::JoinSet,
};

use super::{
    held::Held,
    pull::{self, Way},
    streams::{PARTITIONS, Streams},
};
use crate::{BoxFuture, Delivery, End, Inbox, Letter, Put, Taken};

/// Keeps events in NATS `JetStream`. Made by [`Nats::inbox`](super::Nats::inbox).
///
/// Each dialog belongs to one of 64 partitions, of which one event at a time is given out, to whichever process asks.
/// What a process had when it ended another gets ten seconds later.
pub struct NatsInbox {
    streams: Streams,
    arriving: Mutex<mpsc::Receiver<Taken>>,
    held: Arc<Held>,
    reached: watch::Receiver<usize>,
    stop: watch::Sender<bool>,
    /// Ends with the inbox.
    _tasks: JoinSet<()>,
}

/// Before a server that refused is told again how an event ended.
const PAUSE: Duration = Duration::from_secs(1);
/// How often it is told: for minutes, while it is away.
const TRIES: u32 = 50;
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

impl fmt::Debug for NatsInbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NatsInbox({})", self.streams.name)
    }
}

impl NatsInbox {
    pub(super) async fn start(streams: Streams, reached: watch::Receiver<usize>) -> io::Result<Self> {
        let consumers = (0..PARTITIONS).map(|partition| pull::consumer(&streams, partition));
        let consumers = try_join_all(consumers).await?;
        let held = Arc::<Held>::default();
        let (stop, stopped) = watch::channel(false);
        let (arrive, arriving) = mpsc::channel(consumers.len());
        let way =
            Way { held: Arc::clone(&held), seal: streams.seal.clone(), arrive, reached: reached.clone(), stopped };
        let mut tasks = JoinSet::new();
        for consumer in consumers {
            tasks.spawn(pull::pull(consumer, way.clone()));
        }
        let kept = Arc::clone(&held);
        tasks.spawn(async move { kept.keep().await });
        Ok(Self { streams, arriving: Mutex::new(arriving), held, reached, stop, _tasks: tasks })
    }

    async fn take(&self) -> Option<Taken> {
        let mut stop = self.stop.subscribe();
        tokio::select! {
            biased;
            _ = stop.wait_for(|stopped| *stopped) => None,
            taken = async { self.arriving.lock().await.recv().await } => taken,
        }
    }

    /// Ends an event, with a letter where it is set aside. The server is told until it has heard it: the event is this
    /// process's until then.
    async fn finish(&self, id: u64, letter: Option<Bytes>) {
        let mut reached = self.reached.clone();
        reached.mark_unchanged();
        for tries in 1.. {
            let told = tokio::select! {
                told = self.tell(id, letter.clone()) => told,
                // What was told just before the server was away it may not have heard.
                Ok(()) = reached.changed() => continue,
            };
            let Err(error) = told else { break };
            if tries == TRIES {
                tracing::error!("how an event ended could not be told: {error}; it will be handled again");
                break;
            }
            tracing::warn!("how an event ended could not be told, which is tried again: {error}");
            tokio::time::sleep(PAUSE).await;
        }
        self.held.remove(id);
    }

    async fn tell(&self, id: u64, letter: Option<Bytes>) -> io::Result<()> {
        if let Some(letter) = letter {
            self.streams.set_aside(id, letter).await?;
        }
        // The newest: it may have been given out again.
        let Some(message) = self.held.find(id) else { return Ok(()) };
        message.double_ack().await.map_err(io::Error::other)
    }

    /// Gives an event back, to be given out after a pause. It is not this process's any more before the server hears of
    /// it: it may come back at once.
    async fn give_back(&self, id: u64, pause: Option<Duration>) {
        if let Some(message) = self.held.remove(id)
            && let Err(error) = message.double_ack_with(AckKind::Nak(pause)).await
        {
            tracing::warn!("an event could not be given back, and is missed only later: {error}");
        }
    }

    /// Gives back what nobody here has begun to handle.
    async fn give_rest_back(&self) {
        let mut arriving = self.arriving.lock().await;
        while let Ok(taken) = arriving.try_recv() {
            self.give_back(taken.id, None).await;
        }
    }
}

impl Inbox for NatsInbox {
    fn put(&self, delivery: Delivery) -> BoxFuture<'_, io::Result<Put>> {
        Box::pin(self.streams.put(delivery))
    }

    fn next(&self) -> BoxFuture<'_, Option<Taken>> {
        Box::pin(self.take())
    }

    fn conclude(&self, taken: Taken, end: End) -> BoxFuture<'_, ()> {
        let Taken { id, delivery } = taken;
        match end {
            End::Done => Box::pin(self.finish(id, None)),
            End::Again(pause) => Box::pin(self.give_back(id, Some(pause))),
            End::Aside(reason) => match self.streams.letter(&delivery, reason) {
                Ok(letter) => Box::pin(self.finish(id, Some(letter))),
                Err(error) => {
                    tracing::error!("an event could not be set aside, and will be handled again: {error}");
                    Box::pin(self.give_back(id, Some(PAUSE)))
                }
            },
        }
    }

    fn stop(&self) {
        self.stop.send_replace(true);
    }

    fn is_durable(&self) -> bool {
        true
    }

    /// Those that this process has: of the rest it does not know.
    fn open(&self) -> usize {
        self.held.count()
    }

    /// Waits until no process has any.
    fn settled(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            while !matches!(self.streams.events.get_info().await, Ok(info) if info.state.messages == 0) {
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
        })
    }

    fn flush(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            if *self.stop.borrow() {
                self.give_rest_back().await;
            }
        })
    }

    fn letters(&self) -> BoxFuture<'_, io::Result<Vec<Letter>>> {
        Box::pin(self.streams.letters())
    }

    fn replay(&self, letter: u64) -> BoxFuture<'_, io::Result<bool>> {
        Box::pin(self.streams.replay(letter))
    }
}
