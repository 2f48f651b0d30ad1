use std::time::Duration;

use tokio::time::Instant;

use super::Priority;

/// How fast a portal lets calls come from one address.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CallLimit {
    burst: f64,
    per_second: f64,
}

impl CallLimit {
    /// A bucket of `burst` calls that leaks `per_second` of them each second; at least one a minute.
    ///
    /// ```
    /// use b24_runtime::CallLimit;
    ///
    /// assert_eq!(CallLimit::new(50, 2.0), CallLimit::standard());
    /// ```
    pub fn new(burst: u32, per_second: f64) -> Self {
        // Nothing, less than nothing and what is no number would have calls wait for ever.
        Self { burst: f64::from(burst), per_second: per_second.max(1.0 / 60.0) }
    }

    /// Most portals: 50 calls at once, 2 a second.
    pub fn standard() -> Self {
        Self::new(50, 2.0)
    }

    /// Portals on the enterprise plan: 250 calls at once, 5 a second.
    pub fn enterprise() -> Self {
        Self::new(250, 5.0)
    }

    /// No limit, for self-hosted portals that have none: until the portal refuses a call for its pace, then the
    /// standard one.
    pub fn unlimited() -> Self {
        Self { burst: f64::INFINITY, per_second: f64::INFINITY }
    }
}

impl CallLimit {
    /// What holds where nobody told: a portal on this machine is one to develop with, which has no limits unless it
    /// shows them.
    pub(super) fn usual(portal: &str) -> Self {
        let host = portal.split_once("://").map_or(portal, |(_, host)| host);
        let is_near = ["localhost", "127.0.0.1", "[::1]"]
            .iter()
            .any(|near| host.strip_prefix(near).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')));
        if is_near { Self::unlimited() } else { Self::standard() }
    }
}

/// The part of the bucket that is never used: calls that left evenly may arrive in a heap.
const SPARE: f64 = 0.1;
/// The part of the rest that background work leaves to replies.
const RESERVE: f64 = 0.2;

/// The portal's bucket, as far as it can be told from here.
#[derive(Debug)]
pub(super) struct Bucket {
    limit: CallLimit,
    /// How full it is.
    level: f64,
    /// When it was so full.
    at: Instant,
}

impl Bucket {
    pub(super) fn new(limit: CallLimit) -> Self {
        Self { limit, level: 0.0, at: Instant::now() }
    }

    pub(super) fn set_limit(&mut self, limit: CallLimit) {
        self.leak();
        self.limit = limit;
    }

    /// Puts a call into the bucket, or tells when there is room for it.
    pub(super) fn take(&mut self, priority: Priority) -> Result<(), Instant> {
        self.leak();
        let excess = self.level + 1.0 - self.room(priority);
        if excess <= 0.0 {
            self.level += 1.0;
            return Ok(());
        }
        // A little late rather than a little early: what is left of a call after rounding does not fit either.
        Err(self.at + Duration::from_secs_f64(excess / self.limit.per_second) + Duration::from_millis(1))
    }

    /// The portal says that it is full.
    pub(super) fn fill(&mut self) {
        if self.limit == CallLimit::unlimited() {
            self.limit = CallLimit::standard();
        }
        self.level = self.limit.burst;
        self.at = Instant::now();
    }

    fn leak(&mut self) {
        let now = Instant::now();
        if self.limit != CallLimit::unlimited() {
            let leaked = now.duration_since(self.at).as_secs_f64() * self.limit.per_second;
            self.level = (self.level - leaked).max(0.0);
        }
        self.at = now;
    }

    /// How full calls of a priority may make it: at least one call always fits into an empty one.
    fn room(&self, priority: Priority) -> f64 {
        let usable = self.limit.burst * (1.0 - SPARE);
        let own = match priority {
            Priority::Reply => usable,
            Priority::Background => usable * (1.0 - RESERVE),
        };
        own.max(1.0)
    }
}
