//! Turns the [spec](b24_spec) into typed Rust bindings.
//!
//! `load → check` happen in `b24-spec`; here the spec becomes a plan of what to write (`plan`) and the plan becomes
//! text (`render`). [`generate`] is a pure function: the same spec and options give the same files, byte for byte.
//!
//! ```
//! let spec = b24_spec::Spec::embedded().expect("the embedded spec is checked by the tests");
//! let files = b24_codegen::generate(&spec, &b24_codegen::Options::all_scopes());
//! assert!(files["api/imbot.rs"].contains("pub fn add("));
//! ```

#[cfg(feature = "cli")]
mod binding;
#[cfg(feature = "cli")]
pub mod card;
#[cfg(feature = "cli")]
pub mod document;
#[cfg(feature = "cli")]
pub mod entry;
#[cfg(feature = "cli")]
pub mod export;
#[cfg(feature = "cli")]
pub mod import;
mod listing;
mod names;
mod plan;
#[cfg(feature = "cli")]
pub mod reference;
#[cfg(feature = "cli")]
mod relations;
mod render;
mod rust_type;
#[cfg(feature = "cli")]
pub mod search;
#[cfg(feature = "cli")]
mod sheet;
#[cfg(feature = "cli")]
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use b24_spec::{Since, Spec};

pub use listing::listing;

/// What to generate.
#[derive(Debug, Clone, Default)]
pub struct Options {
    scopes: Option<BTreeSet<String>>,
    ceilings: BTreeMap<String, u32>,
}

impl Options {
    /// Every method and event of the spec.
    pub fn all_scopes() -> Self {
        Self::default()
    }

    /// Only methods and events of these scopes, and those that need none.
    pub fn scopes(scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { scopes: Some(scopes.into_iter().map(Into::into).collect()), ..Self::default() }
    }

    /// Leaves out what came after this revision of a counter: using it does not compile.
    pub fn ceiling(mut self, counter: impl Into<String>, revision: u32) -> Self {
        self.ceilings.insert(counter.into(), revision);
        self
    }

    /// Whether anything but what needs no scope is wanted.
    fn has_scopes(&self) -> bool {
        self.scopes.as_ref().is_none_or(|scopes| !scopes.is_empty())
    }

    /// Whether the bindings are to have what came with this revision.
    fn allows(&self, since: Option<&Since>) -> bool {
        since.is_none_or(|since| self.ceilings.get(&since.counter).is_none_or(|ceiling| since.revision <= *ceiling))
    }

    fn includes(&self, scope: &str) -> bool {
        scope.is_empty() || self.scopes.as_ref().is_none_or(|scopes| scopes.contains(scope))
    }
}

/// Generated source files by path: `api.rs` and `api/<first part of the REST names>.rs`, `types.rs`, `events.rs`.
pub type Files = BTreeMap<String, String>;

/// Writes the bindings. The code refers to the crate it stands in, `b24-runtime`.
pub fn generate(spec: &Spec, options: &Options) -> Files {
    render::files(spec, options, &plan::Plan::new(spec, options))
}

/// The scopes that the spec knows, in order.
pub fn scopes(spec: &Spec) -> BTreeSet<&str> {
    let of_methods = spec.methods.values().map(|method| method.scope.as_str());
    let of_events = spec.events.values().map(|event| event.scope.as_str());
    of_methods.chain(of_events).filter(|scope| !scope.is_empty()).collect()
}
