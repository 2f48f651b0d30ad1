//! The dialect of the documentation: a page for each variant and trap, and beside them what is read.
//! `UPDATE=1 cargo test -p b24-codegen` writes it.

use std::{env, fs, path::Path};

use b24_codegen::import::documentation::Documentation;

use crate::golden::first_difference;

fn documentation() -> Documentation {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/docs");
    Documentation::read(&root, |_, _| {}).unwrap()
}

#[test]
fn every_variant_of_a_page_is_read() {
    let read: Vec<String> = documentation().facts.iter().map(ToString::to_string).collect();
    let read = read.join("\n");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/docs/expected.txt");
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, &read).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == read,
        "what is read has changed:\n{}\nIf it should, run `UPDATE=1 cargo test -p b24-codegen`.",
        first_difference(&expected, &read)
    );
}

#[test]
fn a_page_whose_method_cannot_be_told_is_listed_not_skipped() {
    let unread = documentation().unread;
    let pages: Vec<&str> = unread.iter().map(|(page, _)| page.as_str()).collect();
    assert_eq!(pages, ["api-reference/talk/no-name.md"]);
}

#[test]
fn the_share_that_was_read_is_counted() {
    let documentation = documentation();
    let troubled = ["example-with-gaps.md", "missing-include.md"];
    let in_part = documentation.facts.iter().filter(|facts| !facts.troubles.is_empty());
    let in_part: Vec<&str> = in_part.map(|facts| facts.place.rsplit('/').next().unwrap()).collect();
    assert_eq!(in_part, troubled);
    assert_eq!(documentation.share(), (documentation.facts.len() - 2, 3), "with the page that has no name");
}

#[test]
fn entries_of_the_change_log_are_found() {
    assert_eq!(documentation().changes, ["TALK-BC-0102-1"]);
}

#[test]
fn errors_that_any_method_may_answer_are_not_counted_as_its_own() {
    let documentation = documentation();
    assert!(documentation.facts.iter().all(|facts| !facts.errors.contains(&"ANY_METHOD".to_owned())));
}

#[test]
fn a_folder_without_documentation_is_told_apart() {
    let error = Documentation::read(Path::new(env!("CARGO_MANIFEST_DIR")), |_, _| {}).unwrap_err();
    assert!(error.contains("is not a checkout of the documentation"), "{error}");
}
