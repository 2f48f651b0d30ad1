use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use super::{Cause, Error};

/// What came of requests to portals, counted since the start.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    outcomes: [AtomicU64; OUTCOMES.len()],
    micros: AtomicU64,
}

/// Answered; refused; refused for the pace; not known to have been done.
pub(crate) const OUTCOMES: [&str; 4] = ["answered", "refused", "slowed", "lost"];

impl Tally {
    pub(super) fn count<T>(&self, result: &Result<T, Error>, took: Duration) {
        let index = match result {
            Ok(_) => 0,
            Err(error) if error.is_too_fast() => 2,
            Err(error) if matches!(error.cause(), Cause::Refused(_)) => 1,
            Err(_) => 3,
        };
        self.outcomes[index].fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// As often as each of [`OUTCOMES`].
    #[cfg(feature = "imbot")]
    pub(crate) fn outcomes(&self) -> &[AtomicU64; OUTCOMES.len()] {
        &self.outcomes
    }

    /// How long all of them took together.
    #[cfg(feature = "imbot")]
    pub(crate) fn took(&self) -> Duration {
        Duration::from_micros(self.micros.load(Ordering::Relaxed))
    }
}
