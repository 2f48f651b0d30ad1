use std::{fmt, io};

use tokio::sync::oneshot;

use super::BoxFuture;

/// Keeps what is known of portals. What is saved is found again, also after a crash.
pub trait Store: Send + Sync + 'static {
    /// Everything that is known.
    ///
    /// # Errors
    /// When it cannot be read.
    fn all(&self) -> BoxFuture<'_, io::Result<Vec<Record>>>;

    /// What is known of a portal now, by whichever process.
    ///
    /// # Errors
    /// When it cannot be read.
    fn find<'a>(&'a self, member_id: &'a str) -> BoxFuture<'a, io::Result<Option<Record>>>;

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

    /// Waits until no other process changes what is known of a portal; none does for as long as the lease lives.
    ///
    /// # Errors
    /// When that cannot be told.
    fn lease<'a>(&'a self, _member_id: &'a str) -> BoxFuture<'a, io::Result<Lease>> {
        Box::pin(async { Ok(Lease::default()) })
    }

    /// Waits for what another process changes; it may be told of its own changes, too. `None` where nobody else can.
    fn changed(&self) -> BoxFuture<'_, Option<Change>> {
        Box::pin(async { None })
    }
}

/// The right of one process to change what is known of a portal, until it is dropped or the process ends. By default it
/// is one that nobody else could have.
#[derive(Debug, Default)]
#[must_use]
pub struct Lease {
    _end: Option<oneshot::Sender<()>>,
}

impl Lease {
    /// A lease, and what waits until it is dropped.
    pub fn new() -> (Self, BoxFuture<'static, ()>) {
        let (end, ended) = oneshot::channel::<()>();
        let wait = async {
            // Nothing is ever sent: the error is the end.
            let _ = ended.await;
        };
        (Self { _end: Some(end) }, Box::pin(wait))
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
