use std::{fmt, io};

use super::BoxFuture;

/// Keeps what is known of portals. What is saved is found again, also after a crash.
pub trait Store: Send + Sync + 'static {
    /// Everything that is known.
    ///
    /// # Errors
    /// When it cannot be read.
    fn all(&self) -> BoxFuture<'_, io::Result<Vec<Record>>>;

    /// Adds a portal or replaces what was known of it.
    ///
    /// # Errors
    /// When it could not be kept: then the old is still there.
    fn save(&self, record: Record) -> BoxFuture<'_, io::Result<()>>;

    /// Forgets a portal.
    ///
    /// # Errors
    /// When that could not be kept.
    fn remove<'a>(&'a self, member_id: &'a str) -> BoxFuture<'a, io::Result<()>>;

    /// A portal that another process may have learned of just now. `None` where nobody else can.
    fn find<'a>(&'a self, _member_id: &'a str) -> BoxFuture<'a, io::Result<Option<Record>>> {
        Box::pin(async { Ok(None) })
    }

    /// Waits for what another process changes; it may be told of its own changes, too. `None` where nobody else can.
    fn changed(&self) -> BoxFuture<'_, Option<Change>> {
        Box::pin(async { None })
    }
}

/// What another process changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It learned of a portal, or more of it.
    Saved(Record),
    /// It forgot the portal of this identifier.
    Removed(String),
}

/// What is known of a portal.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// The portal's identifier.
    pub member_id: String,
    /// JSON, which holds tokens.
    pub value: Vec<u8>,
}

/// Without the tokens.
impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({})", self.member_id)
    }
}
