//! The command `diff`, as a maintainer calls it: two small specs, their report and their entry for the change log.

use std::{
    env, fs,
    path::PathBuf,
    process::{Command, Output},
};

use b24_codegen::export;
use b24_spec::Sources;

use crate::{fixture::folder, golden::first_difference};

fn b24_codegen(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_b24-codegen")).current_dir(folder("diff")).args(arguments).output().unwrap()
}

fn printed(arguments: &[&str]) -> String {
    let output = b24_codegen(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A document for the tests alone, which is gone when they end.
struct Document(PathBuf);

impl Document {
    fn with(name: &str, text: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}.json", std::process::id()));
        fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Document {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Compares with a file beside the specs; `UPDATE=1 cargo test -p b24-codegen` writes it.
fn compare(file: &str, text: &str) {
    let path = folder("diff").join(file);
    if env::var_os("UPDATE").is_some() {
        return fs::write(path, text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == text, "{} is not what is printed now:\n{}", path.display(), first_difference(&expected, text));
}

#[test]
fn the_report_tells_what_changed_what_it_means_and_why() {
    let report = printed(&["diff", "old", "new"]);
    compare("report.txt", &report);
    assert!(report.lines().all(|line| line.chars().count() <= 100), "a line is wider than 100 columns");
}

#[test]
fn the_entry_for_the_change_log_tells_users_what_they_want_to_know() {
    let entry = printed(&["diff", "old", "new", "--changelog"]);
    compare("changelog.md", &entry);
    assert!(entry.lines().all(|line| line.chars().count() <= 120), "a line is wider than 120 columns");
}

#[test]
fn a_spec_may_be_a_folder_or_what_export_wrote() {
    let documents = ["old", "new"].map(|spec| Document::with(spec, &printed(&["--spec", spec, "export"])));
    let report = printed(&["diff", "old", "new"]);
    assert_eq!(printed(&["diff", documents[0].path(), documents[1].path()]), report);
    assert_eq!(printed(&["diff", documents[0].path(), "new"]), report);
}

#[test]
fn the_new_spec_is_the_spec_folder_if_left_out() {
    assert_eq!(printed(&["--spec", "new", "diff", "old"]), printed(&["diff", "old", "new"]));
}

#[test]
fn what_is_exported_has_every_file_and_differs_in_nothing() {
    let sources = Sources::embedded();
    let read = export::read(&export::write(&sources).unwrap()).unwrap();
    let paths = |sources: &Sources| sources.0.iter().map(|source| source.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&read), paths(&sources));
    let spec = |sources| b24_spec::Spec::read(sources).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    assert_eq!(b24_spec::diff(&spec(&sources), &spec(&read)).to_string(), "no differences\n");
}

#[test]
fn the_change_log_is_exported_too() {
    let document: serde_json::Value = serde_json::from_str(&printed(&["--spec", "new", "export"])).unwrap();
    assert_eq!(document["changes"][0]["id"], "T-2");
    assert_eq!(document["methods"]["talk.person.get"]["summary"], "Finds a person.");
}

#[test]
fn the_code_is_zero_whatever_changed_unless_a_bound_is_set() {
    let code = |arguments: &[&str]| b24_codegen(&[&["diff"], arguments].concat()).status.code();
    assert_eq!(code(&["old", "new"]), Some(0));
    assert_eq!(code(&["old", "new", "--at-most", "major"]), Some(0));
    assert_eq!(code(&["old", "new", "--at-most", "minor"]), Some(1));
    assert_eq!(code(&["old", "new", "--at-most", "minor", "--changelog"]), Some(1));
    assert_eq!(code(&["old", "old", "--at-most", "patch"]), Some(0));
    assert_eq!(code(&["old", "new", "--at-most", "tiny"]), Some(2));
}

#[test]
fn a_spec_that_cannot_be_read_is_told_with_its_place_and_is_no_verdict() {
    let unknown_key = Document::with("key", r#"{"methods": {}, "evnts": {}}"#);
    let no_spec = Document::with("none", "[]");
    let mistaken = Document::with("mistake", r#"{"methods": {"talk.x": {"name": "talk.x", "scope": "talk"}}}"#);
    for (old, told) in [
        ("nowhere", "nowhere: "),
        (unknown_key.path(), "has no key \"evnts\", did you mean \"events\"?"),
        (no_spec.path(), "write one with `b24-codegen export`"),
        (mistaken.path(), "spec/methods/talk/talk.x.json:1 the key \"summary\" is missing"),
        (".", "is not a spec folder"),
    ] {
        let output = b24_codegen(&["diff", old, "new", "--at-most", "major"]);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.contains(told), "{old} was answered with {errors}");
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]), "{old}");
    }
}
