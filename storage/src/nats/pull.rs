//! Asks the server for events.

use std::{io, sync::Arc, time::Duration};

use async_nats::jetstream::{
    Message,
    consumer::{PullConsumer, pull::Config},
};
use futures_util::StreamExt;
use tokio::sync::{mpsc, watch};

use super::{
    held::{Held, PATIENCE},
    streams::Streams,
};
use crate::{Seal, Taken};

/// What a partition's events go through on their way to whoever handles them.
#[derive(Clone)]
pub(super) struct Way {
    pub(super) held: Arc<Held>,
    pub(super) seal: Seal,
    pub(super) arrive: mpsc::Sender<Taken>,
    pub(super) reached: watch::Receiver<usize>,
    pub(super) stopped: watch::Receiver<bool>,
}

/// How long to wait for an event before asking again. A server that was killed may need the question to go on.
const QUESTION: Duration = Duration::from_secs(5);
/// Before a server that refused is asked again.
const PAUSE: Duration = Duration::from_secs(1);

/// The consumer of a partition. It gives out one event at a time to whichever process asks, so the order in a dialog
/// holds across processes; one that is to be handled again keeps its place.
pub(super) async fn consumer(streams: &Streams, partition: u64) -> io::Result<PullConsumer> {
    let name = format!("partition_{partition}");
    let config = Config {
        durable_name: Some(name.clone()),
        filter_subject: streams.subject(partition),
        ack_wait: PATIENCE,
        max_ack_pending: 1,
        ..Config::default()
    };
    streams.events.get_or_create_consumer(&name, config).await.map_err(io::Error::other)
}

/// Asks for the events of a partition, one after the other, until the inbox stops. What cannot be read stays where it
/// is, for whoever has the key.
pub(super) async fn pull(consumer: PullConsumer, Way { held, seal, arrive, mut reached, mut stopped }: Way) {
    loop {
        let answer = tokio::select! {
            answer = ask(&consumer) => answer,
            // Whatever was asked before the server was away nobody answers.
            Ok(()) = reached.changed() => continue,
            // An error says that the inbox is gone.
            _ = stopped.wait_for(|stopped| *stopped) => return,
        };
        match answer.and_then(|message| message.map(|message| held.take(message, &seal)).transpose()) {
            Ok(Some(Some(taken))) => {
                if arrive.send(taken).await.is_err() {
                    return;
                }
            }
            Ok(Some(None) | None) => {}
            Err(error) => {
                tracing::warn!("an event could not be taken from the stream: {error}");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn ask(consumer: &PullConsumer) -> io::Result<Option<Message>> {
    // Not `fetch`: that is answered at once where fewer events wait than are asked for.
    let answer = consumer.batch().max_messages(1).expires(QUESTION).messages().await;
    answer.map_err(io::Error::other)?.next().await.transpose().map_err(io::Error::other)
}
