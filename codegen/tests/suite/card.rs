//! Cards as a terminal shows them. `UPDATE=1 cargo test -p b24-codegen` writes those beside the fixtures.

use std::{env, fs, process::Command};

use anstream::adapter::strip_str;
use b24_codegen::{card::card, entry::Entry, listing};
use b24_spec::{Spec, Status};

use crate::{
    fixture::{embedded, folder, spec},
    golden::first_difference,
};

fn plain(spec: &Spec, name: &str, width: usize) -> String {
    let entry = Entry::find(spec, name).unwrap_or_else(|unknown| panic!("{unknown}"));
    strip_str(&card(spec, entry, width)).to_string()
}

fn compare(fixture: &str, name: &str) {
    let path = folder(fixture).join("cards").join(format!("{name}.txt"));
    let now = plain(&spec(fixture), name, 80);
    if env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        return fs::write(path, now).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == now,
        "{} is not what is shown now:\n{}\nIf it should be, run `UPDATE=1 cargo test -p b24-codegen`.",
        path.display(),
        first_difference(&committed, &now)
    );
}

#[test]
fn a_method_is_shown_with_its_choices_its_limits_and_its_errors() {
    compare("choices", "talk.message.add");
}

#[test]
fn nested_fields_are_indented_and_the_members_of_shared_types_told() {
    compare("choices", "talk.profile.update");
}

#[test]
fn an_event_and_a_type_have_cards_too() {
    compare("answers", "ONIMCHATADD");
    compare("answers", "Chat");
    compare("answers", "Paint");
}

#[test]
fn a_name_is_found_in_any_letter_case_and_by_its_aliases() {
    let spec = spec("answers");
    let found = |name: &str| Entry::find(&spec, name).map(Entry::name);
    assert_eq!(found("TALK.Chat.List"), Ok("talk.chat.list"));
    assert_eq!(found("onchatadd"), Ok("ONIMCHATADD"), "an alias");
    assert_eq!(found("chatid"), Ok("ChatId"));
}

#[test]
fn letter_case_tells_two_apart_where_it_has_to() {
    let mut spec = spec("answers");
    let mut twin = spec.methods["talk.chat.list"].clone();
    twin.name = "chat".to_owned();
    spec.methods.insert("chat".to_owned(), twin);
    assert_eq!(Entry::find(&spec, "chat").map(Entry::kind), Ok("method"));
    assert_eq!(Entry::find(&spec, "Chat").map(Entry::kind), Ok("type"));
}

#[test]
fn an_unknown_name_is_answered_with_at_most_three_suggestions() {
    let spec = Spec::embedded().unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let unknown = Entry::find(&spec, "imbot.mesage.add").unwrap_err();
    assert_eq!(unknown.suggestions[0], "imbot.message.add");
    assert_eq!(unknown.suggestions.len(), 3);
    assert!(unknown.to_string().starts_with("there is no method, event or type \"imbot.mesage.add\", did you mean "));
    let tail = Entry::find(&spec, "chat.updateTitle").unwrap_err();
    assert!(tail.suggestions.contains(&"im.chat.updateTitle".to_owned()), "{tail}");
    let strange = Entry::find(&spec, "qqq").unwrap_err();
    assert_eq!(strange.to_string(), "there is no method, event or type \"qqq\"; `search` finds one by what it does");
}

#[test]
fn no_line_is_wider_than_asked_for_unless_it_cannot_be_broken() {
    let spec = Spec::embedded().unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let width = 80;
    for entry in Entry::all(&spec) {
        let shown = card(&spec, entry, width);
        for line in strip_str(&shown).to_string().lines() {
            let is_whole = line.trim_start().split("  ").any(|part| part.trim().chars().count() > width / 3);
            assert!(line.chars().count() <= width || is_whole, "{}: {line}", entry.name());
            assert_eq!(line.trim_end(), line, "{}: a line ends in spaces", entry.name());
        }
    }
}

#[test]
fn the_rust_path_of_every_method_is_one_that_is_generated() {
    let spec = Spec::embedded().unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let listing = listing(&embedded());
    for method in spec.methods.values() {
        let card = plain(&spec, &method.name, 80);
        let path = card.lines().find_map(|line| line.strip_prefix("Rust")).unwrap().trim().trim_matches('`');
        let (module, function) = path.rsplit_once("::").unwrap();
        let deprecated = if matches!(method.status, Status::Deprecated(_)) { "deprecated " } else { "" };
        let line = format!("\n{module} {deprecated}fn {function}(");
        assert!(listing.contains(&line), "{} is said to be {path}", method.name);
    }
}

#[test]
fn a_pipe_gets_no_colours() {
    let spec = folder("choices");
    let output = Command::new(env!("CARGO_BIN_EXE_b24-codegen"))
        .arg("--spec")
        .arg(spec)
        .args(["show", "talk.message.add"])
        .output()
        .unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert!(shown.starts_with("talk.message.add  method\n") && !shown.contains('\u{1b}'), "{shown}");
}
