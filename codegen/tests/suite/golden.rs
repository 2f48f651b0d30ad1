//! Whole generated files, compared with those beside each fixture. `UPDATE=1 cargo test -p b24-codegen` writes them.

use std::{collections::BTreeMap, env, fs, path::Path};

use b24_codegen::Files;

use crate::fixture::{folder, generated};

#[test]
fn answers_become_structs() {
    compare("answers");
}

#[test]
fn choices_become_enums() {
    compare("choices");
}

#[test]
fn names_become_rust_names() {
    compare("names");
}

#[test]
fn scopes_become_modules() {
    compare("scopes");
}

fn compare(name: &str) {
    let expected = folder(name).join("expected");
    let files = generated(name);
    if env::var_os("UPDATE").is_some() {
        return write(&expected, &files);
    }
    let committed = read(&expected);
    for (path, text) in &files {
        let old = committed.get(path).map(String::as_str).unwrap_or_default();
        assert!(
            old == text,
            "{} is not what is generated now:\n{}\nIf it should be, run `UPDATE=1 cargo test -p b24-codegen`.",
            expected.join(path).display(),
            first_difference(old, text)
        );
    }
    let lost: Vec<_> = committed.keys().filter(|path| !files.contains_key(*path)).collect();
    assert!(lost.is_empty(), "no longer generated: {lost:?}; run `UPDATE=1 cargo test -p b24-codegen`");
}

fn write(folder: &Path, files: &Files) {
    let _ = fs::remove_dir_all(folder);
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn read(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for inner in ["", "api"] {
        let Ok(entries) = fs::read_dir(folder.join(inner)) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read_to_string(path).unwrap());
        }
    }
    files
}

/// The first line that differs, as it was and as it is.
pub(crate) fn first_difference(old: &str, new: &str) -> String {
    let (mut old_lines, mut new_lines) = (old.lines(), new.lines());
    for number in 1.. {
        let (was, is) = (old_lines.next(), new_lines.next());
        if was != is {
            let shown = |line: Option<&str>| line.unwrap_or("(the end of the file)").to_owned();
            return format!("line {number}\n- {}\n+ {}", shown(was), shown(is));
        }
        if was.is_none() {
            break;
        }
    }
    "only the end of the last line".to_owned()
}
