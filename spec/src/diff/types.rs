//! Shared types. A difference counts the ways in which both specs reach the type.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    comparison::{Comparison, Edge},
    difference::{Action, Subject},
    members::Members,
    pairs::{Likeness, Pair, by_name, pairs, sorted},
    place::{Place, Ways, major, minor, patch},
    reach::Reach,
    recursion::{is_held, recursive},
    shape,
};
use crate::{EnumValue, Field, Tag, TypeDef, TypeExpr, TypeKind};

impl Comparison<'_> {
    pub(super) fn types(&mut self, was: &BTreeMap<String, Reach>, is: &BTreeMap<String, Reach>) {
        let boxed = (recursive(self.old), recursive(self.new));
        let pairs = by_name(self.old.types.values(), self.new.types.values(), |def| (&def.name, &[]));
        for pair in sorted(pairs, |def| &def.name) {
            match pair {
                Pair::Both(old, new) => {
                    let (was, is) = (reached(was, old), reached(is, new));
                    let at = Place::of(Subject::Type, &new.name).going(was.and(is));
                    self.reached(&at, (old, was), (new, is));
                    self.boxed(&at, old, new, &boxed);
                    self.type_def(&at, old, new);
                }
                Pair::New(def) => {
                    let at = Place::of(Subject::Type, &def.name).going(reached(is, def));
                    let ruling = at.ways.judge_alike(minor("nobody uses it yet"));
                    self.tell(&at, Action::Added, ruling, format!("is new: {}", def.doc.trim_end_matches('.')));
                }
                Pair::Gone(def) => {
                    let at = Place::of(Subject::Type, &def.name).going(reached(was, def));
                    let ruling = at.ways.judge_alike(major("who names it has to stop"));
                    self.tell(&at, Action::Removed, ruling, "is gone");
                }
            }
        }
    }

    /// Which types the bindings make of it: what goes both ways has a second one, for what is sent.
    fn reached(&mut self, at: &Place, (old, was): (&TypeDef, Ways), (new, is): (&TypeDef, Ways)) {
        let (before, now) = (Bound::of(old, was), Bound::of(new, is));
        // What another kind makes of it is told with the kind.
        if before == now || was == is {
            return;
        }
        let is_lost = before.plain.is_some() && before.plain != now.plain || before.has_input && !now.has_input;
        let ruling = if is_lost {
            major("the bindings have another type of that name, or none")
        } else {
            minor("the bindings have one more type")
        };
        self.tell(
            &at.clone().going(was.or(is)),
            Action::Changed,
            ruling,
            format!("is {} now, it was {}", goes(is), goes(was)),
        );
    }

    fn boxed(&mut self, at: &Place, old: &TypeDef, new: &TypeDef, (was, is): &(BTreeSet<&str>, BTreeSet<&str>)) {
        let is_boxed = is.contains(new.name.as_str());
        if was.contains(old.name.as_str()) != is_boxed && at.ways.output && is_held(self.old, &old.name) {
            let predicate = if is_boxed { "can hold itself now" } else { "cannot hold itself any more" };
            let ruling = major("members that hold one come in a box, or out of it");
            self.tell(at, Action::Changed, ruling, predicate);
        }
    }

    fn type_def(&mut self, at: &Place, old: &TypeDef, new: &TypeDef) {
        if old.name != new.name {
            let ruling = at.ways.judge_alike(major("the bindings call it by its name"));
            self.tell(at, Action::Changed, ruling, format!("was named `{}`", old.name));
        }
        self.prose(&at.key("doc"), &old.doc, &new.doc, "is described in other words");
        self.prose(&at.key("met"), &old.met, &new.met, "is met elsewhere");
        let since = (old.since.as_ref(), new.since.as_ref());
        self.revision(&at.key("since"), Edge::Since, since, |_| patch("the documentation alone says it"));
        if old.by_hand != new.by_hand {
            let how = if new.by_hand { "by hand" } else { "by the generator" };
            let ruling = at.ways.judge_alike(major("the type in the bindings is another"));
            self.tell(&at.key("binding"), Action::Changed, ruling, format!("is written {how} now"));
        }
        self.limit(&at.key("limit"), old.limit.as_ref(), new.limit.as_ref());
        self.prose(&at.key("rules"), &old.rules, &new.rules, "has other rules in words");
        match (&old.kind, &new.kind) {
            (TypeKind::Id(old), TypeKind::Id(new)) if old != new => {
                let ruling = at.ways.judge_alike(major("programs that look inside take another value"));
                self.tell(&at.key("of"), Action::Changed, ruling, format!("is made of `{new}` now, it was `{old}`"));
            }
            (TypeKind::Id(_), TypeKind::Id(_)) | (TypeKind::Dialog, TypeKind::Dialog) => {}
            (TypeKind::Enum(old), TypeKind::Enum(new)) => self.values(at, old, new),
            (TypeKind::Object { fields, groups }, TypeKind::Object { fields: new_fields, groups: new_groups }) => {
                let list = at.list("fields", "member");
                self.members(&list, Members::of(fields, groups), Members::of(new_fields, new_groups));
            }
            (TypeKind::List(old), TypeKind::List(new)) => self.list_of(at, old, new),
            (TypeKind::Union(old), TypeKind::Union(new)) => self.forms(at, old, new),
            (TypeKind::Tagged(old), TypeKind::Tagged(new)) => self.tags(at, old, new),
            (old, new) => {
                let ruling = at.ways.judge_alike(major("the type in the bindings is another"));
                let predicate = format!("is {} now, it was {}", kind(new), kind(old));
                self.tell(&at.key("kind"), Action::Changed, ruling, predicate);
            }
        }
    }

    fn values(&mut self, at: &Place, old: &[EnumValue], new: &[EnumValue]) {
        let place = |value: &EnumValue| {
            // A word of no letters is called as in the bindings.
            at.item("values", "value", if value.value.is_empty() { &value.name } else { &value.value })
        };
        let likeness = |old: &EnumValue, new: &EnumValue| match () {
            () if old.value == new.value => Likeness::Same,
            () if old.name == new.name => Likeness::Distant,
            () => Likeness::None,
        };
        for pair in pairs(old, new, likeness) {
            match pair {
                Pair::Both(old, new) => self.value(&place(new), old, new),
                Pair::New(value) => {
                    let ruling = at.ways.judge_alike(minor("the list is open: who matches has to expect others"));
                    self.tell(&place(value), Action::Added, ruling, "is new");
                }
                Pair::Gone(value) => {
                    let ruling = at.ways.judge_alike(major("who names it has to stop"));
                    self.tell(&place(value), Action::Removed, ruling, "is gone");
                }
            }
        }
        let has_colors = |values: &[EnumValue]| values.iter().any(|value| value.color.is_some());
        match (has_colors(old), has_colors(new)) {
            (false, true) => {
                let ruling = at.ways.judge_alike(minor("the bindings tell them"));
                self.tell(&at.key("values"), Action::Added, ruling, "has colours");
            }
            (true, false) => {
                let ruling = at.ways.judge_alike(major("the bindings do not tell them any more"));
                self.tell(&at.key("values"), Action::Removed, ruling, "has no colours any more");
            }
            _ => {}
        }
    }

    fn value(&mut self, at: &Place, old: &EnumValue, new: &EnumValue) {
        if old.value != new.value {
            let ruling = at.ways.judge_alike(major("portals do not mean the same by it"));
            self.tell(at, Action::Changed, ruling, format!("was written `{}`", old.value));
        }
        if old.name != new.name {
            let ruling = at.ways.judge_alike(major("who names it has to follow"));
            self.tell(at, Action::Changed, ruling, format!("is called `{}` now, it was `{}`", new.name, old.name));
        }
        self.prose(at, &old.doc, &new.doc, "is described in other words");
        let since = (old.since.as_ref(), new.since.as_ref());
        self.revision(at, Edge::Since, since, |_| patch("the documentation alone says it"));
        if old.color != new.color {
            let shown = |color: &Option<String>| color.clone().unwrap_or_else(|| "no colour".to_owned());
            let predicate = format!("stands for {} now, it was {}", shown(&new.color), shown(&old.color));
            self.tell(at, Action::Changed, patch("it is another shade"), predicate);
        }
    }

    fn list_of(&mut self, at: &Place, old: &TypeExpr, new: &TypeExpr) {
        if old.to_string().eq_ignore_ascii_case(&new.to_string()) {
            return;
        }
        let ruling = if shape::read(self.old, &Field::of(old.clone())) == shape::read(self.new, &Field::of(new.clone()))
        {
            minor("the items have the same type in the bindings")
        } else {
            major("the items have another type in the bindings")
        };
        let predicate = format!("is a list of `{new}` now, it was one of `{old}`");
        self.tell(&at.key("of"), Action::Changed, at.ways.judge_alike(ruling), predicate);
    }

    fn forms(&mut self, at: &Place, old: &[TypeExpr], new: &[TypeExpr]) {
        let likeness = |old: &TypeExpr, new: &TypeExpr| {
            if old.to_string().eq_ignore_ascii_case(&new.to_string()) { Likeness::Same } else { Likeness::None }
        };
        let pairs = pairs(old, new, likeness);
        for pair in &pairs {
            let place = |form: &TypeExpr| at.item("forms", "form", &form.to_string());
            match pair {
                Pair::Both(..) => {}
                Pair::New(form) => {
                    let ruling = at.ways.judge_alike(minor("the list of forms is open"));
                    self.tell(&place(form), Action::Added, ruling, "is new");
                }
                Pair::Gone(form) => {
                    let ruling = at.ways.judge_alike(major("who names it has to stop"));
                    self.tell(&place(form), Action::Removed, ruling, "is gone");
                }
            }
        }
        let kept: Vec<&TypeExpr> = pairs
            .iter()
            .filter_map(|pair| match pair {
                Pair::Both(old, _) => Some(*old),
                _ => None,
            })
            .collect();
        if !kept.iter().copied().eq(old.iter().filter(|form| kept.contains(form))) {
            let output = minor("a value that fits several forms is read as another");
            let ruling = at.ways.judge(patch("callers choose the form"), output);
            self.tell(&at.key("forms"), Action::Changed, ruling, "has its forms in another order");
        }
    }

    fn tags(&mut self, at: &Place, old: &[Tag], new: &[Tag]) {
        for pair in by_name(old, new, |tag| (&tag.key, &[])) {
            let place = |tag: &Tag| at.item("tags", "key", &tag.key);
            match pair {
                Pair::Both(old, new) => {
                    if old.key != new.key {
                        let ruling = at.ways.judge_alike(major("portals know it by its name"));
                        self.tell(&place(new), Action::Changed, ruling, format!("was named `{}`", old.key));
                    }
                    let (was, is) = (old.ty.to_string(), new.ty.to_string());
                    if !was.eq_ignore_ascii_case(&is) {
                        let ruling = at.ways.judge_alike(major("what stands under it is built another way"));
                        self.tell(&place(new), Action::Changed, ruling, format!("holds `{is}` now, it held `{was}`"));
                    }
                }
                Pair::New(tag) => {
                    let ruling = at.ways.judge_alike(minor("nobody uses it yet"));
                    self.tell(&place(tag), Action::Added, ruling, format!("is new and holds `{}`", tag.ty));
                }
                Pair::Gone(tag) => {
                    let ruling = at.ways.judge_alike(major("who uses it has to stop"));
                    self.tell(&place(tag), Action::Removed, ruling, "is gone");
                }
            }
        }
    }
}

fn reached(all: &BTreeMap<String, Reach>, def: &TypeDef) -> Ways {
    all.get(&def.name).map_or(Ways::NONE, |reach| reach.ways)
}

/// What bindings make of a type.
#[derive(Debug, PartialEq, Eq)]
struct Bound {
    /// The type that has its name: what it is made for, which for ids and enums is the same both ways.
    plain: Option<Ways>,
    /// Whether what is sent has a type of its own.
    has_input: bool,
}

impl Bound {
    fn of(def: &TypeDef, ways: Ways) -> Self {
        let nothing = Self { plain: None, has_input: false };
        if def.by_hand || ways == Ways::NONE {
            return nothing;
        }
        match def.kind {
            TypeKind::Id(_) | TypeKind::Enum(_) => Self { plain: Some(Ways::NONE), has_input: false },
            TypeKind::Object { .. } | TypeKind::Union(_) => Self {
                plain: Some(if ways.output { Ways::OUTPUT } else { Ways::INPUT }),
                has_input: ways.input && ways.output,
            },
            // They stand for themselves.
            TypeKind::List(_) | TypeKind::Tagged(_) | TypeKind::Dialog => nothing,
        }
    }
}

fn goes(ways: Ways) -> &'static str {
    match (ways.input, ways.output) {
        (true, true) => "sent and read",
        (true, false) => "sent",
        (false, true) => "read",
        (false, false) => "used by nothing",
    }
}

fn kind(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Id(_) => "an identifier",
        TypeKind::Enum(_) => "a list of words",
        TypeKind::Object { .. } => "an object",
        TypeKind::List(_) => "a list",
        TypeKind::Union(_) => "one of several forms",
        TypeKind::Tagged(_) => "an object with one key of several",
        TypeKind::Dialog => "a dialog",
    }
}
