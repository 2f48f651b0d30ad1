use std::{collections::HashMap, net::IpAddr};

use jiff::Timestamp;

/// A leaky bucket: each call adds a drop, and what does not fit is refused.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateLimit {
    burst: u32,
    per_second: f64,
}

impl RateLimit {
    /// A bucket that holds `burst` calls and leaks `per_second` of them each second.
    pub fn new(burst: u32, per_second: f64) -> Self {
        Self { burst, per_second }
    }

    /// What most portals have: 50 calls, 2 a second.
    pub fn standard() -> Self {
        Self::new(50, 2.0)
    }

    /// What portals on the enterprise plan have: 250 calls, 5 a second.
    pub fn enterprise() -> Self {
        Self::new(250, 5.0)
    }
}

/// One bucket for each address: the applications of one server share it.
#[derive(Debug, Default)]
pub(crate) struct Buckets(HashMap<IpAddr, Bucket>);

#[derive(Debug)]
struct Bucket {
    level: f64,
    at: Timestamp,
}

impl Buckets {
    /// Adds a call; tells whether it fits.
    pub(crate) fn admit(&mut self, limit: RateLimit, source: IpAddr, now: Timestamp) -> bool {
        let bucket = self.0.entry(source).or_insert(Bucket { level: 0.0, at: now });
        let elapsed = now.duration_since(bucket.at).as_secs_f64().max(0.0);
        bucket.level = (bucket.level - elapsed * limit.per_second).max(0.0);
        bucket.at = now;
        let fits = bucket.level + 1.0 <= f64::from(limit.burst);
        if fits {
            bucket.level += 1.0;
        }
        fits
    }
}
