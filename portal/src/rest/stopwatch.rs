use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::limit::operating::{Usage, WINDOW};
use crate::state::{State, clock::iso};

/// How long a call takes: begun on the portal's clock, which tests move, and read on one that measures.
#[derive(Debug)]
pub(crate) struct Stopwatch {
    pub(crate) start: Timestamp,
    watch: Instant,
    /// Time that did not pass but counts as if it had.
    busy: Duration,
    /// What the request had taken when this command of it began.
    before: Duration,
}

impl Stopwatch {
    pub(crate) fn start(state: &State) -> Self {
        Self { start: state.clock.now(), watch: Instant::now(), busy: Duration::ZERO, before: Duration::ZERO }
    }

    /// For a command of the request that this one is for.
    pub(crate) fn start_command(&self, state: &State) -> Self {
        Self { before: self.request(), ..Self::start(state) }
    }

    pub(crate) fn add(&mut self, busy: Duration) {
        self.busy = self.busy.saturating_add(busy);
    }

    pub(crate) fn busy(&self) -> Duration {
        self.busy
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.watch.elapsed().saturating_add(self.busy)
    }

    /// What the whole request has taken.
    pub(crate) fn request(&self) -> Duration {
        self.before.saturating_add(self.elapsed())
    }

    /// The `time` block of an answer.
    pub(crate) fn time(&self, usage: Option<Usage>) -> Value {
        let duration = self.elapsed();
        let finish = self.start.checked_add(duration).unwrap_or(self.start);
        let usage = usage.unwrap_or_else(|| {
            let reset_at = finish.checked_add(WINDOW).unwrap_or(finish);
            Usage { spent: Duration::ZERO, reset_at }
        });
        json!({
            "start": seconds(self.start),
            "finish": seconds(finish),
            "duration": duration.as_secs_f64(),
            "processing": duration.as_secs_f64(),
            "date_start": iso(self.start),
            "date_finish": iso(finish),
            "operating_reset_at": usage.reset_at.as_second(),
            "operating": usage.spent.as_secs_f64(),
        })
    }
}

fn seconds(at: Timestamp) -> f64 {
    at.as_duration().as_secs_f64()
}
