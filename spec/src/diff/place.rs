//! Where two things are compared, which way values go there, and how a difference is judged by that.

use super::difference::{Direction, Part, Subject, Verdict};
use crate::Field;

/// Which ways a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ways {
    /// Callers send it.
    pub(super) input: bool,
    /// Callers read it.
    pub(super) output: bool,
}

impl Ways {
    pub(super) const NONE: Self = Self { input: false, output: false };
    pub(super) const INPUT: Self = Self { input: true, output: false };
    pub(super) const OUTPUT: Self = Self { input: false, output: true };

    pub(super) fn and(self, other: Self) -> Self {
        Self { input: self.input && other.input, output: self.output && other.output }
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self { input: self.input || other.input, output: self.output || other.output }
    }

    /// The ways of a member: what is read only is not sent, what repeats another member is left out where it is read.
    pub(super) fn of_member(self, field: &Field) -> Self {
        Self { input: self.input && !field.read_only, output: self.output && field.copy_of.is_none() }
    }

    pub(super) fn direction(self) -> Option<Direction> {
        match (self.input, self.output) {
            (true, true) => Some(Direction::Both),
            (true, false) => Some(Direction::Input),
            (false, true) => Some(Direction::Output),
            (false, false) => None,
        }
    }

    /// The graver of what it means to those who send it and to those who read it.
    pub(super) fn judge(self, input: Ruling, output: Ruling) -> Ruling {
        match (self.input, self.output) {
            (true, true) if output.verdict > input.verdict => output,
            (true, _) => input,
            (false, true) => output,
            (false, false) => patch("the bindings do not have it"),
        }
    }

    /// The same to those who send it and those who read it.
    pub(super) fn judge_alike(self, ruling: Ruling) -> Ruling {
        self.judge(ruling, ruling)
    }
}

/// A verdict and its reason.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ruling {
    pub(super) verdict: Verdict,
    pub(super) reason: &'static str,
}

pub(super) fn patch(reason: &'static str) -> Ruling {
    Ruling { verdict: Verdict::Patch, reason }
}

pub(super) fn minor(reason: &'static str) -> Ruling {
    Ruling { verdict: Verdict::Minor, reason }
}

pub(super) fn major(reason: &'static str) -> Ruling {
    Ruling { verdict: Verdict::Major, reason }
}

/// A place in both specs.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) subject: Subject,
    pub(super) name: String,
    /// In the keys of the spec, `params.FIELDS.NAME`; empty for the whole.
    pub(super) path: String,
    /// How people call it; `None` for the whole.
    pub(super) part: Option<Part>,
    pub(super) ways: Ways,
    noun: &'static str,
    /// The names of the members on the way, `FIELDS.NAME`.
    members: String,
}

impl Place {
    /// The whole.
    pub(super) fn of(subject: Subject, name: &str) -> Self {
        let (name, path, members) = (name.to_owned(), String::new(), String::new());
        Self { subject, name, path, part: None, ways: Ways::NONE, noun: "member", members }
    }

    pub(super) fn going(self, ways: Ways) -> Self {
        Self { ways, ..self }
    }

    /// A key that says something of the whole.
    pub(super) fn key(&self, key: &str) -> Self {
        Self { path: joined(&self.path, key), ..self.clone() }
    }

    /// A key that holds fields: `params`, each of which is a parameter.
    pub(super) fn list(&self, key: &str, noun: &'static str) -> Self {
        Self { noun, ..self.key(key) }
    }

    /// The result of a method.
    pub(super) fn result(&self) -> Self {
        let part = Some(Part { noun: "result", name: String::new(), of: String::new() });
        Self { part, noun: "member", ..self.key("result") }.going(Ways::OUTPUT)
    }

    /// A field in the list of fields, or a member of the object, that stands here.
    pub(super) fn member(&self, name: &str) -> Self {
        let members = joined(&self.members, name);
        let of = if self.path.starts_with("result") { " of the result" } else { "" };
        let part = Some(Part { noun: self.noun, name: members.clone(), of: of.to_owned() });
        Self { path: joined(&self.path, name), part, members, ..self.clone() }
    }

    /// One of several under a key: an error, a value, a key.
    pub(super) fn item(&self, key: &str, noun: &'static str, name: &str) -> Self {
        let name = name.to_owned();
        let of = if self.members.is_empty() { String::new() } else { format!(" in `{}`", self.members) };
        // The groups of a list of fields stand beside the list.
        let is_list = self.members.is_empty() && self.part.is_none();
        let path = if is_list { key.to_owned() } else { joined(&self.path, key) };
        let path = if name.is_empty() { path } else { joined(&path, &name) };
        Self { path, part: Some(Part { noun, name, of }), ..self.clone() }
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
