//! What survives a bot's process: the events that it took and has not handled yet, and the portals that it knows.
//!
//! An [`Inbox`] keeps events, a [`Store`] what is known of portals. Neither knows what it keeps: events are bytes with
//! the little that must be known to keep them in order.

mod delivery;
mod inbox;
mod lanes;
mod memory;
#[cfg(feature = "nats")]
mod nats;
mod seal;
mod seen;
#[cfg(feature = "sqlite")]
mod sqlite;
mod store;

use std::pin::Pin;

pub use delivery::{Delivery, Encoding, Letter, Taken};
pub use inbox::{End, Inbox, Put};
pub use lanes::Room;
pub use memory::{MemoryInbox, MemoryStore};
#[cfg(feature = "nats")]
pub use nats::{Nats, NatsBeside, NatsInbox, NatsStore};
pub use seal::{Key, NotAKey, Seal};
#[cfg(feature = "sqlite")]
pub use sqlite::{Beside, Database, SqliteInbox, SqliteStore};
pub use store::{Change, Lease, Record, Store};

/// A future of a trait's method.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
