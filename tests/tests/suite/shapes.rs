//! Every answer and event that the documentation shows, by its shape, goes through the bindings.
//!
//! `shapes.json` holds the shapes: the keys and kinds of values, with neutral values. `b24-codegen import DOCS --shapes
//! tests/shapes.json` writes it anew.

use std::collections::BTreeMap;

use b24_runtime::{conformance::RESULTS, events::Event, wire::Node};
use serde_json::Value;

/// Names and values, in the order of the file.
fn shapes() -> Vec<(String, Value)> {
    serde_json::from_str(include_str!("../../shapes.json")).unwrap()
}

#[test]
fn every_documented_answer_and_event_can_be_read() {
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
