//! Error codes of methods and of the whole API.

use super::{
    comparison::Comparison,
    difference::{Action, Subject},
    pairs::{Pair, by_name},
    place::{Place, minor, patch},
};
use crate::MethodError;

impl Comparison<'_> {
    /// The errors of one method.
    pub(super) fn errors(&mut self, owner: &Place, old: &[MethodError], new: &[MethodError]) {
        for pair in by_name(old, new, |error| (&error.code, &error.aliases)) {
            let place = |error: &MethodError| owner.item("errors", "error", &error.code);
            match pair {
                Pair::Both(old, new) => self.error(&place(new), old, new),
                Pair::New(error) => {
                    let ruling = minor("a code that is not known is an error too");
                    self.tell(&place(error), Action::Added, ruling, "is known");
                }
                Pair::Gone(error) => {
                    let ruling = minor("who handles it waits in vain, at worst");
                    self.tell(&place(error), Action::Removed, ruling, "is not answered any more");
                }
            }
        }
    }

    /// The errors that any method may answer.
    pub(super) fn system_errors(&mut self) {
        let (old, new) = (&self.old.errors, &self.new.errors);
        let place = |error: &MethodError| Place::of(Subject::Error, &error.code);
        for pair in by_name(old, new, |system| (&system.error.code, &system.error.aliases)) {
            match pair {
                Pair::Both(old, new) => {
                    let at = place(&new.error);
                    self.error(&at, &old.error, &new.error);
                    if old.status != new.status {
                        let ruling = minor("who looks at the status has to know");
                        let predicate = format!("comes with HTTP status {} now, it was {}", new.status, old.status);
                        self.tell(&at.key("status"), Action::Changed, ruling, predicate);
                    }
                    self.prose(&at.key("advice"), &old.advice, &new.advice, "comes with other advice");
                }
                Pair::New(system) => {
                    let ruling = minor("a code that is not known is an error too");
                    self.tell(&place(&system.error), Action::Added, ruling, "is known as an error of any method");
                }
                Pair::Gone(system) => {
                    let ruling = minor("who handles it waits in vain, at worst");
                    self.tell(&place(&system.error), Action::Removed, ruling, "is not answered any more");
                }
            }
        }
    }

    fn error(&mut self, at: &Place, old: &MethodError, new: &MethodError) {
        if old.code != new.code {
            let ruling = minor("who handles the old code has to know");
            self.tell(at, Action::Changed, ruling, format!("was `{}`", old.code));
        }
        self.prose(at, &old.meaning, &new.meaning, "is explained in other words");
        if old.kind != new.kind {
            let ruling = minor("the client counts it among other errors");
            let predicate = format!("is of the kind `{}` now, it was `{}`", new.kind.word(), old.kind.word());
            self.tell(&at.key("kind"), Action::Changed, ruling, predicate);
        }
        if old.params != new.params {
            let shown = |params: &[String]| match params {
                [] => "no parameter".to_owned(),
                some => some.iter().map(|param| format!("`{param}`")).collect::<Vec<_>>().join(", "),
            };
            let ruling = patch("the code is the same");
            let predicate = format!("is about {} now, it was {}", shown(&new.params), shown(&old.params));
            self.tell(&at.key("param"), Action::Changed, ruling, predicate);
        }
        self.aliases(
            &at.key("aliases"),
            (&old.code, &old.aliases),
            (&new.code, &new.aliases),
            patch("its own code is known"),
        );
    }
}
