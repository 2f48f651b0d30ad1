//! Leases as keys that only one process can make, and that the server forgets unless they are renewed: so one outlives
//! its process by seconds, whatever the clocks of the machines say.

use std::{io, time::Duration};

use async_nats::jetstream::kv::{CreateErrorKind, Store as Bucket};
use bytes::Bytes;

use crate::{BoxFuture, Lease};

/// For how long a lease outlives a process that could not give it back.
pub(super) const LIFE: Duration = Duration::from_secs(10);
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

/// Waits until nobody else has the lease.
pub(super) async fn take(bucket: &Bucket, key: String) -> io::Result<Lease> {
    loop {
        match bucket.create(&key, Bytes::new()).await {
            Ok(revision) => {
                let (lease, ended) = Lease::new();
                tokio::spawn(keep(bucket.clone(), key, revision, ended));
                return Ok(lease);
            }
            Err(error) if error.kind() == CreateErrorKind::AlreadyExists => tokio::time::sleep(BETWEEN_TRIES).await,
            Err(error) => return Err(io::Error::other(error)),
        }
    }
}

async fn keep(bucket: Bucket, key: String, mut revision: u64, mut ended: BoxFuture<'static, ()>) {
    while tokio::time::timeout(LIFE / 3, &mut ended).await.is_err() {
        match bucket.update(&key, Bytes::new(), revision).await {
            Ok(next) => revision = next,
            Err(error) => tracing::warn!("a lease could not be renewed: {error}"),
        }
    }
    // One that could not be given back, or is another's by now, ends by itself.
    let _ = bucket.delete_expect_revision(&key, Some(revision)).await;
}
