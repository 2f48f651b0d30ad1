use std::time::Duration;

/// The width of a class.
const STEP: Duration = Duration::from_micros(10);
/// What takes longer than all of them together counts as the slowest.
const CLASSES: usize = 100_000;

/// How often a call took how long. It has its size from the start, so that it does not look like growth.
pub(crate) struct Latencies(Vec<u32>);

impl Latencies {
    pub(super) fn none() -> Self {
        Self(vec![0; CLASSES])
    }

    pub(super) fn add(&mut self, took: Duration) {
        let class = took.as_nanos() / STEP.as_nanos();
        let class = usize::try_from(class).map_or(CLASSES - 1, |class| class.min(CLASSES - 1));
        self.0[class] += 1;
    }

    pub(super) fn add_all(&mut self, other: &Self) {
        for (count, more) in self.0.iter_mut().zip(&other.0) {
            *count += more;
        }
    }

    pub(super) fn count(&self) -> u32 {
        self.0.iter().sum()
    }

    /// What this share of the calls did not exceed.
    pub(super) fn quantile(&self, share: f64) -> Duration {
        let wanted = f64::from(self.count()) * share;
        let mut seen = 0;
        let slowest = self.0.iter().position(|count| {
            seen += count;
            f64::from(seen) >= wanted
        });
        STEP * u32::try_from(slowest.unwrap_or(CLASSES) + 1).unwrap_or(u32::MAX)
    }
}
