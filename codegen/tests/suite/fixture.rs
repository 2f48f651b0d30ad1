//! Small specs in `tests/fixtures`.

use std::path::{Path, PathBuf};

use b24_codegen::{Files, Options, generate};
use b24_spec::{Sources, Spec};

pub(crate) const ALL: [&str; 4] = ["answers", "choices", "names", "scopes"];

pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

pub(crate) fn spec(name: &str) -> Spec {
    let sources = Sources::from_dir(&folder(name)).unwrap();
    Spec::read(&sources).unwrap_or_else(|mistakes| panic!("{name}: {mistakes}"))
}

pub(crate) fn generated(name: &str) -> Files {
    generate(&spec(name), &Options::all_scopes())
}

pub(crate) fn embedded() -> Files {
    generate(&Spec::embedded().unwrap_or_else(|mistakes| panic!("{mistakes}")), &Options::all_scopes())
}

/// The item that begins with the line `first`, with its documentation and body.
pub(crate) fn item<'a>(source: &'a str, first: &str) -> &'a str {
    let at = source.find(first).unwrap_or_else(|| panic!("`{first}` was not generated:\n{source}"));
    let start = source[..at].rfind("\n\n").map_or(0, |blank| blank + 2);
    let end = source[at..].find("\n\n").map_or(source.len(), |blank| at + blank);
    &source[start..end]
}
