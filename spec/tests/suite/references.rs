//! Names that refer to something that is not there.

use crate::fixture::{mistakes, mistakes_in_method, mistakes_in_type};

const AT: &str = "spec/methods/im/im.chat.add.json:8";

#[test]
fn an_unknown_type_is_told_wherever_a_type_may_stand() {
    for (members, pointer) in [
        (r#""kind": "id", "of": "Chatid""#, "/of"),
        (r#""kind": "list", "of": "Chatid[]?""#, "/of"),
        (r#""kind": "union", "forms": ["int", "Chatid"]"#, "/forms/1"),
        (r#""kind": "tagged", "tags": {"CHAT": "Chatid"}"#, "/tags/CHAT"),
        (r#""kind": "object", "fields": [{"name": "A", "type": "map<int, Chatid>"}]"#, "/fields/0/type"),
        (r#""kind": "object", "fields": [{"name": "A", "type": "map<Chatid, int>"}]"#, "/fields/0/type"),
    ] {
        assert_eq!(
            mistakes_in_type(members),
            [format!(r#"spec/types/Message.json:5 {pointer}: unknown type "Chatid", did you mean "ChatId"?"#)]
        );
    }
}

#[test]
fn a_built_in_word_is_suggested_like_a_file() {
    assert_eq!(
        mistakes_in_method(r#""params": [{"name": "A", "type": "strng"}]"#),
        [format!(r#"{AT} /params/0/type: unknown type "strng", did you mean "string"?"#)]
    );
}

#[test]
fn a_result_is_checked_in_both_its_forms() {
    let file = |result: &str| {
        format!(
            "{{\"name\": \"im.x\", \"summary\": \"S.\", \"scope\": \"im\", \"since\": null, \"docs\": \"https://e.com/\",\n\"result\": {result}}}"
        )
    };
    let expression = mistakes(&[("methods/im/im.x.json", &file(r#""Chatid""#))]);
    assert_eq!(expression, [r#"spec/methods/im/im.x.json:2 /result: unknown type "Chatid", did you mean "ChatId"?"#]);
    let field = mistakes(&[(
        "methods/im/im.x.json",
        &file(r#"{"type": "object", "fields": [{"name": "a", "type": "Chatid"}]}"#),
    )]);
    assert_eq!(
        field,
        [r#"spec/methods/im/im.x.json:2 /result/fields/0/type: unknown type "Chatid", did you mean "ChatId"?"#]
    );
}

#[test]
fn a_counter_is_one_of_two() {
    let since =
        |since: &str| mistakes_in_method(&format!(r#""params": [{{"name": "A", "type": "int", "since": {since}}}]"#));
    assert_eq!(
        since(r#"{"imopenline": 1}"#),
        [format!(r#"{AT} /params/0/since/imopenline: unknown counter "imopenline", did you mean "imopenlines"?"#)]
    );
    for not_one in ["{}", r#"{"im": 1, "imopenlines": 2}"#] {
        assert_eq!(
            since(not_one),
            [format!(r#"{AT} /params/0/since: expected one counter and its value, like {{"im": 24}}"#)]
        );
    }
}

#[test]
fn until_is_checked_like_since() {
    assert_eq!(
        mistakes_in_method(r#""params": [{"name": "A", "type": "int", "until": {"crm": 3}}]"#),
        [format!(r#"{AT} /params/0/until/crm: unknown counter "crm""#)]
    );
}

#[test]
fn a_group_names_fields_that_exist_beside_it() {
    let params = r#""params": [{"name": "DIALOG_ID", "type": "string"}, {"name": "CHAT_ID", "type": "ChatId"}]"#;
    assert_eq!(
        mistakes_in_method(&format!(r#"{params}, "groups": [{{"need": "one", "of": [["DIALOG"], ["CHAT_ID"]]}}]"#)),
        [format!(r#"{AT} /groups/0/of/0/0: there is no field "DIALOG", did you mean "DIALOG_ID"?"#)]
    );
}

#[test]
fn a_field_in_a_group_is_not_required_as_well() {
    let params = r#""params": [{"name": "A", "type": "int", "required": true}, {"name": "B", "type": "int"}]"#;
    assert_eq!(
        mistakes_in_method(&format!(r#"{params}, "groups": [{{"need": "any", "of": [["A"], ["B"]]}}]"#)),
        [format!(r#"{AT} /groups/0/of/0/0: "A" stands in a group and must not be required"#)]
    );
}

#[test]
fn a_group_says_how_many_it_needs() {
    let group = |need: &str| {
        mistakes_in_method(&format!(
            r#""params": [{{"name": "A", "type": "int"}}], "groups": [{{{need}"of": [["A"]]}}]"#
        ))
    };
    assert_eq!(group(""), [format!(r#"{AT} /groups/0: the key "need" is missing"#)]);
    assert_eq!(
        group(r#""need": "ony", "#),
        [format!(r#"{AT} /groups/0/need: expected one or any, did you mean "one"?"#)]
    );
}

#[test]
fn a_group_inside_an_object_names_its_members() {
    let fields = r#"{"name": "F", "type": "object", "fields": [{"name": "A", "type": "int"}], "groups": [{"need": "any", "of": [["F"]]}]}"#;
    assert_eq!(
        mistakes_in_method(&format!(r#""params": [{fields}]"#)),
        [format!(r#"{AT} /params/0/groups/0/of/0/0: there is no field "F""#)]
    );
}

#[test]
fn an_error_names_a_parameter_that_exists() {
    let params = r#""params": [{"name": "FIELDS", "type": "object", "fields": [{"name": "TITLE", "type": "string"}]}]"#;
    let error = |param: &str| {
        mistakes_in_method(&format!(
            r#"{params}, "errors": [{{"code": "E", "kind": "missing", "param": {param}, "meaning": "M."}}]"#
        ))
    };
    assert_eq!(error(r#""FIELDS.TITLE""#), Vec::<String>::new());
    assert_eq!(
        error(r#""FIELD.TITLE""#),
        [format!(r#"{AT} /errors/0/param: there is no parameter "FIELD", did you mean "FIELDS"?"#)]
    );
    assert_eq!(
        error(r#"["FIELDS", "FIELDS.TITEL"]"#),
        [format!(r#"{AT} /errors/0/param/1: there is no parameter "TITEL", did you mean "TITLE"?"#)]
    );
}

#[test]
fn an_error_has_a_known_kind_a_code_and_a_meaning() {
    assert_eq!(
        mistakes_in_method(r#""errors": [{"kind": "notfound"}]"#),
        [
            format!(r#"{AT} /errors/0: the key "code" is missing"#),
            format!(r#"{AT} /errors/0: the key "meaning" is missing"#),
            format!(r#"{AT} /errors/0/kind: unknown kind "notfound", did you mean "not_found"?"#),
        ]
    );
}

#[test]
fn a_system_error_needs_its_status_and_an_advice() {
    let found = mistakes(&[("errors.json", r#"{"errors": [{"code": "E", "kind": "auth", "meaning": "M."}]}"#)]);
    assert_eq!(
        found,
        [
            r#"spec/errors.json:1 /errors/0: the key "advice" is missing"#,
            r#"spec/errors.json:1 /errors/0: the key "status" is missing"#,
        ]
    );
}

#[test]
fn what_replaces_a_deprecated_method_is_in_the_spec() {
    let use_of = |name: &str| mistakes_in_method(&format!(r#""status": {{"deprecated": {{"use": "{name}"}}}}"#));
    assert_eq!(use_of("im.chat.get"), Vec::<String>::new());
    assert_eq!(
        use_of("im.chat.got"),
        [format!(r#"{AT} /status/deprecated/use: "im.chat.got" is not in the spec, did you mean "im.chat.get"?"#)]
    );
    assert!(!use_of("ONIMCHATADD").is_empty(), "an event does not replace a method");
}

#[test]
fn what_replaces_a_deprecated_event_is_an_event() {
    let event = |name: &str| {
        format!(
            r#"{{"name": "ONOLD", "summary": "S.", "scope": "im", "since": null, "subscribe": "event.bind",
                "docs": "https://example.com/", "status": {{"deprecated": {{"use": "{name}"}}}}}}"#
        )
    };
    assert_eq!(mistakes(&[("events/ONOLD.json", &event("ONIMCHATADD"))]), Vec::<String>::new());
    assert_eq!(
        mistakes(&[("events/ONOLD.json", &event("im.chat.get"))]),
        [r#"spec/events/ONOLD.json:2 /status/deprecated/use: "im.chat.get" is not in the spec"#]
    );
}

#[test]
fn a_status_with_several_mistakes_tells_them_all() {
    assert_eq!(
        mistakes_in_method(r#""status": {"deprecated": {"us": "im.chat.get"}, "since": 5}"#),
        [
            format!(r#"{AT} /status/deprecated/us: unknown key "us", did you mean "use"?"#),
            format!(r#"{AT} /status/since: unknown key "since""#),
        ]
    );
}

#[test]
fn the_steps_of_a_counter_ascend() {
    let steps = |first: u32, second: u32| {
        let text = format!(
            r#"{{"counters": {{"im": {{"doc": "D.", "steps": [{{"revision": {first}, "doc": "A."}}, {{"revision": {second}, "doc": "B."}}]}}}}}}"#
        );
        mistakes(&[("revisions.json", &text)])
    };
    assert_eq!(steps(18, 19), Vec::<String>::new());
    let wrong = ["spec/revisions.json:1 /counters/im: the steps must be in ascending order"];
    assert_eq!(steps(19, 18), wrong);
    assert_eq!(steps(18, 18), wrong);
}

#[test]
fn a_change_names_what_is_in_the_spec() {
    let changes = r#"{"changes": [{"id": "A-1", "kind": "fixed", "published": "2026-01-02", "summary": "S.",
"methods": ["im.chat.gte"], "events": ["ONIMCHATADD"]}]}"#;
    assert_eq!(
        mistakes(&[("changes.json", changes)]),
        [
            r#"spec/changes.json:1 /changes/0/kind: unknown kind "fixed", did you mean "fix"?"#,
            r#"spec/changes.json:2 /changes/0/methods/0: "im.chat.gte" is not in the spec, did you mean "im.chat.get"?"#,
        ]
    );
}

#[test]
fn a_status_says_something() {
    assert_eq!(
        mistakes_in_method(r#""status": {}"#),
        [format!(r#"{AT} /status: a status holds "deprecated" or "undocumented""#)]
    );
    assert!(mistakes_in_method(r#""status": {"deprecated": {}}"#).is_empty(), "nothing may replace it");
    assert!(mistakes_in_method(r#""status": {"undocumented": true}"#).is_empty());
}
