//! What a bot counts, as Prometheus reads it.

use std::{
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use b24_storage::End;

use super::core::Verdict;
use crate::client::{OUTCOMES, Tally};

/// Counted since the start.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    calls: Arc<Tally>,
    came: [AtomicU64; CAME.len()],
    handled: [AtomicU64; HANDLED.len()],
    running: AtomicU64,
    took: [AtomicU64; UP_TO.len()],
    took_micros: AtomicU64,
}

const CAME: [&str; 6] = ["taken", "duplicate", "unreadable", "refused", "full", "failed"];
const HANDLED: [&str; 3] = ["done", "again", "aside"];
/// Of the times that handlers take, in seconds.
const UP_TO: [f64; 6] = [0.01, 0.1, 1.0, 10.0, 60.0, f64::INFINITY];

/// What is so at the moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    pub(super) waiting: usize,
    pub(super) portals: usize,
}

impl Metrics {
    /// With the calls that all clients of the bot make.
    pub(super) fn new(calls: Arc<Tally>) -> Self {
        Self { calls, ..Self::default() }
    }

    pub(super) fn came(&self, verdict: &Verdict) {
        let index = match verdict {
            Verdict::Taken => 0,
            Verdict::Known => 1,
            Verdict::Unreadable(_) => 2,
            Verdict::Refused(_) => 3,
            Verdict::Full => 4,
            Verdict::Failed(_) => 5,
        };
        self.came[index].fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn begun(&self) {
        self.running.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn ended(&self, end: &End, took: Duration) {
        let index = match end {
            End::Done => 0,
            End::Again(_) => 1,
            End::Aside(_) => 2,
        };
        self.handled[index].fetch_add(1, Ordering::Relaxed);
        self.running.fetch_sub(1, Ordering::Relaxed);
        if let Some(bucket) = UP_TO.iter().position(|up_to| took.as_secs_f64() <= *up_to) {
            self.took[bucket].fetch_add(1, Ordering::Relaxed);
        }
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.took_micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// The text format of Prometheus.
    pub(super) fn render(&self, now: Now) -> String {
        let mut text = String::new();
        let mut family = |name: &str, kind: &str, help: &str, samples: &[(String, String)]| {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
            for (labels, value) in samples {
                let _ = writeln!(text, "{name}{labels} {value}");
            }
        };
        let counts = |label: &str, names: &[&str], counters: &[AtomicU64]| -> Vec<(String, String)> {
            let sample = |(name, counter): (&&str, &AtomicU64)| {
                (format!("{{{label}=\"{name}\"}}"), counter.load(Ordering::Relaxed).to_string())
            };
            names.iter().zip(counters).map(sample).collect()
        };
        let one = |value: String| vec![(String::new(), value)];
        family(
            "b24_events_total",
            "counter",
            "Events that came, by what became of them.",
            &counts("outcome", &CAME, &self.came),
        );
        family(
            "b24_handled_total",
            "counter",
            "Events that were handled, by how that ended.",
            &counts("end", &HANDLED, &self.handled),
        );
        family("b24_inbox_events", "gauge", "Events that wait or are being handled.", &one(now.waiting.to_string()));
        family(
            "b24_handlers_running",
            "gauge",
            "Events that are being handled.",
            &one(self.running.load(Ordering::Relaxed).to_string()),
        );
        family("b24_portals", "gauge", "Portals on which the bot is installed.", &one(now.portals.to_string()));
        family(
            "b24_calls_total",
            "counter",
            "Requests to portals, by what came of them; slowed are those refused for their pace.",
            &counts("outcome", &OUTCOMES, self.calls.outcomes()),
        );
        let calls_took = self.calls.took().as_secs_f64().to_string();
        family("b24_calls_seconds_total", "counter", "How long requests to portals took.", &one(calls_took));
        family("b24_handling_seconds", "histogram", "How long events took to be handled.", &[]);
        let mut total = 0;
        for (up_to, count) in UP_TO.iter().zip(&self.took) {
            total += count.load(Ordering::Relaxed);
            let up_to = if up_to.is_finite() { up_to.to_string() } else { "+Inf".to_owned() };
            let _ = writeln!(text, "b24_handling_seconds_bucket{{le=\"{up_to}\"}} {total}");
        }
        let sum = Duration::from_micros(self.took_micros.load(Ordering::Relaxed)).as_secs_f64();
        let _ = writeln!(text, "b24_handling_seconds_sum {sum}\nb24_handling_seconds_count {total}");
        text
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use b24_storage::End;

    use super::{Metrics, Now};
    use crate::app::core::Verdict;

    #[test]
    fn what_is_counted_is_told_as_prometheus_reads_it() {
        let metrics = Metrics::default();
        metrics.came(&Verdict::Taken);
        metrics.came(&Verdict::Taken);
        metrics.came(&Verdict::Known);
        for took in [5, 500] {
            metrics.begun();
            metrics.ended(&End::Done, Duration::from_millis(took));
        }
        let text = metrics.render(Now { waiting: 7, portals: 1 });
        for line in [
            "# TYPE b24_events_total counter",
            "b24_events_total{outcome=\"taken\"} 2",
            "b24_events_total{outcome=\"duplicate\"} 1",
            "b24_handled_total{end=\"done\"} 2",
            "b24_inbox_events 7",
            "b24_handlers_running 0",
            "b24_handling_seconds_bucket{le=\"0.01\"} 1",
            "b24_handling_seconds_bucket{le=\"1\"} 2",
            "b24_handling_seconds_bucket{le=\"+Inf\"} 2",
            "b24_handling_seconds_sum 0.505",
            "b24_handling_seconds_count 2",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
        }
    }
}
