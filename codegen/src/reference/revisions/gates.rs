//! What the sources tell the revision of.

use b24_spec::{Field, Since, Spec, TypeKind};

use crate::entry::Entry;

/// An entry, and what of it has a revision.
pub(super) struct Gates<'a> {
    pub(super) entry: Entry<'a>,
    /// The entry itself, where its revision is told.
    pub(super) own: Option<Gate<'a>>,
    /// Parameters, members and words.
    pub(super) inner: Vec<Gate<'a>>,
}

/// The revisions between which something is there.
pub(super) struct Gate<'a> {
    /// The part of the page that it stands in.
    pub(super) part: &'static str,
    pub(super) path: String,
    pub(super) since: Option<&'a Since>,
    pub(super) until: Option<&'a Since>,
}

impl Gate<'_> {
    pub(super) fn counters(&self) -> impl Iterator<Item = &str> {
        [self.since, self.until].into_iter().flatten().map(|at| at.counter.as_str())
    }
}

/// The gates of everything that has some: methods, events, types.
pub(super) fn all(spec: &Spec) -> Vec<Gates<'_>> {
    Entry::all(spec).map(of).filter(|gates| gates.own.is_some() || !gates.inner.is_empty()).collect()
}

fn of(entry: Entry<'_>) -> Gates<'_> {
    let (since, until) = entry.revisions();
    let mut inner = Vec::new();
    match entry {
        Entry::Method(method) => {
            fields("params", "", &method.params, &mut inner);
            fields("result", "", &method.result.fields, &mut inner);
        }
        Entry::Event(event) => fields("data", "", &event.data, &mut inner),
        Entry::Type(def) => match &def.kind {
            TypeKind::Object { fields: members, .. } => fields("members", "", members, &mut inner),
            TypeKind::Enum(values) => {
                let words = values.iter().filter(|value| value.since.is_some() && !value.value.is_empty());
                inner.extend(words.map(|value| Gate {
                    part: "words",
                    path: value.value.clone(),
                    since: value.since.as_ref(),
                    until: None,
                }));
            }
            _ => {}
        },
    }
    Gates { entry, own: gate("", String::new(), since, until), inner }
}

fn fields<'a>(part: &'static str, path: &str, list: &'a [Field], found: &mut Vec<Gate<'a>>) {
    for field in list {
        let path = if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
        found.extend(gate(part, path.clone(), field.since.as_ref(), field.until.as_ref()));
        fields(part, &path, &field.fields, found);
    }
}

fn gate<'a>(part: &'static str, path: String, since: Option<&'a Since>, until: Option<&'a Since>) -> Option<Gate<'a>> {
    (since.is_some() || until.is_some()).then_some(Gate { part, path, since, until })
}
