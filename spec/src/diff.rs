//! What changed between two specs, and what it means to those who use the bindings.
//!
//! Each difference is judged by what somebody has to do about it whose program uses typed bindings of the spec: nothing
//! (`Patch`), nothing, but there is more to use or it behaves differently (`Minor`), change the program (`Major`). What
//! is known of typed bindings stands in `position.rs` and `shape.rs`; the tests of the generator hold it against what is
//! generated. `README.md` has the rules as a table.

mod changelog;
mod comparison;
mod difference;
mod error;
mod event;
mod field;
mod group;
mod history;
mod limit;
mod members;
mod method;
mod paging;
mod pairs;
mod place;
mod position;
mod reach;
mod recursion;
mod report;
mod shape;
mod types;
mod words;

use std::collections::BTreeMap;

use crate::Spec;
use comparison::Comparison;
use reach::Reach;

pub use difference::{Action, Difference, Direction, Subject, Verdict};

/// What changed between two specs. `Display` writes a report in 100 columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diff {
    /// The differences: those of methods, events, types, errors, revisions and the change log, in this order. Those of
    /// one method, or whatever else it is, stand together.
    pub differences: Vec<Difference>,
    reach: BTreeMap<String, Reach>,
}

impl Diff {
    /// The highest verdict; `None` where nothing differs.
    pub fn verdict(&self) -> Option<Verdict> {
        self.differences.iter().map(|difference| difference.verdict).max()
    }

    /// The methods and events that a shared type is part of, in either spec.
    pub fn users(&self, type_name: &str) -> impl Iterator<Item = &str> {
        self.reach.get(type_name).into_iter().flat_map(|reach| &reach.users).map(String::as_str)
    }
}

/// Compares two specs.
///
/// ```
/// let old = b24_spec::Spec::embedded().expect("the embedded spec is checked by the tests");
/// let mut new = old.clone();
/// new.methods.remove("imbot.message.add");
/// let diff = b24_spec::diff(&old, &new);
/// assert_eq!(diff.verdict(), Some(b24_spec::Verdict::Major));
/// assert_eq!(diff.differences[0].to_string(), "imbot.message.add is gone");
/// ```
pub fn diff(old: &Spec, new: &Spec) -> Diff {
    let (was, is) = (reach::of(old), reach::of(new));
    let mut comparison = Comparison::new(old, new);
    comparison.methods();
    comparison.events();
    comparison.types(&was, &is);
    comparison.system_errors();
    comparison.revisions();
    comparison.change_log();
    Diff { differences: comparison.found, reach: reach::union(was, is) }
}
