//! Events.

use super::{
    comparison::{Comparison, Edge},
    difference::{Action, Subject},
    members::Members,
    pairs::{Pair, by_name, sorted},
    place::{Place, Ways, major, minor, patch},
};
use crate::Event;

impl Comparison<'_> {
    pub(super) fn events(&mut self) {
        let pairs = by_name(self.old.events.values(), self.new.events.values(), |event| (&event.name, &event.aliases));
        for pair in sorted(pairs, |event| &event.name) {
            match pair {
                Pair::Both(old, new) => self.event(old, new),
                Pair::New(event) => {
                    let at = Place::of(Subject::Event, &event.name);
                    let predicate = format!("is new: {}", event.summary.trim_end_matches('.'));
                    self.tell(&at, Action::Added, minor("who does not ask for it does not get it"), predicate);
                }
                Pair::Gone(event) => {
                    let at = Place::of(Subject::Event, &event.name);
                    self.tell(&at, Action::Removed, major("who handles it has to stop"), "is gone");
                }
            }
        }
    }

    fn event(&mut self, old: &Event, new: &Event) {
        let at = Place::of(Subject::Event, &new.name);
        if old.name != new.name {
            let ruling = major("its type in the bindings is named after it");
            self.tell(&at, Action::Changed, ruling, format!("was named `{}`", old.name));
        }
        self.prose(&at.key("summary"), &old.summary, &new.summary, "is described in other words");
        self.scope(&at, &old.scope, &new.scope);
        let docs = patch("the documentation alone says it");
        let (since, until) = ((old.since.as_ref(), new.since.as_ref()), (old.until.as_ref(), new.until.as_ref()));
        self.revision(&at.key("since"), Edge::Since, since, |_| docs);
        self.revision(&at.key("until"), Edge::Until, until, |_| docs);
        self.status(&at.key("status"), &old.status, &new.status);
        self.aliases(
            &at.key("aliases"),
            (&old.name, &old.aliases),
            (&new.name, &new.aliases),
            minor("what comes under that name is not read any more"),
        );
        if old.subscribe != new.subscribe {
            let ruling = major("who asks for it the old way does not get it");
            let predicate = format!("is asked for by `{}` now, it was `{}`", new.subscribe, old.subscribe);
            self.tell(&at.key("subscribe"), Action::Changed, ruling, predicate);
        }
        match (old.auth, new.auth) {
            (true, false) => {
                let ruling = major("who answers with its token has to find another");
                self.tell(&at.key("auth"), Action::Removed, ruling, "comes without the `auth` block now");
            }
            (false, true) => {
                let ruling = minor("who does not read it need not know");
                self.tell(&at.key("auth"), Action::Added, ruling, "comes with the `auth` block now");
            }
            _ => {}
        }
        let data = at.list("data", "member").going(Ways::OUTPUT);
        self.members(&data, Members::of(&old.data, &[]), Members::of(&new.data, &[]));
        self.prose(&at.key("rules"), &old.rules, &new.rules, "has other rules in words");
        self.prose(&at.key("docs"), &old.docs, &new.docs, "is documented on another page");
    }
}
