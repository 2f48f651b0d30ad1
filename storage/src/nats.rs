//! Keeps everything in NATS `JetStream`, for a bot of several processes: they share the work, and what one of them leaves
//! behind another takes.

mod inbox;
mod letter;
mod store;

use std::io;

use async_nats::jetstream::{
    self, Context,
    stream::{Config, DiscardPolicy, RetentionPolicy, Stream},
};

use crate::{Room, Seal, seen};

pub use inbox::NatsInbox;
pub use store::NatsStore;

/// A NATS server that keeps events and what is known of portals.
#[derive(Debug)]
pub struct Nats {
    context: Context,
    name: String,
    seal: Seal,
}

/// Events of one portal and dialog have one of so many subjects, each with a consumer that gives out one at a time.
const PARTITIONS: u64 = 32;

impl Nats {
    /// Connects to a server, `nats://user:password@host:4222`. What is kept there begins with `name`: bots of the same
    /// name share it.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn connect(url: &str, name: &str, seal: Seal) -> io::Result<Self> {
        let client = async_nats::connect(url).await.map_err(io::Error::other)?;
        let name = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        Ok(Self { context: jetstream::new(client), name, seal })
    }

    /// The events. Makes their streams where they are not there.
    ///
    /// # Errors
    /// When the server has no `JetStream`, or streams of these names that are of another kind.
    pub async fn inbox(&self, room: Room) -> io::Result<NatsInbox> {
        let events = Config {
            name: format!("{}_events", self.name),
            subjects: vec![format!("{}.events.*", self.name)],
            retention: RetentionPolicy::WorkQueue,
            // What is too much is refused, so that the portal is told.
            discard: DiscardPolicy::New,
            max_messages: i64::try_from(room.events).unwrap_or(i64::MAX),
            max_bytes: i64::try_from(room.bytes).unwrap_or(i64::MAX),
            duplicate_window: seen::WINDOW.unsigned_abs(),
            ..Config::default()
        };
        let letters = Config {
            name: format!("{}_letters", self.name),
            subjects: vec![format!("{}.letters", self.name)],
            duplicate_window: seen::WINDOW.unsigned_abs(),
            ..Config::default()
        };
        let (events, letters) = (self.stream(events).await?, self.stream(letters).await?);
        NatsInbox::start(self.context.clone(), &self.name, self.seal.clone(), events, letters).await
    }

    /// The portals. Makes their bucket where it is not there.
    ///
    /// # Errors
    /// When the server has no `JetStream`.
    pub async fn store(&self) -> io::Result<NatsStore> {
        let bucket = format!("{}_portals", self.name);
        // As the client makes buckets, but without asking first for what servers before 2.10 do not tell.
        let stream = Config {
            name: format!("KV_{bucket}"),
            subjects: vec![format!("$KV.{bucket}.>")],
            discard: DiscardPolicy::New,
            max_messages_per_subject: 1,
            allow_direct: true,
            allow_rollup: true,
            deny_delete: true,
            ..Config::default()
        };
        self.stream(stream).await?;
        let bucket = self.context.get_key_value(&bucket).await.map_err(io::Error::other)?;
        NatsStore::start(bucket, self.seal.clone()).await
    }

    async fn stream(&self, config: Config) -> io::Result<Stream> {
        self.context.get_or_create_stream(config).await.map_err(io::Error::other)
    }
}
