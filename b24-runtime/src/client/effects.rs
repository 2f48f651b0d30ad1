use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use super::Error;

/// How many calls changed something on the portal, or may have: what cannot be done again without doing it twice.
#[derive(Debug, Clone, Default)]
pub(crate) struct Effects(Arc<AtomicUsize>);

impl Effects {
    /// Whether nothing was changed.
    #[cfg(feature = "imbot")]
    pub(crate) fn are_none(&self) -> bool {
        self.0.load(Ordering::Acquire) == 0
    }

    /// Makes a call and counts it, unless it is one that may be repeated or is known to have done nothing. A call that
    /// is given up counts.
    pub(super) async fn note<T>(
        &self,
        is_idempotent: bool,
        call: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        if is_idempotent {
            return call.await;
        }
        self.0.fetch_add(1, Ordering::AcqRel);
        let result = call.await;
        if result.as_ref().is_err_and(|error| !error.is_outcome_unknown()) {
            self.0.fetch_sub(1, Ordering::AcqRel);
        }
        result
    }
}
