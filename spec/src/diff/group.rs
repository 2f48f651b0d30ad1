//! Alternatives among fields.

use super::{
    comparison::Comparison,
    difference::Action,
    members::Members,
    pairs::{Likeness, Pair, pairs},
    place::{Place, Ruling, major, minor, patch},
    words::words,
};
use crate::{Group, Need};

/// A group and its place among all groups of the list.
type Placed<'a> = (usize, &'a Group);

impl Comparison<'_> {
    pub(super) fn groups(&mut self, owner: &Place, old: Members<'_>, new: Members<'_>) {
        let was: Vec<Placed<'_>> = old.groups.iter().enumerate().collect();
        let is: Vec<Placed<'_>> = new.groups.iter().enumerate().collect();
        for pair in pairs(&was, &is, |old, new| likeness(old.1, new.1)) {
            match pair {
                Pair::Both(old, new) => self.group(owner, *old, *new),
                Pair::New((_, group)) => {
                    let at = place(owner, group);
                    let ruling = match group.need {
                        Need::One => major("the choice is an argument"),
                        Need::Any => major("calls with none of them are refused before they are sent"),
                    };
                    self.tell_group(&at, Action::Added, ruling, format!("is new: {}", alternatives(group)));
                }
                Pair::Gone((_, group)) => {
                    let at = place(owner, group);
                    let ruling = match group.need {
                        Need::One => major("the choice is no argument any more"),
                        Need::Any => minor("calls with none of them are sent"),
                    };
                    self.tell_group(&at, Action::Removed, ruling, format!("is gone: {}", alternatives(group)));
                }
            }
        }
    }

    fn group(&mut self, owner: &Place, (was, old): Placed<'_>, (is, new): Placed<'_>) {
        let at = place(owner, new);
        if old.need != new.need || sorted(old) != sorted(new) {
            let is_looser = old.need == Need::Any
                && new.need == Need::Any
                && sorted(old).iter().all(|alternative| sorted(new).contains(alternative));
            let ruling = match (old.need, new.need) {
                (Need::Any, Need::Any) if is_looser => minor("there is one more way to call it"),
                (Need::Any, Need::Any) => major("calls that went through are refused"),
                (Need::One, Need::One) => major("the argument has other alternatives"),
                (Need::Any, Need::One) => major("setters become one argument"),
                (Need::One, Need::Any) => major("the argument becomes several setters"),
            };
            let predicate = format!("is {} now, it was {}", alternatives(new), alternatives(old));
            self.tell_group(&at, Action::Changed, ruling, predicate);
        }
        // A choice without a name is called by its place.
        let (before, now) = (label(old, was), label(new, is));
        if before != now && new.need == Need::One && old.need == Need::One {
            let ruling = major("the type of the argument is named after it");
            self.tell_group(&at, Action::Changed, ruling, format!("is called {now} now, it was {before}"));
        } else if old.name != new.name {
            self.tell_group(&at, Action::Reworded, patch("nothing in the bindings has its name"), "has another name");
        }
        if old.error != new.error {
            let code = new.error.as_deref().unwrap_or("no code of its own");
            let ruling = minor("who handles the old code has to know");
            self.tell_group(&at, Action::Changed, ruling, format!("is answered with `{code}` where none is given"));
        }
    }

    fn tell_group(&mut self, at: &Place, action: Action, ruling: Ruling, predicate: impl Into<String>) {
        let ruling = at.ways.judge(ruling, patch("it binds only what is sent"));
        self.tell(at, action, ruling, predicate);
    }
}

fn place(owner: &Place, group: &Group) -> Place {
    owner.item("groups", "choice", group.name.as_deref().unwrap_or_default())
}

fn likeness(old: &Group, new: &Group) -> Likeness {
    if old.name == new.name && sorted(old) == sorted(new) {
        Likeness::Same
    } else if old.name.is_some() && old.name == new.name {
        Likeness::Close
    } else if old.of.iter().flatten().any(|name| new.of.iter().flatten().any(|other| other == name)) {
        Likeness::Distant
    } else {
        Likeness::None
    }
}

/// What bindings call it.
pub(super) fn label(group: &Group, index: usize) -> String {
    group.name.as_ref().map_or_else(|| format!("choice {}", index + 1), |name| format!("`{name}`"))
}

/// The alternatives, whose order does not matter, as bindings call them.
fn sorted(group: &Group) -> Vec<Vec<String>> {
    let mut alternatives: Vec<Vec<String>> =
        group.of.iter().map(|names| names.iter().map(|name| words(name)).collect()).collect();
    alternatives.sort();
    alternatives
}

/// "exactly one of `A`, `B` with `C`"
fn alternatives(group: &Group) -> String {
    let one = |names: &Vec<String>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" with ");
    let all = group.of.iter().map(one).collect::<Vec<_>>().join(", ");
    match group.need {
        Need::One => format!("exactly one of {all}"),
        Need::Any => format!("at least one of {all}"),
    }
}
