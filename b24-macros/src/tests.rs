//! What the crate makes, compared with the files that show it: the documentation and expanded examples.

mod docs;
mod expansion;
mod spec;

use std::path::Path;
use std::{env, fs};

/// Compares a file of this crate with what it should be, or writes it if `UPDATE` is set.
fn assert_file(path: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, expected).expect("the file can be written");
    }
    assert!(
        fs::read_to_string(&path).is_ok_and(|text| text == expected),
        "{} is stale; run `UPDATE=1 cargo test -p b24-macros` and read the difference. It should be:\n{expected}",
        path.display()
    );
}

/// A file of this crate.
fn read_file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file can be read")
}
