use std::{fmt, io};

use async_nats::jetstream::kv::{Operation, Store as Bucket, Watch};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use futures_util::StreamExt;
use tokio::sync::Mutex;

use super::lease;
use crate::{BoxFuture, Change, Lease, Record, Seal, Store};

/// Keeps what is known of portals in a bucket of NATS `JetStream`, where every process sees what another learned. Made by
/// [`Nats::store`](super::Nats::store).
pub struct NatsStore {
    bucket: Bucket,
    leases: Bucket,
    seal: Seal,
    changes: Mutex<Watch>,
}

impl fmt::Debug for NatsStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NatsStore({})", self.bucket.name)
    }
}

impl NatsStore {
    pub(super) async fn start(bucket: Bucket, leases: Bucket, seal: Seal) -> io::Result<Self> {
        let changes = Mutex::new(bucket.watch_all().await.map_err(io::Error::other)?);
        Ok(Self { bucket, leases, seal, changes })
    }

    async fn read_all(&self) -> io::Result<Vec<Record>> {
        let mut keys = self.bucket.keys().await.map_err(io::Error::other)?;
        let mut all = Vec::new();
        while let Some(key) = keys.next().await {
            let key = key.map_err(io::Error::other)?;
            if let Some(written) = self.bucket.get(&key).await.map_err(io::Error::other)? {
                all.push(self.read(&key, &written)?);
            }
        }
        Ok(all)
    }

    fn read(&self, key: &str, written: &[u8]) -> io::Result<Record> {
        let member_id = member_id_of(key)?;
        let value = self.seal.open(&member_id, written).map_err(|error| {
            io::Error::new(error.kind(), format!("the installation of the portal {member_id}: {error}"))
        })?;
        Ok(Record { member_id, value })
    }
}

/// Longer texts are no identifiers: strangers send them, and the server hangs up on too long a key.
const LONGEST: usize = 250;

/// Any text is a key so.
fn key_of(member_id: &str) -> io::Result<String> {
    if member_id.is_empty() || member_id.len() > LONGEST {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is no identifier of a portal"));
    }
    Ok(URL_SAFE_NO_PAD.encode(member_id))
}

fn member_id_of(key: &str) -> io::Result<String> {
    let text = URL_SAFE_NO_PAD.decode(key).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a key of the bucket is no portal"))
}

impl Store for NatsStore {
    fn all(&self) -> BoxFuture<'_, io::Result<Vec<Record>>> {
        Box::pin(self.read_all())
    }

    fn save(&self, Record { member_id, value }: Record) -> BoxFuture<'_, io::Result<()>> {
        Box::pin(async move {
            let written = self.seal.close(&member_id, &value)?;
            self.bucket.put(key_of(&member_id)?, written.into()).await.map(drop).map_err(io::Error::other)
        })
    }

    fn remove<'a>(&'a self, member_id: &'a str) -> BoxFuture<'a, io::Result<()>> {
        Box::pin(async { self.bucket.purge(key_of(member_id)?).await.map_err(io::Error::other) })
    }

    fn find<'a>(&'a self, member_id: &'a str) -> BoxFuture<'a, io::Result<Option<Record>>> {
        Box::pin(async {
            let Ok(key) = key_of(member_id) else { return Ok(None) };
            let written = self.bucket.get(&key).await.map_err(io::Error::other)?;
            written.map(|written| self.read(&key, &written)).transpose()
        })
    }

    fn lease<'a>(&'a self, member_id: &'a str) -> BoxFuture<'a, io::Result<Lease>> {
        Box::pin(async { lease::take(&self.leases, key_of(member_id)?).await })
    }

    fn changed(&self) -> BoxFuture<'_, Option<Change>> {
        Box::pin(async {
            loop {
                let entry = self.changes.lock().await.next().await?;
                let change = entry.map_err(io::Error::other).and_then(|entry| match entry.operation {
                    Operation::Put => self.read(&entry.key, &entry.value).map(Change::Saved),
                    Operation::Delete | Operation::Purge => member_id_of(&entry.key).map(Change::Removed),
                });
                match change {
                    Ok(change) => return Some(change),
                    Err(error) => tracing::error!("a change of what is known of portals cannot be read: {error}"),
                }
            }
        })
    }
}
