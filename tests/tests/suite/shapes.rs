//! Every answer and event that the documentation and the course show, by its shape, goes through the bindings.
//!
//! The files hold the shapes: the keys and kinds of values, with neutral values. `b24-codegen import DOCS --shapes
//! tests/shapes.json` writes those of the documentation anew; the course does not change any more.

use std::collections::BTreeMap;

use b24_runtime::{
    conformance::{RESULTS, WORDS},
    events::Event,
    wire::Node,
};
use serde_json::Value;

/// Names and values, in the order of the files.
fn shapes() -> Vec<(String, Value)> {
    let files = [include_str!("../../shapes.json"), include_str!("../../course_shapes.json")];
    files.into_iter().flat_map(|text| serde_json::from_str::<Vec<(String, Value)>>(text).unwrap()).collect()
}

#[test]
fn every_answer_and_event_that_is_shown_can_be_read() {
    let results: BTreeMap<&str, _> = RESULTS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (name, value) in shapes() {
        let read = match results.get(name.as_str()) {
            Some(decode) => decode(Node::Json(&value)),
            None => Event::decode(&name, Node::Json(&value)).map(|event| {
                assert!(!matches!(event, Event::Other { .. }), "no method and no event is called {name}");
            }),
        };
        if let Err(error) = read {
            wrong.push(format!("{name}: {error}"));
        }
    }
    assert!(wrong.is_empty(), "{} of the shapes cannot be read:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn most_methods_have_a_documented_answer() {
    let shapes = shapes();
    let shown = RESULTS.iter().filter(|(name, _)| shapes.iter().any(|(shown, _)| shown == name)).count();
    assert!(shown * 10 > RESULTS.len() * 8, "{shown} of {}", RESULTS.len());
}

#[test]
fn an_answer_of_another_shape_is_told_with_the_way_to_it() {
    let (_, decode) = RESULTS.iter().find(|(name, _)| *name == "im.dialog.messages.get").unwrap();
    let error = decode(Node::Json(&serde_json::json!({"chat_id": 1, "messages": [{"id": "first"}]}))).unwrap_err();
    assert_eq!(error.to_string(), "messages.0.id: expected a number, found the text \"first\"");
}

#[test]
fn every_id_and_every_word_of_every_enum_is_written_as_it_was_read() {
    let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    assert!(WORDS.len() > 100, "{}", WORDS.len());
    for (name, words, round_trip) in WORDS {
        for word in *words {
            let (written, shown) = round_trip(word);
            assert_eq!(text(written), **word, "{name}: {shown}");
            assert!(!shown.starts_with("Other("), "{name} does not know its own word {word:?}");
        }
    }
}

#[test]
fn a_word_that_nobody_knows_is_kept() {
    for (name, words, round_trip) in WORDS.iter().filter(|(_, words, _)| words.len() > 1) {
        let (written, shown) = round_trip("SOMETHING_NEW");
        assert_eq!(
            (written, shown.as_str()),
            (Value::from("SOMETHING_NEW"), "Other(\"SOMETHING_NEW\")"),
            "{name} {words:?}"
        );
    }
}
