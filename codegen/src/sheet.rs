//! All there is to say of a method, an event or a type, in the order of a page; the terminal and the reference show it.

mod event;
mod method;
mod rows;
mod type_def;

use b24_spec::{Spec, TypeExpr};

use crate::{binding::Bindings, entry::Entry, relations::Relations, wording};

/// What is known of one entry. Text has names in backticks.
pub(crate) struct Sheet<'a> {
    pub(crate) entry: Entry<'a>,
    /// Why one should perhaps use something else.
    pub(crate) notice: Option<String>,
    /// Short facts, each under its label.
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) parts: Vec<Part<'a>>,
    /// The official page; empty for types.
    pub(crate) docs: &'a str,
}

/// A part of a sheet. What it does not need is empty.
#[derive(Default)]
pub(crate) struct Part<'a> {
    /// Tells it apart from the others of its sheet.
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    /// The type of the value that the part is about.
    pub(crate) ty: Option<&'a TypeExpr>,
    pub(crate) notes: Vec<String>,
    pub(crate) rows: Vec<Row<'a>>,
    /// Methods, events and types.
    pub(crate) names: Vec<&'a str>,
}

/// A parameter, a member, a word, an error or a change.
pub(crate) struct Row<'a> {
    /// How deep it is nested.
    pub(crate) depth: usize,
    /// The way to it inside its part, `FIELDS.COLOR`.
    pub(crate) path: String,
    pub(crate) name: &'a str,
    /// Must be sent, or is always there.
    pub(crate) required: bool,
    pub(crate) kind: Kind<'a>,
    pub(crate) doc: &'a str,
    pub(crate) facts: Vec<String>,
    /// `#rrggbb`
    pub(crate) color: Option<&'a str>,
}

/// What stands in the second column.
pub(crate) enum Kind<'a> {
    Type(&'a TypeExpr),
    Word(&'a str),
}

/// Whether members of shared types are told where the types are used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Members {
    /// One level of them: there is no page to turn to.
    Told,
    /// A link leads to them.
    Linked,
}

/// Writes the sheets of a spec.
pub(crate) struct Sheets<'a> {
    pub(crate) spec: &'a Spec,
    pub(crate) relations: Relations<'a>,
    bindings: Bindings<'a>,
    members: Members,
}

impl<'a> Sheets<'a> {
    pub(crate) fn new(spec: &'a Spec, members: Members) -> Self {
        Self { spec, relations: Relations::new(spec), bindings: Bindings::new(spec), members }
    }

    pub(crate) fn of(&self, entry: Entry<'a>) -> Sheet<'a> {
        let (own, mut parts, docs) = match entry {
            Entry::Method(method) => (method::facts(method), self.method(method), method.docs.as_str()),
            Entry::Event(event) => (event::facts(event), self.event(event), event.docs.as_str()),
            Entry::Type(def) => (type_def::facts(def), self.type_def(def), ""),
        };
        let mut facts = self.facts(entry);
        facts.extend(own);
        parts.extend(self.changes(entry));
        parts.retain(|part| !part.is_empty());
        Sheet { entry, notice: wording::status(entry.status()), facts, parts, docs }
    }

    /// What is told of every kind of entry.
    fn facts(&self, entry: Entry<'a>) -> Vec<(&'static str, String)> {
        let mut facts = Vec::new();
        let rust = self.bindings.of(entry, &self.relations);
        if !rust.is_empty() {
            facts.push(("Rust", wording::codes(rust).join(", ")));
        }
        if !entry.aliases().is_empty() {
            facts.push(("Also called", wording::codes(entry.aliases()).join(", ")));
        }
        let replaced = self.relations.replaced_by(entry.name());
        if !replaced.is_empty() {
            facts.push(("Replaces", wording::codes(replaced).join(", ")));
        }
        let (since, until) = entry.revisions();
        match since {
            Some(since) => facts.push(("Since", wording::revision(since))),
            // Of most types nobody tells; they are as old as what uses them.
            None if matches!(entry, Entry::Type(_)) => {}
            None => facts.push(("Since", "the sources do not tell".to_owned())),
        }
        facts.extend(until.map(|until| ("Up to", wording::revision(until))));
        facts
    }

    fn changes(&self, entry: Entry<'a>) -> Option<Part<'a>> {
        let rows: Vec<Row<'a>> = self.relations.changes(entry.name()).map(rows::change).collect();
        (!rows.is_empty()).then(|| Part { id: "changes", title: "Changes", rows, ..Part::default() })
    }
}

impl Part<'_> {
    /// What the mark at a name means here, where one has it.
    pub(crate) fn mark(&self) -> Option<&'static str> {
        let means = match self.id {
            "params" => "must be sent",
            "result" | "data" => "always there",
            _ => "required",
        };
        self.rows.iter().any(|row| row.required).then_some(means)
    }

    fn is_empty(&self) -> bool {
        self.ty.is_none() && self.notes.is_empty() && self.rows.is_empty() && self.names.is_empty()
    }
}

/// What no other part can hold.
fn rules<'a>(rules: &[String]) -> Part<'a> {
    Part { id: "rules", title: "Rules", notes: rules.to_vec(), ..Part::default() }
}
