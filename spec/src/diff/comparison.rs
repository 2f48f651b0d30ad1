//! Collects what differs.

use super::{
    difference::{Action, Difference},
    place::{Place, Ruling, patch},
};
use crate::{Since, Spec};

pub(super) struct Comparison<'a> {
    pub(super) old: &'a Spec,
    pub(super) new: &'a Spec,
    pub(super) found: Vec<Difference>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(old: &'a Spec, new: &'a Spec) -> Self {
        Self { old, new, found: Vec::new() }
    }

    /// Notes a difference; `predicate` says what happened to what stands at the place.
    pub(super) fn tell(&mut self, at: &Place, action: Action, ruling: Ruling, predicate: impl Into<String>) {
        self.found.push(Difference {
            subject: at.subject,
            name: at.name.clone(),
            place: at.path.clone(),
            action,
            direction: at.ways.direction(),
            verdict: ruling.verdict,
            reason: ruling.reason,
            part: at.part.clone(),
            predicate: predicate.into(),
        });
    }

    /// Our own words: they bind nobody.
    pub(super) fn prose<T: PartialEq + ?Sized>(&mut self, at: &Place, old: &T, new: &T, predicate: &str) {
        if old != new {
            self.tell(at, Action::Reworded, patch("the documentation alone says it"), predicate);
        }
    }

    /// What is added to a list of words, and what is taken away.
    pub(super) fn words(&mut self, at: &Place, old: &[String], new: &[String], words: &Words) {
        for word in new.iter().filter(|word| !old.contains(word)) {
            self.tell(at, Action::Added, words.added, format!("{} `{word}`", words.has));
        }
        for word in old.iter().filter(|word| !new.contains(word)) {
            self.tell(at, Action::Removed, words.removed, format!("{} `{word}`", words.has_no_more));
        }
    }

    /// A revision that something begins or ends with.
    pub(super) fn revision(
        &mut self,
        at: &Place,
        edge: Edge,
        (old, new): (Option<&Since>, Option<&Since>),
        judge: impl Fn(Shift) -> Ruling,
    ) {
        let verb = match edge {
            Edge::Since => "is there since",
            Edge::Until => "is there until",
        };
        let shown = |since: &Since| format!("{} revision {}", since.counter, since.revision);
        let (shift, predicate) = match (old, new) {
            (None, None) => return,
            (None, Some(is)) => (Shift::Learnt, format!("{verb} {}", shown(is))),
            (Some(was), None) if edge == Edge::Since => {
                (Shift::Forgotten, format!("is not known to begin with {} any more", shown(was)))
            }
            (Some(was), None) => (Shift::Forgotten, format!("does not end with {} any more", shown(was))),
            (Some(was), Some(is)) if was == is => return,
            (Some(was), Some(is)) => {
                let is_earlier = was.counter == is.counter && was.revision > is.revision;
                let shift = if is_earlier { Shift::Earlier } else { Shift::Later };
                (shift, format!("{verb} {} now, it was {}", shown(is), shown(was)))
            }
        };
        self.tell(at, Action::Changed, judge(shift), predicate);
    }
}

/// What a revision tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// The first that has it.
    Since,
    /// The last that has it.
    Until,
}

/// How to speak of a list of words.
pub(super) struct Words {
    /// "is also known as"
    pub(super) has: &'static str,
    /// "is not known any more as"
    pub(super) has_no_more: &'static str,
    pub(super) added: Ruling,
    pub(super) removed: Ruling,
}

/// How a revision moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    /// There was none.
    Learnt,
    /// There is none any more.
    Forgotten,
    /// It is lower.
    Earlier,
    /// It is higher, or of another counter.
    Later,
}
