//! Keys that are missing, unknown, repeated, or hold the wrong kind of value.

use crate::fixture::{mistakes, mistakes_in_method, mistakes_in_type, sound_method};

#[test]
fn an_unknown_key_is_told_at_any_depth() {
    let found = mistakes_in_method(
        r#""params": [{"name": "F", "type": "object", "fields": [{"name": "A", "type": "int", "requird": true}]}]"#,
    );
    assert_eq!(
        found,
        [
            r#"spec/methods/im/im.chat.add.json:8 /params/0/fields/0/requird: unknown key "requird", did you mean "required"?"#
        ]
    );
}

#[test]
fn an_unknown_key_that_resembles_nothing_gets_no_suggestion() {
    let found = mistakes_in_method(r#""xyz": 1"#);
    assert_eq!(found, [r#"spec/methods/im/im.chat.add.json:8 /xyz: unknown key "xyz""#]);
}

#[test]
fn a_repeated_key_is_told_at_its_second_place() {
    let found = mistakes_in_method("\"idempotent\": true,\n  \"idempotent\": true");
    assert_eq!(found, [r#"spec/methods/im/im.chat.add.json:9 /idempotent: the key "idempotent" stands twice"#]);
}

#[test]
fn a_repeated_key_is_told_where_keys_are_data_too() {
    let found = mistakes_in_type(r#""kind": "tagged", "tags": {"USER": "int", "USER": "string"}"#);
    assert_eq!(found, [r#"spec/types/Message.json:5 /tags/USER: the key "USER" stands twice"#]);
}

#[test]
fn since_has_to_be_written_even_where_the_sources_do_not_tell() {
    let since = r#"the key "since" is missing; write null where the sources do not tell"#;
    let method = r#"{"name": "im.x", "summary": "S.", "scope": "im", "result": "any", "docs": "https://example.com/"}"#;
    assert_eq!(mistakes(&[("methods/im/im.x.json", method)]), [format!("spec/methods/im/im.x.json:1 {since}")]);
    let kind = r#"{"name": "A", "kind": "dialog", "doc": "D."}"#;
    assert_eq!(mistakes(&[("types/A.json", kind)]), [format!("spec/types/A.json:1 {since}")]);
    let event =
        r#"{"name": "ONA", "summary": "S.", "scope": "", "subscribe": "install", "docs": "https://example.com/"}"#;
    assert_eq!(mistakes(&[("events/ONA.json", event)]), [format!("spec/events/ONA.json:1 {since}")]);
}

#[test]
fn since_of_a_parameter_may_be_left_out() {
    let method =
        sound_method(r#""params": [{"name": "A", "type": "int"}, {"name": "B", "type": "int", "since": {"im": 30}}]"#);
    assert_eq!(method.params[0].since, None);
    assert_eq!(method.params[1].since.as_ref().map(|since| (since.counter.as_str(), since.revision)), Some(("im", 30)));
}

#[test]
fn every_key_that_a_kind_of_file_needs_is_asked_for() {
    for (path, needed) in [
        ("methods/im/x.json", &["name", "scope", "summary", "since", "result", "docs"][..]),
        ("events/X.json", &["name", "summary", "scope", "since", "subscribe", "docs"]),
        ("types/X.json", &["name", "doc", "since", "kind"]),
        ("revisions.json", &["counters"]),
    ] {
        let found = mistakes(&[(path, "{}")]).join("\n");
        for key in needed {
            assert!(found.contains(&format!("the key \"{key}\" is missing")), "{path} was read without {key}: {found}");
        }
    }
}

#[test]
fn a_parameter_needs_a_name_and_a_type() {
    assert_eq!(
        mistakes_in_method(r#""params": [{"doc": "What."}]"#),
        [
            r#"spec/methods/im/im.chat.add.json:8 /params/0: the key "name" is missing"#,
            r#"spec/methods/im/im.chat.add.json:8 /params/0: the key "type" is missing"#,
        ]
    );
}

#[test]
fn a_value_of_the_wrong_kind_is_told_with_what_was_found() {
    for (members, told) in [
        (r#""idempotent": "yes""#, "/idempotent: expected true or false, found a string"),
        (r#""params": {}"#, "/params: expected a list, found an object"),
        (r#""params": [5]"#, "/params/0: expected an object, found a number"),
        (r#""params": [{"name": true, "type": "int"}]"#, "/params/0/name: expected a string, found a boolean"),
        (
            r#""params": [{"name": "A", "type": "int", "limit": {"kb": "30"}}]"#,
            "/params/0/limit/kb: expected a number, found a string",
        ),
        (r#""status": []"#, "/status: expected an object, found a list"),
        (r#""groups": [{"need": "any", "of": [[null]]}]"#, "/groups/0/of/0/0: expected a string, found null"),
    ] {
        let found = mistakes_in_method(members);
        assert!(found.iter().any(|line| line.ends_with(told)), "{members} was answered with {found:?}");
    }
}

#[test]
fn a_number_that_does_not_fit_is_out_of_range() {
    for number in ["-1", "1.5", "4294967296"] {
        let found =
            mistakes_in_method(&format!(r#""params": [{{"name": "A", "type": "int", "since": {{"im": {number}}}}}]"#));
        assert_eq!(found, [format!("spec/methods/im/im.chat.add.json:8 /params/0/since/im: {number} is out of range")]);
    }
}

#[test]
fn a_file_that_is_no_object_is_told_so() {
    assert_eq!(mistakes(&[("types/A.json", "[]")]), ["spec/types/A.json:1 expected an object, found a list"]);
}

#[test]
fn null_stands_for_a_key_that_is_left_out() {
    let method = sound_method(r#""paging": null, "status": null, "params": null"#);
    assert_eq!((method.status, method.params.len()), (b24_spec::Status::Current, 0));
}

#[test]
fn paging_tells_what_it_lacks() {
    let at = "spec/methods/im/im.chat.add.json:8 /paging";
    let found = |paging: &str| {
        mistakes_in_method(&format!(r#""params": [{{"name": "LAST_ID", "type": "int"}}], "paging": {paging}"#))
    };
    assert_eq!(found(r#""start""#), [format!("{at}: expected an object, found a string")]);
    assert_eq!(found(r#"{"param": "LAST_ID"}"#), [format!("{at}: the key \"by\" is missing")]);
    assert_eq!(
        found(r#"{"by": "last", "param": "LAST_ID"}"#),
        [format!(r#"{at}/by: expected start or offset or last_id or last_date or next, did you mean "last_id"?"#)]
    );
    assert_eq!(
        found(r#"{"by": "last_id", "param": "LAST_ID"}"#),
        [format!(r#"{at}: the key "cursor" is missing: the way to the next position"#)]
    );
    assert_eq!(
        found(r#"{"by": "start", "param": "LAST_ID", "cursor": "id"}"#),
        [format!(r#"{at}: a "cursor" belongs to last_id, last_date and next"#)]
    );
    assert_eq!(
        found(r#"{"by": "start", "param": "LAST_IDS"}"#),
        [format!(r#"{at}/param: there is no parameter "LAST_IDS", did you mean "LAST_ID"?"#)]
    );
    assert_eq!(
        found(r#"{"by": "last_id", "param": "LAST_ID", "cursor": "id", "with": {"TYPE": "type"}}"#),
        [format!(r#"{at}/with/TYPE: there is no parameter "TYPE""#)]
    );
}

#[test]
fn the_list_in_pages_is_in_the_result() {
    let found = |result: &str, paging: &str| {
        let method = format!(
            "{{\"name\": \"im.x\", \"summary\": \"S.\", \"scope\": \"im\", \"since\": null,\n\"params\": [{{\"name\": \"LAST_ID\", \"type\": \"int\"}}],\n\"result\": {result},\n\"paging\": {paging}, \"docs\": \"https://example.com/\"}}"
        );
        mistakes(&[("methods/im/im.x.json", &method)])
    };
    let object = r#"{"type": "object", "fields": [{"name": "items", "type": "object[]", "fields": [{"name": "id", "type": "int"}]}]}"#;
    let by_id = |items: &str, cursor: &str| {
        format!(r#"{{"by": "last_id", "param": "LAST_ID", "items": "{items}", "cursor": "{cursor}"}}"#)
    };
    assert!(found(object, &by_id("items", "id")).is_empty());
    assert!(found(r#""Attach""#, r#"{"by": "start", "param": "LAST_ID"}"#).is_empty(), "a list type is a list");
    let at = "spec/methods/im/im.x.json:4 /paging";
    assert_eq!(found(object, &by_id("item", "id")), [format!(r#"{at}/items: the result has no list at "item""#)]);
    assert_eq!(found(object, &by_id("items", "ID")), [format!(r#"{at}/cursor: an item has no "ID""#)]);
    assert_eq!(
        found(r#""ChatId""#, r#"{"by": "start", "param": "LAST_ID"}"#),
        [format!(r#"{at}/items: the result has no list at """#)]
    );
    let next = r#"{"by": "next", "param": "LAST_ID", "items": "items", "cursor": "next", "more": "hasMore"}"#;
    assert_eq!(
        found(object, next),
        [format!(r#"{at}/cursor: the result has no "next""#), format!(r#"{at}/more: the result has no "hasMore""#)]
    );
}

#[test]
fn a_day_is_a_day() {
    let found =
        |day: &str| mistakes_in_method(&format!(r#""params": [{{"name": "A", "type": "int", "ends": "{day}"}}]"#));
    assert!(found("2026-09-30").is_empty());
    for wrong in ["30.09.2026", "2026-9-30", "2026-13-01", "2026-12-32", "soon"] {
        assert_eq!(
            found(wrong),
            [format!(
                r#"spec/methods/im/im.chat.add.json:8 /params/0/ends: "{wrong}" is not a day; write it as 2026-09-30"#
            )]
        );
    }
}

#[test]
fn prose_that_is_not_written_yet_is_asked_for() {
    let found = mistakes_in_method(
        r#""params": [{"name": "A", "type": "int", "doc": ""}], "errors": [{"code": "E", "kind": "other", "meaning": ""}]"#,
    );
    let said = "nothing is said yet: write one short sentence of your own";
    let at = "spec/methods/im/im.chat.add.json:8";
    assert_eq!(found, [format!("{at} /errors/0/meaning: {said}"), format!("{at} /params/0/doc: {said}")]);
}

#[test]
fn only_a_bool_can_be_sent_as_a_word() {
    let found = mistakes_in_method(r#""params": [{"name": "A", "type": "int", "send": "YesNo"}]"#);
    assert_eq!(
        found,
        [r#"spec/methods/im/im.chat.add.json:8 /params/0: "send" tells how a bool is written; this is int"#]
    );
}

#[test]
fn an_unknown_kind_of_type_is_one_mistake_not_several() {
    assert_eq!(
        mistakes_in_type(r#""kind": "objct", "fields": [{"name": "A", "type": "int"}]"#),
        [r#"spec/types/Message.json:5 /kind: unknown kind "objct", did you mean "object"?"#]
    );
}

#[test]
fn a_binding_is_by_hand_or_not_written() {
    assert_eq!(
        mistakes_in_type(r#""kind": "dialog", "binding": "code""#),
        [r#"spec/types/Message.json:5 /binding: expected "hand""#]
    );
}

#[test]
fn a_limit_has_to_limit_something() {
    assert_eq!(
        mistakes_in_method(r#""params": [{"name": "A", "type": "string", "limit": {"error": "TOO_LONG"}}]"#),
        ["spec/methods/im/im.chat.add.json:8 /params/0/limit: a limit holds kb, chars, min_chars, count, min or max"]
    );
}

#[test]
fn words_with_a_fixed_meaning_are_checked() {
    let field = |member: &str| mistakes_in_method(&format!(r#""params": [{{"name": "A", "type": "int", {member}}}]"#));
    let at = "spec/methods/im/im.chat.add.json:8 /params/0";
    assert_eq!(field(r#""only": "webhok""#), [format!(r#"{at}/only: expected webhook, did you mean "webhook"?"#)]);
    assert_eq!(
        field(r#""inject": "bot.clientid""#),
        [format!(r#"{at}/inject: unknown inject "bot.clientid", did you mean "bot.client_id"?"#)]
    );
}

#[test]
fn members_belong_to_objects() {
    let found =
        mistakes_in_method(r#""params": [{"name": "A", "type": "int[]", "fields": [{"name": "B", "type": "int"}]}]"#);
    assert_eq!(
        found,
        [r#"spec/methods/im/im.chat.add.json:8 /params/0: "fields" belong to the type object, not to int[]"#]
    );
    for container in ["object", "object[]", "object?", "map<int, object>"] {
        sound_method(&format!(
            r#""params": [{{"name": "A", "type": "{container}", "fields": [{{"name": "B", "type": "int"}}]}}]"#
        ));
    }
}

#[test]
fn a_name_stands_once_in_a_list_of_fields() {
    let found = mistakes_in_method(
        "\"params\": [\n  {\"name\": \"A\", \"type\": \"int\"},\n  {\"name\": \"A\", \"type\": \"int\"}]",
    );
    assert_eq!(found, [r#"spec/methods/im/im.chat.add.json:10 /params/1: "A" stands twice in this list"#]);
}
