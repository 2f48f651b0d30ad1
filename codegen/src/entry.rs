//! What has a name of its own in the spec, and how to find it by that name.

use std::fmt;

use b24_spec::{Event, Method, Since, Spec, Status, TypeDef, closest};

/// A method, an event or a type.
#[derive(Debug, Clone, Copy)]
pub enum Entry<'a> {
    /// A REST method.
    Method(&'a Method),
    /// An event that a portal sends.
    Event(&'a Event),
    /// A shared type.
    Type(&'a TypeDef),
}

impl<'a> Entry<'a> {
    /// All of them: the methods, then the events, then the types, each by name.
    pub fn all(spec: &'a Spec) -> impl Iterator<Item = Self> {
        let methods = spec.methods.values().map(Self::Method);
        methods.chain(spec.events.values().map(Self::Event)).chain(spec.types.values().map(Self::Type))
    }

    /// Finds one by name or alias; letter case counts only where it tells two apart.
    ///
    /// # Errors
    /// When nothing has the name, with what was perhaps meant.
    pub fn find(spec: &'a Spec, name: &str) -> Result<Self, Unknown> {
        let exact = Self::all(spec).find(|entry| entry.name() == name);
        let found = exact.or_else(|| Self::all(spec).find(|entry| entry.is_called(name)));
        found.ok_or_else(|| Unknown { name: name.to_owned(), suggestions: suggestions(spec, name) })
    }

    /// The name as on the wire.
    pub fn name(self) -> &'a str {
        match self {
            Self::Method(method) => &method.name,
            Self::Event(event) => &event.name,
            Self::Type(def) => &def.name,
        }
    }

    /// Other names for the same.
    pub fn aliases(self) -> &'a [String] {
        match self {
            Self::Method(method) => &method.aliases,
            Self::Event(event) => &event.aliases,
            Self::Type(_) => &[],
        }
    }

    /// What it is: `method`, `event` or `type`.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Method(_) => "method",
            Self::Event(_) => "event",
            Self::Type(_) => "type",
        }
    }

    /// What it is about, in a sentence.
    pub fn summary(self) -> &'a str {
        match self {
            Self::Method(method) => &method.summary,
            Self::Event(event) => &event.summary,
            Self::Type(def) => &def.doc,
        }
    }

    /// The permission it needs; empty for none and for types.
    pub fn scope(self) -> &'a str {
        match self {
            Self::Method(method) => &method.scope,
            Self::Event(event) => &event.scope,
            Self::Type(_) => "",
        }
    }

    /// The revision that brought it and the last one that has it.
    pub fn revisions(self) -> (Option<&'a Since>, Option<&'a Since>) {
        match self {
            Self::Method(method) => (method.since.as_ref(), method.until.as_ref()),
            Self::Event(event) => (event.since.as_ref(), event.until.as_ref()),
            Self::Type(def) => (def.since.as_ref(), None),
        }
    }

    /// Whether it is what one should use today.
    pub fn status(self) -> &'a Status {
        match self {
            Self::Method(method) => &method.status,
            Self::Event(event) => &event.status,
            Self::Type(_) => &Status::Current,
        }
    }

    fn is_called(self, name: &str) -> bool {
        std::iter::once(self.name())
            .chain(self.aliases().iter().map(String::as_str))
            .any(|own| own.eq_ignore_ascii_case(name))
    }
}

/// Nothing has this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The name.
    pub name: String,
    /// What was perhaps meant, likeliest first, at most three.
    pub suggestions: Vec<String>,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no method, event or type \"{}\"", self.name)?;
        match self.suggestions.as_slice() {
            [] => write!(f, "; `search` finds one by what it does"),
            [one] => write!(f, ", did you mean {one}?"),
            [many @ .., last] => write!(f, ", did you mean {} or {last}?", many.join(", ")),
        }
    }
}

impl std::error::Error for Unknown {}

/// The names that `word` was most likely meant to be: those that end in it (`chat.add`), then those alike.
pub(crate) fn suggestions(spec: &Spec, word: &str) -> Vec<String> {
    let tail = format!(".{}", word.to_lowercase());
    let mut rest: Vec<&str> = Entry::all(spec).map(Entry::name).collect();
    let mut found: Vec<&str> = rest.iter().copied().filter(|name| name.to_lowercase().ends_with(&tail)).collect();
    while found.len() < 3 {
        rest.retain(|name| !found.contains(name));
        let Some(next) = closest(word, rest.iter().copied()) else { break };
        found.push(next);
    }
    found.into_iter().take(3).map(str::to_owned).collect()
}
