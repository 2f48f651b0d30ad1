//! Which pages there are and how they are called.

use std::collections::BTreeMap;

use b24_spec::Spec;

use crate::{
    entry::Entry,
    sheet::{Members, Sheets},
};

pub(super) struct Site<'a> {
    pub(super) spec: &'a Spec,
    pub(super) sheets: Sheets<'a>,
    /// The pages of methods, events and types by name and alias.
    pages: BTreeMap<&'a str, String>,
}

impl<'a> Site<'a> {
    pub(super) fn new(spec: &'a Spec, members: Members) -> Self {
        let mut pages = BTreeMap::new();
        for entry in Entry::all(spec) {
            pages.entry(entry.name()).or_insert_with(|| path(entry));
        }
        // A name of its own goes before another's alias.
        for entry in Entry::all(spec) {
            for alias in entry.aliases() {
                pages.entry(alias).or_insert_with(|| path(entry));
            }
        }
        Self { spec, sheets: Sheets::new(spec, members), pages }
    }

    /// The page of a method, an event or a type.
    pub(super) fn page(&self, name: &str) -> Option<&str> {
        self.pages.get(name).map(String::as_str)
    }

    /// The page of a type, even where a method has the same name.
    pub(super) fn type_page(&self, name: &str) -> Option<String> {
        self.spec.types.get(name).map(|def| path(Entry::Type(def)))
    }
}

/// The path of a page below the folder of the reference.
pub(super) fn path(entry: Entry<'_>) -> String {
    format!("{}s/{}.html", entry.kind(), plain(entry.name()))
}

/// A name in an address: what is neither letter nor digit nor dot nor dash nor underscore becomes a dash.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || "._-".contains(letter) { letter } else { '-' })
        .collect()
}

/// The anchor of a scope on the index.
pub(super) fn scope(scope: &str) -> String {
    if scope.is_empty() { "no-scope".to_owned() } else { format!("scope-{}", plain(scope)) }
}
