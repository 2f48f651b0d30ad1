//! `spec.schema.json`, by which editors help.

use b24_spec::Sources;
use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};

struct Schema {
    schemas: Schemas,
    root: SchemaIndex,
}

impl Schema {
    fn load() -> Self {
        let mut schemas = Schemas::new();
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/spec.schema.json");
        let root = Compiler::new().compile(root, &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
        Self { schemas, root }
    }

    fn check(&self, document: &Value) -> Result<(), String> {
        self.schemas.validate(document, self.root).map_err(|error| format!("{error:#}"))
    }
}

#[test]
fn every_file_follows_the_schema() {
    let schema = Schema::load();
    for source in Sources::embedded().0 {
        let document = serde_json::from_str(&source.text).unwrap();
        schema.check(&document).unwrap_or_else(|mistakes| panic!("{}: {mistakes}", source.path));
    }
}

#[test]
fn an_editor_underlines_what_the_checker_would_refuse() {
    let schema = Schema::load();
    let method = json!({
        "name": "im.chat.add", "summary": "Creates a chat.", "scope": "im", "since": null, "result": "ChatId",
        "docs": "https://example.com/",
        "params": [{"name": "TITLE", "type": "string", "doc": "The title."}],
        "groups": [{"need": "any", "of": [["TITLE"]]}],
        "errors": [{"code": "E", "kind": "missing", "param": "TITLE", "meaning": "No title."}]
    });
    schema.check(&method).unwrap();
    let with = |pointer: &str, value: Value| {
        let mut changed = method.clone();
        match changed.pointer_mut(pointer) {
            Some(place) => *place = value,
            None => changed[pointer.trim_start_matches('/')] = value,
        }
        changed
    };
    for (wrong, why) in [
        (with("/sumary", json!("A typo.")), "an unknown key"),
        (with("/since", json!({"crm": 3})), "an unknown counter"),
        (with("/since", json!({"im": 3, "imopenlines": 3})), "two counters"),
        (with("/params/0/type", json!("Chat Id")), "no type expression"),
        (with("/params/0", json!({"name": "A", "type": "int", "doc": "A.", "requird": true})), "a typo in a field"),
        (
            with(
                "/params/0",
                json!({"name": "A", "type": "int", "doc": "A.", "fields": [{"name": "B", "type": "int", "doc": "B."}]}),
            ),
            "members of a number",
        ),
        (with("/params/0/doc", json!("No full stop")), "prose without a full stop"),
        (with("/groups/0/need", json!("all")), "an unknown need"),
        (with("/errors/0/kind", json!("notfound")), "an unknown kind"),
        (with("/idempotent", json!(false)), "a false that should be left out"),
        (with("/docs", json!("http://example.com/")), "a page without TLS"),
    ] {
        assert!(schema.check(&wrong).is_err(), "the schema accepts {why}");
    }
}

#[test]
fn a_type_has_the_members_of_its_kind() {
    let schema = Schema::load();
    let of = |kind: &str, key: &str, value: Value| json!({"name": "Thing", "kind": kind, "doc": "A thing.", "since": null, key: value});
    let fields = json!([{"name": "A", "type": "int", "doc": "A."}]);
    let values = json!([{"value": "A", "name": "A"}]);
    for (kind, key, value) in [
        ("id", "of", json!("int")),
        ("enum", "values", values.clone()),
        ("object", "fields", fields.clone()),
        ("list", "of", json!("Other")),
        ("union", "forms", json!(["int", "string"])),
        ("tagged", "tags", json!({"A": "int"})),
    ] {
        schema.check(&of(kind, key, value)).unwrap_or_else(|mistakes| panic!("{kind}: {mistakes}"));
    }
    assert!(schema.check(&of("enum", "fields", fields)).is_err(), "an enum has no fields");
    assert!(schema.check(&of("object", "values", values)).is_err(), "an object has no values");
    assert!(schema.check(&of("id", "of", json!("float"))).is_err(), "an id is a number or text");
}
