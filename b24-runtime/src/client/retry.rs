//! Which calls are made again when they came to nothing, and after how long.

use std::time::Duration;

use tokio::time::Instant;

use super::{Cause, Error, GrantError};

/// What a client does with a call that came to nothing.
///
/// A call that was never sent, one that was refused for its pace and one whose token has expired are always made again:
/// the portal did nothing. Where the outcome is unknown it depends on the call: reading twice is harmless, sending twice
/// is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repeats {
    /// Nothing is repeated: every failure is told at once.
    Never,
    /// Where the outcome is unknown, only what the spec calls idempotent is repeated.
    #[default]
    Safe,
    /// Where the outcome is unknown, everything is repeated: a message may appear twice.
    All,
}

/// How often a call is made before its failure is told, limits aside.
const MOST_ATTEMPTS: u32 = 4;
const FIRST_WAIT: Duration = Duration::from_millis(300);
/// For how long a call is repeated that a portal refuses for its pace: a method may have to rest for ten minutes.
const PATIENCE: Duration = Duration::from_mins(15);

/// The attempts at one call.
pub(super) struct Attempts {
    repeats: Repeats,
    is_idempotent: bool,
    is_renewed: bool,
    failed: u32,
    began: Instant,
}

impl Attempts {
    pub(super) fn new(repeats: Repeats, is_idempotent: bool) -> Self {
        Self { repeats, is_idempotent, is_renewed: false, failed: 0, began: Instant::now() }
    }

    /// How long to wait until the call is made again; `None` where it is not.
    pub(super) fn again(&mut self, error: &Error) -> Option<Duration> {
        if self.repeats == Repeats::Never {
            return None;
        }
        if error.is_too_fast() {
            // How long to wait is the limiter's business.
            return (self.began.elapsed() < PATIENCE).then_some(Duration::ZERO);
        }
        let is_harmless = self.is_idempotent || self.repeats == Repeats::All;
        let is_repeated = error.was_never_done() || (is_harmless && error.is_hiccup());
        if is_repeated { self.next() } else { None }
    }

    /// How long to wait until a call that was turned away is made with a new token: not at all, unless others let that
    /// one expire as well. `None` where it is not made again.
    pub(super) fn with_new_token(&mut self) -> Option<Duration> {
        let is_first = !std::mem::replace(&mut self.is_renewed, true);
        match self.repeats {
            _ if is_first => Some(Duration::ZERO),
            Repeats::Never => None,
            Repeats::Safe | Repeats::All => self.next(),
        }
    }

    fn next(&mut self) -> Option<Duration> {
        if self.failed + 1 >= MOST_ATTEMPTS {
            return None;
        }
        self.failed += 1;
        Some(FIRST_WAIT * 2_u32.pow(self.failed - 1) + jitter())
    }
}

/// So that those who failed together do not come back together.
fn jitter() -> Duration {
    let mut byte = [0];
    // Without random numbers they do; nothing else depends on it.
    let _ = getrandom::fill(&mut byte);
    Duration::from_millis(byte[0].into())
}

impl Error {
    /// Whether the portal refused for the pace of the calls, and takes the same call later.
    pub(super) fn is_too_fast(&self) -> bool {
        matches!(self.code(), Some("QUERY_LIMIT_EXCEEDED" | "OPERATION_TIME_LIMIT"))
    }

    /// Whether the portal certainly did nothing, for a reason that may pass: the call did not reach it, or was turned
    /// away while the authorization server could not be reached.
    fn was_never_done(&self) -> bool {
        match self.cause() {
            Cause::Connection(error) => error.is_connect(),
            Cause::Renewal(reason) => matches!(reason, GrantError::Unreachable(_)),
            _ => false,
        }
    }

    /// Whether the same may go well later.
    #[cfg(feature = "imbot")]
    pub(crate) fn may_pass(&self) -> bool {
        self.is_hiccup() || self.was_never_done() || self.is_turned_away()
    }

    /// Whether the next attempt may have more luck.
    fn is_hiccup(&self) -> bool {
        let is_inside = |status: u16| (500..600).contains(&status);
        match self.cause() {
            Cause::Timeout
            | Cause::Connection(_)
            | Cause::Renewal(GrantError::Unreachable(_) | GrantError::Unkept(_)) => true,
            Cause::Unexpected { status, .. } => is_inside(*status) || *status == 200,
            Cause::Refused(refusal) => is_inside(refusal.status) && refusal.code != "OVERLOAD_LIMIT",
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Attempts, Repeats};
    use crate::{Cause, Error, Refusal};

    const READ: bool = true;
    const WRITE: bool = false;

    fn refused(code: &str, status: u16) -> Error {
        Error::new("m", Cause::Refused(Refusal::new(None, code.to_owned(), String::new(), status)))
    }

    fn is_repeated(repeats: Repeats, error: &Error, is_idempotent: bool) -> bool {
        Attempts::new(repeats, is_idempotent).again(error).is_some()
    }

    #[tokio::test]
    async fn a_write_with_an_unknown_outcome_is_repeated_only_where_that_is_allowed() {
        let lost = Error::new("m", Cause::Timeout);
        assert!(is_repeated(Repeats::Safe, &lost, READ));
        assert!(!is_repeated(Repeats::Safe, &lost, WRITE));
        assert!(is_repeated(Repeats::All, &lost, WRITE));
        assert!(!is_repeated(Repeats::Never, &lost, READ));
    }

    #[tokio::test]
    async fn a_refusal_for_the_pace_is_repeated_and_one_for_the_content_is_not() {
        assert!(is_repeated(Repeats::Safe, &refused("QUERY_LIMIT_EXCEEDED", 503), WRITE));
        assert!(is_repeated(Repeats::Safe, &refused("OPERATION_TIME_LIMIT", 429), WRITE));
        for error in [refused("ACCESS_ERROR", 403), refused("OVERLOAD_LIMIT", 503)] {
            assert!(!is_repeated(Repeats::All, &error, READ), "{error}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_portal_that_stays_away_is_given_up() {
        let mut attempts = Attempts::new(Repeats::Safe, READ);
        let lost = Error::new("m", Cause::Timeout);
        let waits: Vec<_> = std::iter::from_fn(|| attempts.again(&lost)).collect();
        assert_eq!(waits.len(), 3);
        assert!(waits.is_sorted());
    }

    #[tokio::test(start_paused = true)]
    async fn a_portal_that_refuses_for_ever_is_given_up() {
        let mut attempts = Attempts::new(Repeats::Safe, WRITE);
        let refused = refused("QUERY_LIMIT_EXCEEDED", 503);
        tokio::time::advance(std::time::Duration::from_mins(14)).await;
        assert!(attempts.again(&refused).is_some());
        tokio::time::advance(std::time::Duration::from_mins(2)).await;
        assert!(attempts.again(&refused).is_none());
    }
}
