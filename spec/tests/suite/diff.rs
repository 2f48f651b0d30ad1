//! What a comparison of two specs tells: the spec that the tests change, and how they ask.

#![allow(clippy::needless_pass_by_value, reason = "a literal of JSON reads best without a reference")]

mod entries;
mod input;
mod keys;
mod output;
mod report;
mod types;

use b24_spec::{Diff, Source, Sources, Spec, diff};
use serde_json::{Map, Value, json};

/// A small spec: one method, one event, types of some kinds; `change` may do to it what a test is about.
pub(crate) fn spec(change: impl Fn(&mut Map<String, Value>)) -> Spec {
    let mut files = Map::new();
    let mut file = |path: &str, content: Value| files.insert(path.to_owned(), content);
    file("methods/talk/talk.add.json", method(json!({})));
    file("events/ONTALK.json", event(json!({})));
    for name in ["UserId", "ChatId"] {
        let id = json!({"name": name, "kind": "id", "of": "int", "doc": "An id.", "since": null});
        file(&format!("types/{name}.json"), id);
    }
    // The ids go both ways, so that a test may use them without their being news.
    let ids = json!([{"name": "USER", "type": "UserId"}, {"name": "CHAT", "type": "ChatId"}]);
    let result = json!({"type": "object", "fields": ids});
    file("methods/talk/talk.ids.json", method(json!({"name": "talk.ids", "params": ids, "result": result})));
    change(&mut files);
    let source = |(path, content): (&String, &Value)| Source { path: path.clone(), text: content.to_string() };
    Spec::read(&Sources(files.iter().map(source).collect())).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// A method with these members besides the ones that every method needs, and instead of them.
pub(crate) fn method(members: Value) -> Value {
    let base = json!({
        "name": "talk.add", "summary": "Adds.", "scope": "talk", "since": null, "result": "any", "docs": "https://a.com/",
    });
    with(base, members)
}

/// An event, likewise.
pub(crate) fn event(members: Value) -> Value {
    let base = json!({
        "name": "ONTALK", "summary": "Talk.", "scope": "talk", "since": null, "subscribe": "event.bind",
        "docs": "https://a.com/",
    });
    with(base, members)
}

fn with(mut base: Value, members: Value) -> Value {
    if let (Value::Object(base), Value::Object(members)) = (&mut base, members) {
        base.extend(members);
    }
    base
}

/// What is told, a line each: the verdict and the sentence without the name of the whole.
pub(crate) fn told(diff: &Diff) -> Vec<String> {
    let line = |difference: &b24_spec::Difference| {
        let sentence = difference.to_string();
        let happened = sentence[difference.name.len()..].trim_start_matches([':', ' ']);
        format!("{}: {happened}", difference.verdict)
    };
    diff.differences.iter().map(line).collect()
}

/// What is told of a method that has first the one, then the other members.
pub(crate) fn of_method(old: Value, new: Value) -> Vec<String> {
    let spec = |members: Value| {
        spec(|files| {
            files.insert("methods/talk/talk.add.json".to_owned(), method(members.clone()));
        })
    };
    told(&diff(&spec(old), &spec(new)))
}

/// What is told of an event, likewise.
pub(crate) fn of_event(old: Value, new: Value) -> Vec<String> {
    let spec = |members: Value| {
        spec(|files| {
            files.insert("events/ONTALK.json".to_owned(), event(members.clone()));
        })
    };
    told(&diff(&spec(old), &spec(new)))
}

/// What is told of a parameter `A` that has first the one, then the other members.
pub(crate) fn of_param(old: Value, new: Value) -> Vec<String> {
    let params = |members: Value| json!({"params": [with(json!({"name": "A", "type": "string"}), members)]});
    of_method(params(old), params(new))
}

/// What is told of a member `a` of a result, likewise.
pub(crate) fn of_member(old: Value, new: Value) -> Vec<String> {
    let result = |members: Value| json!({"result": {"type": "object", "fields": [with(json!({"name": "a", "type": "string"}), members)]}});
    of_method(result(old), result(new))
}

/// What is told of a type `Thing` that has first the one, then the other members, and is used in these ways.
pub(crate) fn of_type(ways: Ways, old: Value, new: Value) -> Vec<String> {
    told(&diff(&spec_with_type(ways, old), &spec_with_type(ways, new)))
}

pub(crate) fn spec_with_type(ways: Ways, members: Value) -> Spec {
    spec(|files| {
        let thing = with(json!({"name": "Thing", "doc": "A thing.", "since": null}), members.clone());
        files.insert("types/Thing.json".to_owned(), thing);
        let params = if ways.input { json!([{"name": "T", "type": "Thing"}]) } else { json!([]) };
        let result = if ways.output { "Thing" } else { "any" };
        files.insert("methods/talk/talk.add.json".to_owned(), method(json!({"params": params, "result": result})));
    })
}

/// Whether a type is sent, and whether it is read.
#[derive(Clone, Copy)]
pub(crate) struct Ways {
    pub(crate) input: bool,
    pub(crate) output: bool,
}

pub(crate) const INPUT: Ways = Ways { input: true, output: false };
pub(crate) const OUTPUT: Ways = Ways { input: false, output: true };
pub(crate) const BOTH: Ways = Ways { input: true, output: true };
pub(crate) const UNUSED: Ways = Ways { input: false, output: false };
