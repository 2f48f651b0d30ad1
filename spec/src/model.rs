mod error;
mod event;
mod field;
mod history;
mod method;
mod types;

use std::collections::BTreeMap;

use crate::{Diagnostics, Sources, read};

pub use error::{ErrorKind, MethodError, SystemError};
pub use event::Event;
pub use field::{Field, Group, Inject, Limit, Need, Since};
pub use history::{Change, ChangeKind, Counter, Step};
pub use method::{Advance, Method, Paging, Status, Through};
pub use types::{EnumValue, Tag, TypeDef, TypeKind};

/// The whole API.
#[derive(Debug, Clone, Default)]
pub struct Spec {
    /// Methods by REST name.
    pub methods: BTreeMap<String, Method>,
    /// Events by name.
    pub events: BTreeMap<String, Event>,
    /// Shared types by name.
    pub types: BTreeMap<String, TypeDef>,
    /// Errors that any method may answer.
    pub errors: Vec<SystemError>,
    /// Revision counters by name.
    pub revisions: BTreeMap<String, Counter>,
    /// The platform's change log, newest first.
    pub changes: Vec<Change>,
    /// Changes with any change of the files ([`Sources::hash`]).
    pub hash: u64,
}

impl Spec {
    /// The spec that travels inside this crate.
    ///
    /// # Errors
    /// Every mistake in the files. A released crate has none: its tests see to that.
    pub fn embedded() -> Result<Self, Diagnostics> {
        Self::read(&Sources::embedded())
    }

    /// Reads and checks a set of files.
    ///
    /// # Errors
    /// Every mistake in the files, not only the first.
    pub fn read(sources: &Sources) -> Result<Self, Diagnostics> {
        read::spec(sources)
    }

    /// Finds a method by one of its names in any letter case, as portals do.
    pub fn method(&self, name: &str) -> Option<&Method> {
        self.methods.get(name).or_else(|| self.methods.values().find(|method| method.is_called(name)))
    }
}

/// The word that stands for a value.
fn word<T: PartialEq>(known: &[(&'static str, T)], value: &T) -> &'static str {
    known.iter().find(|(_, other)| other == value).map_or("", |(word, _)| word)
}
