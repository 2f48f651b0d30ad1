//! Keeps everything in NATS `JetStream`, for a bot of several processes: they share the work, and what one of them leaves
//! behind another takes.

mod beside;
mod held;
mod inbox;
mod lease;
mod letter;
mod pull;
mod store;
mod streams;

use std::{io, time::Duration};

use async_nats::{
    ConnectError, ConnectErrorKind, ConnectOptions, Event, ServerAddr,
    jetstream::{
        self, Context,
        kv::Store as Bucket,
        stream::{Config, DiscardPolicy, RetentionPolicy, StorageType, Stream},
    },
};
use futures_util::TryStreamExt;
use serde_json::Value;
use tokio::sync::watch;

use self::streams::Streams;
use crate::{Room, Seal, seen};

pub use beside::NatsBeside;
pub use inbox::NatsInbox;
pub use store::NatsStore;

/// A NATS server that keeps events and what is known of portals.
#[derive(Debug)]
pub struct Nats {
    context: Context,
    name: String,
    seal: Seal,
    /// How often the server was reached: what was asked before the last time nobody answers.
    reached: watch::Receiver<usize>,
}

/// A server that comes back is noticed this soon.
const BETWEEN_TRIES: Duration = Duration::from_millis(250);
const EVENTS: &str = "_events";

impl Nats {
    /// Connects to a server, `nats://user:password@host:4222`. What is kept there begins with `name`: bots of the same
    /// name share it.
    ///
    /// # Errors
    /// When the server cannot be reached, lets nobody in with this password, or has no `JetStream`.
    pub async fn connect(url: &str, name: &str, seal: Seal) -> io::Result<Self> {
        let address = url.parse().ok().filter(|address: &ServerAddr| !address.host().is_empty());
        let address = address.ok_or_else(|| {
            let reason = "its address cannot be read: it looks like nats://user:password@host:4222";
            io::Error::new(io::ErrorKind::InvalidInput, reason)
        })?;
        // Without the password.
        let place = format!("{}:{}", address.host(), address.port());
        let (reach, reached) = watch::channel(0);
        let options = ConnectOptions::new()
            .reconnect_delay_callback(|tries| if tries > 1 { BETWEEN_TRIES } else { Duration::ZERO })
            .event_callback(move |event| {
                match event {
                    Event::Connected => reach.send_modify(|times| *times += 1),
                    Event::Disconnected => tracing::warn!("the NATS server is away"),
                    other => tracing::debug!("NATS: {other}"),
                }
                std::future::ready(())
            });
        let client = options.connect(address).await.map_err(|error| unreachable(&place, &error))?;
        let context = jetstream::new(client);
        // Of the account only whether it is there: servers before 2.10 tell less of it than the client wants.
        let account = context.request::<_, _, Value>("INFO", &()).await;
        if !account.is_ok_and(|account| account["error"].is_null()) {
            let reason = format!("{place} has no JetStream for us: start it with `nats-server --jetstream`");
            return Err(io::Error::new(io::ErrorKind::Unsupported, reason));
        }
        Ok(Self { context, name: String::new(), seal, reached }.named(name))
    }

    /// The same server for another name.
    pub fn named(self, name: &str) -> Self {
        let name = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
        Self { name, ..self }
    }

    /// The events. Makes their streams where they are not there.
    ///
    /// # Errors
    /// When there are streams of these names that are of another kind, or cannot be made.
    pub async fn inbox(&self, room: Room) -> io::Result<NatsInbox> {
        let events = Config {
            name: format!("{}{EVENTS}", self.name),
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
        NatsInbox::start(self.streams(events, letters), self.reached.clone()).await
    }

    /// The portals. Makes their buckets where they are not there.
    ///
    /// # Errors
    /// When they cannot be made.
    pub async fn store(&self) -> io::Result<NatsStore> {
        let portals = self.bucket("portals", Config::default()).await?;
        let passing = Config { max_age: lease::LIFE, storage: StorageType::Memory, ..Config::default() };
        NatsStore::start(portals, self.bucket("leases", passing).await?, self.seal.clone()).await
    }

    /// The events, for somebody who looks at them beside the bot. Nothing is made.
    ///
    /// # Errors
    /// When no bot of this name keeps its events there: the error tells those that do.
    pub async fn beside(&self) -> io::Result<NatsBeside> {
        let names = self.bots().await?;
        if !names.contains(&self.name) {
            let known =
                if names.is_empty() { "nobody does".to_owned() } else { format!("these do: {}", names.join(", ")) };
            let reason = format!("no bot with the code {} keeps its events there; {known}", self.name);
            return Err(io::Error::new(io::ErrorKind::NotFound, reason));
        }
        let open =
            async |kind: &str| self.context.get_stream(format!("{}{kind}", self.name)).await.map_err(io::Error::other);
        Ok(NatsBeside::new(self.streams(open(EVENTS).await?, open("_letters").await?)))
    }

    /// The names of the bots that keep their events there.
    ///
    /// # Errors
    /// When the server does not tell.
    pub async fn bots(&self) -> io::Result<Vec<String>> {
        let names: Vec<String> = self.context.stream_names().try_collect().await.map_err(io::Error::other)?;
        let mut bots: Vec<_> = names.iter().filter_map(|name| name.strip_suffix(EVENTS)).map(str::to_owned).collect();
        bots.sort();
        Ok(bots)
    }

    fn streams(&self, events: Stream, letters: Stream) -> Streams {
        Streams { context: self.context.clone(), name: self.name.clone(), seal: self.seal.clone(), events, letters }
    }

    /// As the client makes buckets, but without asking first for what servers before 2.10 do not tell.
    async fn bucket(&self, kind: &str, config: Config) -> io::Result<Bucket> {
        let bucket = format!("{}_{kind}", self.name);
        let stream = Config {
            name: format!("KV_{bucket}"),
            subjects: vec![format!("$KV.{bucket}.>")],
            discard: DiscardPolicy::New,
            max_messages_per_subject: 1,
            allow_direct: true,
            allow_rollup: true,
            deny_delete: true,
            ..config
        };
        self.stream(stream).await?;
        self.context.get_key_value(&bucket).await.map_err(io::Error::other)
    }

    async fn stream(&self, config: Config) -> io::Result<Stream> {
        let (name, retention) = (config.name.clone(), config.retention);
        let stream = self.context.get_or_create_stream(config).await.map_err(io::Error::other)?;
        if stream.cached_info().config.retention != retention {
            let reason = format!("the stream {name} is there already and is nothing that a bot made");
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, reason));
        }
        Ok(stream)
    }
}

fn unreachable(place: &str, error: &ConnectError) -> io::Error {
    match error.kind() {
        ConnectErrorKind::Authentication | ConnectErrorKind::AuthorizationViolation => {
            let reason = format!("{place} lets nobody in with this user and password");
            io::Error::new(io::ErrorKind::PermissionDenied, reason)
        }
        _ => io::Error::new(io::ErrorKind::NotConnected, format!("no server answers at {place} ({error})")),
    }
}
