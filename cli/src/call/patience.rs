//! The way through a long list: how far it is, and what a portal wants to be waited for.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;

use crate::rest::{Answer, Refusal};

/// The first pause after a portal had too many calls; it doubles with each.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How often the bar moves where nothing else moves it.
const TICK: Duration = Duration::from_millis(100);

/// A progress bar on the error output, and the pauses that a portal asked for.
pub(super) struct Patience {
    bar: ProgressBar,
    pause: Duration,
}

impl Patience {
    pub(super) fn new() -> Self {
        let bar = ProgressBar::new_spinner();
        bar.enable_steady_tick(TICK);
        Self { bar, pause: FIRST_PAUSE }
    }

    /// So many items have come.
    pub(super) fn advance(&mut self, count: usize, total: Option<u64>) {
        self.pause = FIRST_PAUSE;
        if let (Some(total), None) = (total, self.bar.length()) {
            self.bar.set_length(total);
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len}  {msg}");
            self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        }
        self.bar.set_position(u64::try_from(count).unwrap_or(u64::MAX));
        self.bar.set_message(if total.is_some() { String::new() } else { format!("{count} so far") });
    }

    /// Waits where a portal wants to be left alone for a while; `false` where it refused for another reason.
    pub(super) async fn wait(&mut self, refusal: &Refusal, answer: &Answer) -> bool {
        let pause = match refusal.code.as_str() {
            "QUERY_LIMIT_EXCEEDED" => self.pause,
            "OPERATION_TIME_LIMIT" => reset(answer).unwrap_or(LONGEST_PAUSE),
            _ => return false,
        };
        self.bar.set_message(format!("{}: waiting {} s", refusal.code, pause.as_secs().max(1)));
        tokio::time::sleep(pause).await;
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        true
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// How long until the portal has forgotten what the method cost.
fn reset(answer: &Answer) -> Option<Duration> {
    let at = answer.body.get("time")?.get("operating_reset_at")?.as_i64()?;
    let seconds = u64::try_from(at - Timestamp::now().as_second()).ok()?;
    Some(Duration::from_secs(seconds + 1))
}
