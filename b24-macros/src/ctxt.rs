//! Where the mistakes of a block come together, so that one compile reports them all.

use std::cell::{Cell, RefCell};
use std::fmt::Display;

use quote::ToTokens;

/// The mistakes found so far. It must be asked with [`Ctxt::check`] and refuses to be dropped before.
#[derive(Default)]
pub(crate) struct Ctxt {
    errors: RefCell<Vec<syn::Error>>,
    checked: Cell<bool>,
}

impl Ctxt {
    /// Reports a mistake at the tokens that make it.
    pub(crate) fn error(&self, at: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(at, message));
    }

    /// Reports a mistake that already knows where it is.
    pub(crate) fn push(&self, error: syn::Error) {
        self.errors.borrow_mut().push(error);
    }

    /// The value of a part that was read, or nothing once its mistake is reported.
    pub(crate) fn keep<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// What `read` gives, and whether it found no mistake.
    pub(crate) fn watch<T>(&self, read: impl FnOnce() -> T) -> (T, bool) {
        let before = self.errors.borrow().len();
        let value = read();
        (value, self.errors.borrow().len() == before)
    }

    /// All mistakes as one error, if there are any.
    pub(crate) fn check(self) -> syn::Result<()> {
        self.checked.set(true);
        let combined = self.errors.take().into_iter().reduce(|mut all, next| {
            all.combine(next);
            all
        });
        combined.map_or(Ok(()), Err)
    }
}

impl Drop for Ctxt {
    fn drop(&mut self) {
        assert!(self.checked.get() || std::thread::panicking(), "nobody asked for the errors of a block");
    }
}
