use std::{collections::HashMap, time::Duration};

use tokio::time::Instant;

/// What a portal takes for the end of its patience with one method, in seconds of the last ten minutes.
const MOST: f64 = 480.0;
/// Below this nobody needs to know when the portal forgets.
const NOTEWORTHY: f64 = MOST / 2.0;
/// How long a method rests where the portal did not tell how long it has to.
const REST: Duration = Duration::from_mins(1);

/// How long methods ran on the portal, as its answers tell.
#[derive(Debug, Default)]
pub(super) struct Operating(HashMap<String, Usage>);

#[derive(Debug)]
struct Usage {
    /// When the portal forgets a part of it.
    resets_at: Instant,
    is_used_up: bool,
}

impl Operating {
    pub(super) fn used(&mut self, method: &str, seconds: f64, resets_in: Duration) {
        if seconds >= NOTEWORTHY {
            let usage = Usage { resets_at: Instant::now() + resets_in, is_used_up: seconds >= MOST };
            self.0.insert(method.to_owned(), usage);
        }
    }

    pub(super) fn exhausted(&mut self, method: &str) {
        let unknown = Usage { resets_at: Instant::now() + REST, is_used_up: true };
        self.0.entry(method.to_owned()).or_insert(unknown).is_used_up = true;
    }

    pub(super) fn rests_until(&mut self, method: &str) -> Option<Instant> {
        if self.0.is_empty() {
            return None;
        }
        let now = Instant::now();
        self.0.retain(|_, usage| usage.resets_at > now);
        self.0.get(method).filter(|usage| usage.is_used_up).map(|usage| usage.resets_at)
    }
}
