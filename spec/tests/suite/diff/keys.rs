//! Every key of the format has a rule: a key that the schema learns and the comparison does not know fails here.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use b24_spec::{Source, Sources, Spec, diff};
use serde_json::{Value, json};

/// A spec in which every key of the schema has a place.
fn full() -> BTreeMap<&'static str, Value> {
    let field = json!({
        "name": "A", "type": "bool", "default": true, "doc": "A.", "since": {"im": 2}, "until": {"im": 9},
        "ends": "2026-09-30", "aliases": ["B"], "limit": {"kb": 1, "chars": 2, "min_chars": 1, "count": 4, "min": 5,
        "max": 6, "from": "2026-01-01", "error": "E"}
    });
    let (one, other) = (json!({"name": "M", "type": "int"}), json!({"name": "N", "type": "int"}));
    let group = json!({"need": "any", "of": [["M"], ["N"]], "name": "choice", "error": "G"});
    let value = json!({"value": "V", "name": "Vee", "doc": "V.", "since": {"im": 2}, "color": "#ffffff"});
    BTreeMap::from([
        (
            "methods/talk/talk.add.json",
            json!({
                "name": "talk.add", "summary": "Adds.", "scope": "talk", "since": {"im": 2}, "docs": "https://a.com/",
                "params": [field, {"name": "O", "type": "object", "fields": [one, other], "groups": [group]},
                    {"name": "T", "type": "Enum"}, {"name": "U", "type": "Tagged"}, {"name": "X", "type": "Object"},
                    {"name": "Y", "type": "Union"}],
                "result": "any",
                "paging": {"by": "last_id", "param": "A", "size": "O", "page": 5, "items": "a", "cursor": "id",
                    "with": {"T": "t"}, "more": "m"},
                "errors": [{"code": "E", "aliases": ["F"], "kind": "state", "param": "A", "meaning": "No."}]
            }),
        ),
        (
            "events/ONTALK.json",
            json!({
                "name": "ONTALK", "summary": "Talk.", "scope": "talk", "since": {"im": 2}, "subscribe": "install",
                "docs": "https://a.com/", "data": [{"name": "L", "type": "List"}, {"name": "I", "type": "Id"}]
            }),
        ),
        ("types/Id.json", json!({"name": "Id", "kind": "id", "of": "int", "doc": "I.", "since": {"im": 2}})),
        ("types/List.json", json!({"name": "List", "kind": "list", "of": "int", "doc": "L.", "since": null})),
        ("types/Enum.json", json!({"name": "Enum", "kind": "enum", "values": [value], "doc": "E.", "since": null})),
        ("types/Union.json", json!({"name": "Union", "kind": "union", "forms": ["int"], "doc": "U.", "since": null})),
        (
            "types/Tagged.json",
            json!({"name": "Tagged", "kind": "tagged", "tags": {"K": "int"}, "doc": "T.", "since": null}),
        ),
        (
            "types/Object.json",
            json!({"name": "Object", "kind": "object", "fields": [one, other], "groups": [group], "doc": "O.", "since": null}),
        ),
        (
            "errors.json",
            json!({"errors": [{"code": "S", "status": 503, "kind": "limit", "meaning": "No.", "advice": "Wait."}]}),
        ),
        ("revisions.json", json!({"counters": {"im": {"doc": "Counts.", "steps": [{"revision": 2, "doc": "Two."}]}}})),
        (
            "changes.json",
            json!({"changes": [{"id": "C", "kind": "new", "published": "2026-01-01", "revision": {"im": 2},
                "effective": "2026-02-02", "summary": "New."}]}),
        ),
    ])
}

/// Which key of which definition of the schema, the file and the object in it that has the key, another value for it.
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn others() -> Vec<(&'static str, &'static str, &'static str, &'static str, Value)> {
    let method = "methods/talk/talk.add.json";
    let event = "events/ONTALK.json";
    let group = json!([{"need": "any", "of": [["M"]], "name": "choice"}]);
    let more_fields = json!([{"name": "M", "type": "int"}, {"name": "N", "type": "int"}, {"name": "P", "type": "int"}]);
    let of_method = |key, value| ("method", key, method, "", value);
    let of_event = |key, value| ("event", key, event, "", value);
    let of_field = |key, value| ("field_members", key, method, "/params/0", value);
    let of_limit = |key, value| ("limit", key, method, "/params/0/limit", value);
    let of_group = |key, value| ("group", key, method, "/params/1/groups/0", value);
    let of_paging = |key, value| ("paging", key, method, "/paging", value);
    let of_error = |key, value| ("error_members", key, method, "/errors/0", value);
    let of_system = |key, value| ("system_error", key, "errors.json", "/errors/0", value);
    let of_value = |key, value| ("value", key, "types/Enum.json", "/values/0", value);
    let of_change = |key, value| ("change", key, "changes.json", "/changes/0", value);
    vec![
        of_method("summary", json!("Other.")),
        of_method("other_scopes", json!(["im"])),
        of_method("rest", json!(3)),
        of_method("only", json!("webhook")),
        of_method("admin", json!(true)),
        of_method("since", json!({"im": 3})),
        of_method("until", json!({"im": 3})),
        of_method("status", json!({"undocumented": true})),
        of_method("aliases", json!(["talk.other"])),
        of_method("idempotent", json!(true)),
        of_method("groups", json!([{"need": "any", "of": [["A"], ["O"]]}])),
        of_method("result", json!("any?")),
        of_method("rules", json!(["Another."])),
        of_method("docs", json!("https://b.com/")),
        ("method", "params", method, "/params/1", json!({"name": "O", "type": "any"})),
        ("method", "paging", method, "/paging", json!({"by": "start", "param": "A"})),
        ("method", "errors", method, "/errors/0", json!({"code": "OTHER", "kind": "state", "meaning": "No."})),
        of_event("aliases", json!(["ONOTHER"])),
        of_event("summary", json!("Other.")),
        of_event("scope", json!("im")),
        of_event("since", json!({"im": 3})),
        of_event("until", json!({"im": 3})),
        of_event("status", json!({"deprecated": {}})),
        of_event("data", json!([])),
        of_event("auth", json!(true)),
        of_event("subscribe", json!("event.bind")),
        of_event("rules", json!(["Another."])),
        of_event("docs", json!("https://b.com/")),
        ("type", "kind", "types/Id.json", "", json!("list")),
        ("type", "doc", "types/Id.json", "", json!("Other.")),
        ("type", "since", "types/Id.json", "", json!({"im": 3})),
        ("type", "met", "types/Id.json", "", json!("Elsewhere.")),
        ("type", "rules", "types/Id.json", "", json!(["Another."])),
        ("type", "binding", "types/Id.json", "", json!("hand")),
        ("type", "limit", "types/Id.json", "", json!({"max": 3})),
        ("type", "of", "types/Id.json", "", json!("string")),
        ("type", "of", "types/List.json", "", json!("float")),
        ("type", "values", "types/Enum.json", "", json!([{"value": "W", "name": "Doubleu"}])),
        ("type", "forms", "types/Union.json", "", json!(["int", "string"])),
        ("type", "tags", "types/Tagged.json", "", json!({"K": "string"})),
        ("type", "fields", "types/Object.json", "", more_fields.clone()),
        ("type", "groups", "types/Object.json", "", group.clone()),
        ("field", "name", method, "/params/0", Value::Null),
        of_field("type", json!("YesNo")),
        of_field("required", json!(true)),
        of_field("default", json!(false)),
        of_field("since", json!({"im": 3})),
        of_field("until", json!({"im": 8})),
        of_field("ends", json!("2026-10-30")),
        of_field("aliases", json!(["C"])),
        of_field("send", json!("YesNo")),
        of_field("only", json!("webhook")),
        of_field("inject", json!("bot.id")),
        of_field("read_only", json!(true)),
        of_field("doc", json!("Other.")),
        of_field("limit", json!({"kb": 9})),
        ("field_members", "copy_of", event, "/data/0", json!("I")),
        ("field_members", "fields", method, "/params/1", more_fields),
        ("field_members", "groups", method, "/params/1", group),
        of_limit("kb", json!(9)),
        of_limit("chars", json!(9)),
        of_limit("min_chars", json!(9)),
        of_limit("count", json!(9)),
        of_limit("min", json!(9)),
        of_limit("max", json!(9)),
        of_limit("from", json!("2027-01-01")),
        of_limit("error", json!("OTHER")),
        of_group("need", json!("one")),
        of_group("of", json!([["M"]])),
        of_group("name", json!("other")),
        of_group("error", json!("OTHER")),
        of_paging("by", json!("next")),
        of_paging("param", json!("O")),
        of_paging("size", json!("T")),
        of_paging("page", json!(9)),
        of_paging("items", json!("b")),
        of_paging("cursor", json!("ID")),
        of_paging("take", json!("first")),
        of_paging("with", json!({"T": "u"})),
        of_paging("more", json!("n")),
        of_error("code", json!("OTHER")),
        of_error("aliases", json!(["OTHER"])),
        of_error("kind", json!("access")),
        of_error("param", json!(["A", "O"])),
        of_error("meaning", json!("Never.")),
        of_system("status", json!(429)),
        of_system("advice", json!("Rest.")),
        ("errors_file", "errors", "errors.json", "", json!([])),
        of_value("value", json!("W")),
        of_value("name", json!("Doubleu")),
        of_value("doc", json!("W.")),
        of_value("since", json!({"im": 3})),
        of_value("color", json!("#000000")),
        ("status", "deprecated", method, "", json!({"status": {"deprecated": {}}})),
        ("status", "undocumented", method, "", json!({"status": {"undocumented": true}})),
        ("revisions_file", "counters", "revisions.json", "", json!({})),
        ("changes_file", "changes", "changes.json", "", json!([])),
        of_change("id", json!("D")),
        of_change("kind", json!("breaking")),
        of_change("published", json!("2026-01-02")),
        of_change("revision", json!({"im": 3})),
        of_change("effective", json!("2026-03-03")),
        of_change("methods", json!(["talk.add"])),
        of_change("events", json!(["ONTALK"])),
        of_change("summary", json!("Other.")),
    ]
}

/// A scope and a name are the place of a file too; tests of their own change them.
const PLACES: [(&str, &str); 4] = [("method", "name"), ("method", "scope"), ("event", "name"), ("type", "name")];

fn read(files: &BTreeMap<&'static str, Value>) -> Spec {
    let source = |(path, content): (&&str, &Value)| Source { path: (*path).to_owned(), text: content.to_string() };
    Spec::read(&Sources(files.iter().map(source).collect())).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[test]
fn every_key_makes_a_difference() {
    let old = read(&full());
    for (definition, key, file, pointer, value) in others() {
        let mut files = full();
        let object = files.get_mut(file).and_then(|content| content.pointer_mut(pointer)).unwrap();
        match (key, &value) {
            // The name of a field: one that is not an alias.
            ("name", Value::Null) => object["name"] = json!("OTHER_NAME"),
            // A table of whole objects rather than of keys.
            ("params" | "paging" | "errors", Value::Object(_)) => *object = value.clone(),
            ("deprecated" | "undocumented", status) => object["status"] = status["status"].clone(),
            ("kind", kind) if definition == "type" => object["kind"] = kind.clone(),
            _ => object[key] = value.clone(),
        }
        if (definition, key) == ("field", "name") {
            // What pointed to the field points to its new name.
            let text = files[file].to_string().replace("\"param\":\"A\"", "\"param\":\"OTHER_NAME\"");
            files.insert(file, serde_json::from_str(&text).unwrap());
        }
        let found = diff(&old, &read(&files));
        assert!(!found.differences.is_empty(), "{definition} {key} in {file} {pointer} makes no difference");
    }
}

#[test]
fn every_key_of_the_schema_is_among_them() {
    let schema = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/spec.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let known: BTreeSet<(&str, &str)> =
        others().iter().map(|(definition, key, ..)| (*definition, *key)).chain(PLACES).collect();
    for (definition, content) in schema["$defs"].as_object().unwrap() {
        for key in content["properties"].as_object().into_iter().flat_map(|keys| keys.keys()) {
            let is_known = known.contains(&(definition.as_str(), key.as_str())) || key == "$schema";
            assert!(
                is_known,
                "{definition} has the key \"{key}\": write a rule for it in spec/src/diff, and a row here"
            );
        }
    }
}
