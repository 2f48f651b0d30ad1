//! How much a portal takes from one caller.

pub(crate) mod bucket;
pub(crate) mod operating;

use std::time::Duration;

pub use self::bucket::RateLimit;

/// How much a portal takes before it refuses or slows down.
///
/// A portal starts with [`Limits::default`]: the rules that a client of good manners never notices.
///
/// ```
/// use b24_portal::{Limits, RateLimit};
///
/// let strict = Limits { rate: Some(RateLimit::new(5, 1.0)), ..Limits::standard() };
/// assert_eq!(strict.batch, Some(50));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// How fast calls may come from one address; beyond it they are refused with `QUERY_LIMIT_EXCEEDED`.
    pub rate: Option<RateLimit>,
    /// How long one method may run for one application or webhook within ten minutes; beyond it the method is refused
    /// with `OPERATION_TIME_LIMIT`.
    pub operating: Option<Duration>,
    /// How long one request may take; a longer one is interrupted with the HTTP status 504.
    pub request: Option<Duration>,
    /// How many commands fit into one batch; beyond it the batch is refused with `ERROR_BATCH_LENGTH_EXCEEDED`.
    pub batch: Option<usize>,
    /// How long a handler may take for an event; after a slower one the next event waits, longer each time.
    pub handler: Option<Duration>,
    /// How many bytes a file may have; a larger one is refused, by the methods for chats with `FILE_TOO_LARGE`.
    pub file: Option<usize>,
}

impl Default for Limits {
    /// Requests of 60 seconds, batches of 50 commands, handlers that take 3 seconds and files of 100 MB; neither a rate
    /// nor `operating`.
    fn default() -> Self {
        Self {
            rate: None,
            operating: None,
            request: Some(Duration::from_mins(1)),
            batch: Some(50),
            handler: Some(Duration::from_secs(3)),
            file: Some(100 * 1024 * 1024),
        }
    }
}

impl Limits {
    /// Those of most portals in the cloud: a bucket of 50 calls that leaks 2 a second, and 480 seconds of `operating`.
    pub fn standard() -> Self {
        Self { rate: Some(RateLimit::standard()), operating: Some(Duration::from_mins(8)), ..Self::default() }
    }

    /// Those of the enterprise plan: a bucket of 250 calls that leaks 5 a second, and 480 seconds of `operating`.
    pub fn enterprise() -> Self {
        Self { rate: Some(RateLimit::enterprise()), ..Self::standard() }
    }

    /// None at all.
    pub fn off() -> Self {
        Self { rate: None, operating: None, request: None, batch: None, handler: None, file: None }
    }
}
