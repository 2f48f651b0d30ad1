use std::time::Duration;

use jiff::{Timestamp, fmt::temporal::DateTimePrinter, tz::Offset};

/// The portal's own time: that of the machine, moved ahead by whoever tests what takes days.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    ahead: Duration,
}

impl Clock {
    pub(crate) fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        now.checked_add(self.ahead).unwrap_or(now)
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        self.ahead = self.ahead.saturating_add(by);
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
