//! One field of both specs, key by key.

use super::{
    comparison::{Comparison, Edge, Shift, Words},
    difference::Action,
    members::Members,
    place::{Place, major, minor, patch},
    position::Position,
    shape,
    words::are_alike,
};
use crate::{Field, TypeExpr};

/// A field as it was and as it is, and where bindings take it.
pub(super) struct Sides<'a> {
    old: &'a Field,
    new: &'a Field,
    was: Position,
    is: Position,
}

impl<'a> Sides<'a> {
    pub(super) fn new((old, among_old): (&'a Field, Members<'_>), (new, among_new): (&'a Field, Members<'_>)) -> Self {
        Self { old, new, was: Position::of(old, among_old), is: Position::of(new, among_new) }
    }

    /// The result of a method: a field that nobody sends and that is always there.
    pub(super) fn of_result(old: &'a Field, new: &'a Field) -> Self {
        Self { old, new, was: Position::Nowhere, is: Position::Nowhere }
    }

    fn moves(&self, from: Position, to: Position) -> bool {
        self.was == from && self.is == to
    }
}

impl Comparison<'_> {
    pub(super) fn field(&mut self, owner: &Place, sides: &Sides<'_>) {
        let (old, new) = (sides.old, sides.new);
        // What goes a way in one of the specs only is told where that changed.
        let at = owner.member(&new.name).going(owner.ways.of_member(old).or(owner.ways.of_member(new)));
        if old.name != new.name {
            let ruling = if are_alike(&old.name, &new.name) {
                minor("the bindings call it the same")
            } else {
                major("the bindings call it by its name")
            };
            let ruling = at.ways.judge_alike(ruling);
            self.tell(&at, Action::Changed, ruling, format!("was named `{}`", old.name));
        }
        let is_read_alike = shape::member(self.old, old) == shape::member(self.new, new);
        self.type_of(&at, sides, is_read_alike);
        self.required(&at, sides, is_read_alike);
        self.ways_of(&at, owner, sides);
        self.content(&at, sides);
    }

    /// What a method answers.
    pub(super) fn result(&mut self, at: &Place, old: &Field, new: &Field) {
        let sides = Sides::of_result(old, new);
        self.type_of(at, &sides, shape::read(self.old, old) == shape::read(self.new, new));
        self.content(at, &sides);
    }

    fn type_of(&mut self, at: &Place, sides: &Sides<'_>, is_read_alike: bool) {
        let (old, new) = (&sides.old.ty.to_string(), &sides.new.ty.to_string());
        // A shared type whose letter case alone is another is told once, as a type.
        if old.eq_ignore_ascii_case(new) {
            return;
        }
        let before = shape::taken(self.old, sides.old, sides.was);
        let input = if before == shape::taken(self.new, sides.new, sides.is) {
            minor("the bindings take the same values for it")
        } else {
            major("the bindings take values of another type")
        };
        let output = if is_read_alike {
            minor("the bindings give values of the same type")
        } else {
            major("the bindings give values of another type")
        };
        self.tell(at, Action::Changed, at.ways.judge(input, output), format!("is `{new}` now, it was `{old}`"));
    }

    fn required(&mut self, at: &Place, sides: &Sides<'_>, is_read_alike: bool) {
        let is = sides.new.required;
        if sides.old.required == is {
            return;
        }
        let input = match (sides.was, sides.is) {
            (Position::Setter, Position::Argument) => major("calls without it do not compile, and portals refuse them"),
            (Position::Argument, Position::Setter) => {
                major("callers may leave it out, but the argument becomes a setter")
            }
            (Position::Choice, _) | (_, Position::Choice) => minor("the choice tells what it means to callers"),
            _ => minor("the bindings take it as before"),
        };
        let output = match (is_read_alike, is) {
            (true, _) => minor("the bindings give values of the same type"),
            (false, true) => major("what was optional in the bindings is a plain value"),
            (false, false) => major("what was a plain value in the bindings is optional"),
        };
        let predicate = match (at.ways.input, is) {
            (true, true) => "must be sent now",
            (true, false) => "may be left out now",
            (false, true) => "is always present now",
            (false, false) => "may be missing now",
        };
        self.tell(at, Action::Changed, at.ways.judge(input, output), predicate);
    }

    /// Whether it is sent and whether it is read.
    fn ways_of(&mut self, at: &Place, owner: &Place, sides: &Sides<'_>) {
        let (old, new) = (sides.old, sides.new);
        if old.read_only != new.read_only {
            let (input, predicate) = match sides.is {
                Position::Nowhere => (major("who sends it has to stop"), "is only read now"),
                Position::Argument => (major("calls without it do not compile"), "is sent too now"),
                _ => (minor("calls without it stay as they are"), "is sent too now"),
            };
            let ruling = owner.ways.judge(input, patch("it is read as before"));
            self.tell(at, Action::Changed, ruling, predicate);
        }
        if old.copy_of != new.copy_of {
            let input = patch("it is sent as before");
            let (output, predicate) = match (&old.copy_of, &new.copy_of) {
                (None, Some(of)) => {
                    (major("the bindings leave it out: read the other"), format!("repeats `{of}` and is left out now"))
                }
                (Some(of), None) => {
                    (minor("who does not read it need not know"), format!("does not repeat `{of}` any more"))
                }
                (_, Some(of)) => (patch("the bindings leave it out as before"), format!("repeats `{of}` now")),
                (None, None) => return,
            };
            self.tell(at, Action::Changed, owner.ways.judge(input, output), predicate);
        }
    }

    /// What a field and a result have alike.
    fn content(&mut self, at: &Place, sides: &Sides<'_>) {
        let (old, new) = (sides.old, sides.new);
        self.prose(at, &old.doc, &new.doc, "is described in other words");
        self.default(at, old, new);
        self.limit(at, old.limit.as_ref(), new.limit.as_ref());
        self.inject(at, sides);
        if old.send_yes_no != new.send_yes_no {
            let ruling = patch("the client writes it; callers give a bool as before");
            let how = if new.send_yes_no { "`Y` or `N`" } else { "true or false" };
            self.tell(at, Action::Changed, ruling, format!("is written as {how} now"));
        }
        if old.webhook_only != new.webhook_only {
            let ruling = at.ways.judge_alike(minor("the bindings take it as before"));
            let whom = if new.webhook_only { "webhooks only" } else { "applications too" };
            self.tell(at, Action::Changed, ruling, format!("is for calls through {whom} now"));
        }
        self.life(at, old, new);
        let words = Words {
            has: "is also known as",
            has_no_more: "is not known any more as",
            added: patch("the client writes and reads the name as before"),
            removed: at.ways.judge(
                patch("the client writes the name as before"),
                minor("what comes under that name is not read any more"),
            ),
        };
        // The other name of a field that was renamed is told with the new one.
        let without = |aliases: &[String]| -> Vec<String> {
            aliases.iter().filter(|alias| **alias != old.name && **alias != new.name).cloned().collect()
        };
        self.words(at, &without(&old.aliases), &without(&new.aliases), &words);
        self.nested(at, old, new);
    }

    fn default(&mut self, at: &Place, old: &Field, new: &Field) {
        if old.default == new.default {
            return;
        }
        let ruling = at
            .ways
            .judge(minor("calls that leave it out may mean something else"), patch("the documentation alone says it"));
        let predicate = match (&old.default, &new.default) {
            (Some(was), Some(is)) => format!("counts as `{}` where it is left out, it was `{}`", short(is), short(was)),
            (None, Some(is)) => format!("counts as `{}` where it is left out", short(is)),
            (_, None) => "has no known default any more".to_owned(),
        };
        self.tell(at, Action::Changed, ruling, predicate);
    }

    fn inject(&mut self, at: &Place, sides: &Sides<'_>) {
        let (old, new) = (sides.old.inject, sides.new.inject);
        if old == new {
            return;
        }
        let input = if sides.old.required == sides.new.required && sides.moves(Position::Argument, Position::Setter) {
            major("the client fills it in, but the argument becomes a setter")
        } else if new.is_none() {
            major("who left it to the client has to give it")
        } else {
            minor("the client sends it where it was left out")
        };
        let predicate = match new {
            Some(inject) => format!("is filled in with `{}` now", inject.word()),
            None => "is not filled in by the client any more".to_owned(),
        };
        self.tell(at, Action::Changed, at.ways.judge(input, patch("it is read as before")), predicate);
    }

    /// Since when and until when it exists.
    fn life(&mut self, at: &Place, old: &Field, new: &Field) {
        let docs = patch("the documentation alone says it");
        self.revision(at, Edge::Since, (old.since.as_ref(), new.since.as_ref()), |shift| {
            let input = match shift {
                Shift::Learnt | Shift::Later => minor("the client does not send it to older portals"),
                Shift::Forgotten | Shift::Earlier => patch("the client sends it to older portals too"),
            };
            at.ways.judge(input, docs)
        });
        self.revision(at, Edge::Until, (old.until.as_ref(), new.until.as_ref()), |shift| {
            let input = match shift {
                Shift::Learnt | Shift::Earlier => minor("the client does not send it to newer portals"),
                Shift::Forgotten | Shift::Later => patch("the client sends it to newer portals too"),
            };
            at.ways.judge(input, docs)
        });
        let (action, input, predicate) = match (&old.ends, &new.ends) {
            (before, now) if before == now => return,
            (_, None) => {
                let input = patch("who uses it is not warned any more");
                (Action::Changed, input, "is not about to end any more".to_owned())
            }
            (Some(before), Some(day)) if before < day => {
                let predicate = format!("is promised until {day} now, it was {before}");
                (Action::Changed, patch("there is more time"), predicate)
            }
            (_, Some(day)) => {
                let input = minor("the compiler warns who uses it");
                (Action::Deprecated, input, format!("is promised until {day} only"))
            }
        };
        self.tell(at, action, at.ways.judge(input, docs), predicate);
    }

    /// The members of the object that stands in the field itself.
    fn nested(&mut self, at: &Place, old: &Field, new: &Field) {
        if [old, new].iter().any(|field| *field.ty.innermost() != TypeExpr::Object) {
            return;
        }
        if old.fields.is_empty() == new.fields.is_empty() {
            return self.members(at, Members::inside(old), Members::inside(new));
        }
        let (ruling, predicate) = if old.fields.is_empty() {
            (major("what was any value has members of its own in the bindings"), "is described member by member now")
        } else {
            (major("what had members of its own is any value in the bindings"), "is not described any more")
        };
        self.tell(at, Action::Changed, at.ways.judge_alike(ruling), predicate);
    }
}

/// A value that fits into a sentence.
fn short(value: &serde_json::Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if text.chars().count() <= 40 { text } else { text.chars().take(39).chain(['…']).collect() }
}
