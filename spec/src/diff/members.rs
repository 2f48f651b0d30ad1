//! Lists of fields with the groups among them: parameters, members of objects, data of events.

use super::{
    comparison::Comparison,
    difference::Action,
    field::Sides,
    pairs::{Pair, by_name},
    place::{Place, major, minor},
    position::{Position, arguments},
};
use crate::{Field, Group};

/// A list of fields and the groups among them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Members<'a> {
    pub(super) fields: &'a [Field],
    pub(super) groups: &'a [Group],
}

impl<'a> Members<'a> {
    pub(super) fn of(fields: &'a [Field], groups: &'a [Group]) -> Self {
        Self { fields, groups }
    }

    /// The members of a nested object.
    pub(super) fn inside(field: &'a Field) -> Self {
        Self { fields: &field.fields, groups: &field.groups }
    }
}

impl Comparison<'_> {
    pub(super) fn members(&mut self, at: &Place, old: Members<'_>, new: Members<'_>) {
        for pair in by_name(old.fields, new.fields, |field| (&field.name, &field.aliases)) {
            match pair {
                Pair::Both(was, is) => self.field(at, &Sides::new((was, old), (is, new))),
                Pair::New(field) => self.new_field(at, field, new),
                Pair::Gone(field) => self.gone_field(at, field),
            }
        }
        self.groups(at, old, new);
        if at.ways.input {
            self.order_of_arguments(at, old, new);
        }
    }

    fn new_field(&mut self, owner: &Place, field: &Field, among: Members<'_>) {
        let at = owner.member(&field.name).going(owner.ways.of_member(field));
        let position = Position::of(field, among);
        let input = match position {
            Position::Argument => major("calls without it do not compile, and portals refuse them"),
            // What the choice means to callers is told with the choice.
            Position::Choice => minor("it is one of several"),
            Position::Setter | Position::Nowhere => minor("calls without it stay as they are"),
        };
        let ruling = at.ways.judge(input, minor("who does not read it need not know"));
        let how = match (at.ways.input, position, field.required) {
            (true, Position::Argument, _) => " and must be sent",
            (true, ..) => " and may be left out",
            (false, _, true) => " and always present",
            (false, ..) => " and may be missing",
        };
        self.tell(&at, Action::Added, ruling, format!("is new{how}"));
    }

    fn gone_field(&mut self, owner: &Place, field: &Field) {
        let at = owner.member(&field.name).going(owner.ways.of_member(field));
        let ruling = at.ways.judge(major("who sends it has to stop"), major("who reads it has to do without"));
        self.tell(&at, Action::Removed, ruling, "is gone");
    }

    fn order_of_arguments(&mut self, at: &Place, old: Members<'_>, new: Members<'_>) {
        let (was, is) = (arguments(old), arguments(new));
        let kept = |list: &[String], other: &[String]| -> Vec<String> {
            list.iter().filter(|argument| other.contains(argument)).cloned().collect()
        };
        let (was, is) = (kept(&was, &is), kept(&is, &was));
        if was != is {
            let ruling = major("arguments of one type would trade places unnoticed");
            let predicate = format!("takes {} in this order now, it was {}", is.join(", "), was.join(", "));
            self.tell(at, Action::Changed, ruling, predicate);
        }
    }
}
