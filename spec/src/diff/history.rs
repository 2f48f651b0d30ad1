//! Revision counters and the platform's change log.

use super::{
    comparison::Comparison,
    difference::{Action, Subject},
    pairs::{Likeness, Pair, pairs},
    place::{Place, minor, patch},
};
use crate::{Change, ChangeKind, Counter};

impl Comparison<'_> {
    pub(super) fn revisions(&mut self) {
        let (old, new) = (&self.old.revisions, &self.new.revisions);
        for (name, counter) in new {
            let at = Place::of(Subject::Revision, name);
            match old.get(name) {
                Some(old) => self.counter(&at, old, counter),
                None => self.tell(&at, Action::Added, minor("portals are asked for one more"), "is a new counter"),
            }
        }
        for name in old.keys().filter(|name| !new.contains_key(*name)) {
            let ruling = minor("the client does not know any more what a portal has by it");
            self.tell(&Place::of(Subject::Revision, name), Action::Removed, ruling, "is not counted any more");
        }
    }

    fn counter(&mut self, at: &Place, old: &Counter, new: &Counter) {
        self.prose(&at.key("doc"), &old.doc, &new.doc, "is described in other words");
        let first = |counter: &Counter| counter.steps.first().map(|step| step.revision);
        if first(old) != first(new) {
            let shown = |revision: Option<u32>| revision.map_or("unknown".to_owned(), |revision| revision.to_string());
            let ruling = minor("the client takes every portal to be as new as that");
            let predicate = format!("begins with {} now, it was {}", shown(first(new)), shown(first(old)));
            self.tell(&at.key("steps"), Action::Changed, ruling, predicate);
        }
        let likeness = |was: u32, is: u32| if was == is { Likeness::Same } else { Likeness::None };
        for pair in pairs(&old.steps, &new.steps, |old, new| likeness(old.revision, new.revision)) {
            let place = |revision: u32| at.item("steps", "revision", &revision.to_string());
            let known = patch("what it brought is told where it was added");
            match pair {
                Pair::Both(old, new) => {
                    self.prose(&place(new.revision), &old.doc, &new.doc, "is described in other words");
                }
                Pair::New(step) => self.tell(&place(step.revision), Action::Added, known, "is known"),
                Pair::Gone(step) => self.tell(&place(step.revision), Action::Removed, known, "is not known any more"),
            }
        }
    }

    pub(super) fn change_log(&mut self) {
        let likeness = |old: &Change, new: &Change| if old.id == new.id { Likeness::Same } else { Likeness::None };
        for pair in pairs(&self.old.changes, &self.new.changes, likeness) {
            match pair {
                Pair::Both(old, new) if old == new => {}
                Pair::Both(old, new) => self.change(old, new),
                Pair::New(change) => {
                    let (action, ruling) = match change.kind {
                        ChangeKind::Breaking => (Action::Deprecated, minor("what works today will stop to")),
                        ChangeKind::New | ChangeKind::Fix => (Action::Added, patch("what it brought is told there")),
                    };
                    let day = change.effective.as_ref().map_or(String::new(), |day| format!(" for {day}"));
                    let predicate = format!("is announced{day}: {}", change.summary.trim_end_matches('.'));
                    self.tell(&Place::of(Subject::ChangeLog, &change.id), action, ruling, predicate);
                }
                Pair::Gone(change) => {
                    let at = Place::of(Subject::ChangeLog, &change.id);
                    self.tell(&at, Action::Removed, patch("it was a record only"), "is not in the change log any more");
                }
            }
        }
    }

    fn change(&mut self, old: &Change, new: &Change) {
        let at = Place::of(Subject::ChangeLog, &new.id);
        if old.kind != new.kind || old.effective != new.effective {
            let ruling = minor("what works today may stop on another day");
            let day = new.effective.as_ref().map_or("without a day".to_owned(), |day| format!("for {day}"));
            let predicate = format!("is announced as `{}` {day} now", new.kind.word());
            self.tell(&at, Action::Changed, ruling, predicate);
        }
        let rest = |change: &Change| Change { kind: ChangeKind::New, effective: None, ..change.clone() };
        self.prose(&at, &rest(old), &rest(new), "is told in other words");
    }
}
