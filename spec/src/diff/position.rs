//! Where typed bindings take the value of a field that is sent.

use super::members::Members;
use crate::{Field, Need};

/// Where the value of a field is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// By an argument: nobody can forget it.
    Argument,
    /// By one alternative of a choice, which is an argument.
    Choice,
    /// By a setter: it may be left out, or left to the client.
    Setter,
    /// Nowhere: it is only read.
    Nowhere,
}

impl Position {
    pub(super) fn of(field: &Field, among: Members<'_>) -> Self {
        if field.read_only {
            Self::Nowhere
        } else if field.required && field.inject.is_none() {
            Self::Argument
        } else if among.choices().any(|(_, group)| group.of.iter().flatten().any(|name| *name == field.name)) {
            Self::Choice
        } else {
            Self::Setter
        }
    }
}

/// The arguments in their order: choices first, then required fields.
pub(super) fn arguments(of: Members<'_>) -> Vec<String> {
    let choices = of.choices().map(|(index, group)| super::group::label(group, index));
    let is_argument = |field: &&Field| Position::of(field, of) == Position::Argument;
    choices.chain(of.fields.iter().filter(is_argument).map(|field| format!("`{}`", field.name))).collect()
}

impl<'a> Members<'a> {
    /// The groups of which exactly one alternative is needed, each with its place among all groups.
    pub(super) fn choices(self) -> impl Iterator<Item = (usize, &'a crate::Group)> {
        self.groups.iter().enumerate().filter(|(_, group)| group.need == Need::One)
    }
}
