//! One difference.

use std::fmt;

/// One difference between two specs. `Display` is what happened, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What kind of thing differs.
    pub subject: Subject,
    /// Its name: of a method, event or type, the code of an error, a revision counter, the id of a change.
    pub name: String,
    /// Where in it, in the keys of the spec: `params.KEYBOARD`; empty for the whole.
    pub place: String,
    /// What happened to it.
    pub action: Action,
    /// Whether it is about what callers send or what they read; `None` for neither.
    pub direction: Option<Direction>,
    /// What it means to users of the bindings.
    pub verdict: Verdict,
    /// Why it means that.
    pub reason: &'static str,
    /// Where it is not the whole that differs.
    pub(super) part: Option<Part>,
    /// "is new and may be left out"
    pub(super) predicate: String,
}

/// A part of what differs, as people call it: "the member `id` of the result".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// "member"
    pub(super) noun: &'static str,
    /// "id"; empty where it has no name.
    pub(super) name: String,
    /// " of the result"
    pub(super) of: String,
}

/// What kind of thing differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A method.
    Method,
    /// An event.
    Event,
    /// A shared type.
    Type,
    /// An error that any method may answer.
    Error,
    /// A revision counter.
    Revision,
    /// An entry of the platform's change log.
    ChangeLog,
}

/// What happened to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// It was not there.
    Added,
    /// It is not the same.
    Changed,
    /// It will go, or something else should be used.
    Deprecated,
    /// It is not there any more.
    Removed,
    /// It is the same in other words.
    Reworded,
}

/// Which way a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Callers send it.
    Input,
    /// Callers read it.
    Output,
    /// Callers send and read it.
    Both,
}

/// What a difference means to users of the bindings, in the words of semantic versions; a later one is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// They need not know.
    Patch,
    /// Their programs stay as they are, and there is something to know.
    Minor,
    /// Some of their programs have to change.
    Major,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            None => write!(f, "{} {}", self.name, self.predicate),
            Some(part) => write!(f, "{}: {part} {}", self.name, self.predicate),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { noun, name, of } = self;
        if name.is_empty() { write!(f, "the {noun}{of}") } else { write!(f, "the {noun} `{name}`{of}") }
    }
}

impl Subject {
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::Event => "event",
            Self::Type => "type",
            Self::Error => "error",
            Self::Revision => "revision",
            Self::ChangeLog => "change log",
        }
    }
}

impl Action {
    /// `+`, `-` or `~`
    pub(super) fn sign(self) -> char {
        match self {
            Self::Added => '+',
            Self::Changed | Self::Deprecated | Self::Reworded => '~',
            Self::Removed => '-',
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Input => "input",
            Self::Output => "output",
            Self::Both => "input and output",
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}
