//! What is found, and in which order.

use std::process::{Command, Output};

use b24_codegen::search::{Hit, Rank, search};
use b24_spec::{Spec, Status};

use crate::fixture::{folder, spec};

fn hits<'a>(spec: &'a Spec, words: &str) -> Vec<Hit<'a>> {
    search(spec, &words.split(' ').map(str::to_owned).collect::<Vec<_>>())
}

fn names<'a>(spec: &'a Spec, words: &str) -> Vec<&'a str> {
    hits(spec, words).iter().map(|hit| hit.name).collect()
}

/// Methods whose names, parameters and prose have the same word.
fn chats() -> Spec {
    let mut spec = spec("choices");
    let mut add = |name: &str, param: &str, summary: &str| {
        let mut method = spec.methods["talk.dialog.open"].clone();
        name.clone_into(&mut method.name);
        param.clone_into(&mut method.params[0].name);
        method.groups.clear();
        summary.clone_into(&mut method.summary);
        spec.methods.insert(name.to_owned(), method);
    };
    add("paint", "X", "Puts on colours.");
    add("paint.mix", "X", "Mixes two.");
    add("talk.paint.get", "X", "Fetches one.");
    add("talk.wall.update", "PAINT_ID", "Changes a wall.");
    add("talk.repainted.list", "X", "Lists walls.");
    add("talk.roof.update", "X", "Changes the paint of a roof.");
    add("talk.door.update", "X", "Changes a door.");
    spec.methods.get_mut("talk.door.update").unwrap().rules = vec!["The paint has to be dry.".to_owned()];
    spec
}

#[test]
fn a_name_goes_before_its_beginning_its_parts_members_insides_and_prose() {
    let spec = chats();
    let found: Vec<(Rank, &str)> = hits(&spec, "PAINT").iter().map(|hit| (hit.rank, hit.name)).collect();
    assert_eq!(
        found,
        [
            (Rank::Exact, "paint"),
            (Rank::Prefix, "paint.mix"),
            (Rank::Part, "talk.paint.get"),
            (Rank::Member, "talk.wall.update"),
            (Rank::Inside, "talk.repainted.list"),
            (Rank::Summary, "talk.roof.update"),
            (Rank::Prose, "talk.door.update"),
        ]
    );
}

#[test]
fn all_words_have_to_be_there_wherever_they_are() {
    let spec = chats();
    assert_eq!(names(&spec, "wall.update paint"), ["talk.wall.update"], "one in the name, one in a parameter");
    assert_eq!(names(&spec, "lists paint"), ["talk.repainted.list"], "one in the name, one in the summary");
    assert_eq!(names(&spec, "roof dry"), Vec::<&str>::new());
    assert_eq!(names(&spec, "  "), Vec::<&str>::new());
}

#[test]
fn a_hit_tells_what_matched() {
    let spec = chats();
    let matched = |words: &str| hits(&spec, words)[0].matched.clone();
    assert_eq!(matched("wall paint_id"), ["PAINT_ID"]);
    assert_eq!(matched("paint dry"), ["The paint has to be dry."]);
    assert_eq!(matched("talk.wall"), Vec::<String>::new(), "the name speaks for itself");
}

#[test]
fn what_is_deprecated_comes_after_what_is_not() {
    let mut spec = chats();
    spec.methods.get_mut("talk.paint.get").unwrap().status = Status::Deprecated(None);
    let mut newer = spec.methods["talk.paint.get"].clone();
    newer.name = "talk.new.paint.get".to_owned();
    newer.status = Status::Current;
    spec.methods.insert(newer.name.clone(), newer);
    assert_eq!(names(&spec, "paint get"), ["talk.new.paint.get", "talk.paint.get"]);
}

#[test]
fn events_types_words_and_codes_are_found() {
    let spec = spec("answers");
    let kinds =
        |words: &str| -> Vec<(&str, &str)> { hits(&spec, words).iter().map(|hit| (hit.kind, hit.name)).collect() };
    assert_eq!(kinds("chatadd"), [("event", "ONIMCHATADD")]);
    assert_eq!(kinds("links pages"), [("type", "Chat"), ("type", "Links")]);
    assert_eq!(hits(&spec, "RED")[0].matched, ["RED"], "a word of an enum");
    assert_eq!(kinds("expired")[0], ("error", "expired_token"));
    assert_eq!(kinds("old_token"), [("error", "expired_token")], "the older code");
    assert!(kinds("cursor.next").contains(&("method", "talk.chat.list")), "a member of a result");
}

fn run(words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_b24-codegen"));
    command.arg("--spec").arg(folder("choices")).arg("search").args(words).output().unwrap()
}

#[test]
fn a_hit_is_one_line() {
    let output = run(&["speak"]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        ["error   ACCESS_ERROR      The bot may not \"speak\" here.", "method  talk.message.add  BOT_ID: Who speaks."]
    );
}

#[test]
fn nothing_found_is_a_failure_with_a_suggestion() {
    let output = run(&["messge"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "nothing has \"messge\", did you mean MESSAGE?\n");
}

#[test]
fn forty_hits_are_shown_unless_all_are_asked_for() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_b24-codegen"));
    command.arg("--spec").arg(folder("choices").join("../../../../spec")).args(["search", "chat"]);
    let lines =
        |output: Output| String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect::<Vec<_>>();
    let few = lines(command.output().unwrap());
    assert_eq!(few.len(), 41);
    assert!(few[40].ends_with("more; --all shows them"), "{}", few[40]);
    let all = lines(command.arg("--all").output().unwrap());
    assert!(all.len() > 41);
    assert_eq!(all[0].split_whitespace().nth(1), few[0].split_whitespace().nth(1), "in the same order");
}
