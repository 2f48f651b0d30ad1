use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use super::Error;
use crate::request::Method;

/// How many calls changed something on the portal, or may have: what cannot be done again without doing it twice.
#[derive(Debug, Clone, Default)]
pub(crate) struct Effects(Arc<AtomicUsize>);

impl Effects {
    /// Whether nothing was changed.
    pub(crate) fn are_none(&self) -> bool {
        self.0.load(Ordering::Acquire) == 0
    }

    /// Makes a call and counts it, unless the method is one that may be repeated or the call is known to have done
    /// nothing. A call that is given up counts.
    pub(super) async fn note<T>(
        &self,
        method: Option<&Method>,
        call: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        if method.is_some_and(|method| method.idempotent) {
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
