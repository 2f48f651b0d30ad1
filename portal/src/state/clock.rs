use std::time::{Duration, Instant};

use jiff::{Timestamp, fmt::temporal::DateTimePrinter, tz::Offset};
use tokio::sync::watch;

/// The portal's own time: that of the machine, moved ahead by whoever tests what takes days.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    ahead: watch::Sender<Duration>,
}

/// Some time of a portal that has to pass.
#[derive(Debug)]
pub(crate) struct Timer {
    time: Duration,
    started: Instant,
    ahead: watch::Receiver<Duration>,
    /// How far the clock was ahead when it started.
    from: Duration,
}

impl Clock {
    pub(crate) fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        now.checked_add(*self.ahead.borrow()).unwrap_or(now)
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        self.ahead.send_modify(|ahead| *ahead = ahead.saturating_add(by));
    }

    /// How far it is ahead of the machine's.
    pub(crate) fn ahead(&self) -> Duration {
        *self.ahead.borrow()
    }

    /// Runs from now on.
    pub(crate) fn timer(&self, time: Duration) -> Timer {
        let ahead = self.ahead.subscribe();
        let from = *ahead.borrow();
        Timer { time, started: Instant::now(), ahead, from }
    }
}

impl Timer {
    /// Waits for it. Whoever moves the clock ahead shortens the wait.
    pub(crate) async fn wait(mut self) {
        loop {
            let moved = self.ahead.borrow_and_update().saturating_sub(self.from);
            let left = self.time.saturating_sub(self.started.elapsed()).saturating_sub(moved);
            if left.is_zero() {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(left) => {}
                moved = self.ahead.changed() => if moved.is_err() {
                    // The portal is gone, and with it all that was to happen.
                    return;
                }
            }
        }
    }
}

/// `2026-11-22T10:00:00+00:00`, the form of dates on the wire.
pub(crate) fn iso(at: Timestamp) -> String {
    let whole = Timestamp::from_second(at.as_second()).unwrap_or(at);
    DateTimePrinter::new().timestamp_with_offset_to_string(&whole, Offset::UTC)
}

/// The whole of seconds that a duration fills.
pub(crate) fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
