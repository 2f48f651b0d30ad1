//! Where a mistake is: file, line, pointer; and that one run tells all of them.

use b24_spec::Spec;

use crate::fixture::{mistakes, mistakes_in_method, mistakes_in_type, spec_with};

#[test]
fn the_spec_that_the_other_tests_break_is_sound() {
    assert_eq!(mistakes(&[]), Vec::<String>::new());
}

#[test]
fn a_mistake_is_told_with_file_line_pointer_and_suggestion() {
    let params = r#""params": [
    {"name": "TITLE", "type": "string"},
    {"name": "ID", "type": "ChatId"},
    {"name": "USERS", "type": "int[]"},
    {
      "name": "ATTACH",
      "type": "Atach"
    }
  ]"#;
    assert_eq!(
        mistakes_in_method(params),
        [r#"spec/methods/im/im.chat.add.json:14 /params/3/type: unknown type "Atach", did you mean "Attach"?"#]
    );
}

#[test]
fn every_mistake_of_a_run_is_told_in_the_order_of_files_and_lines() {
    let method = r#"{
  "name": "im.chat.add",
  "sumary": "Creates a chat.",
  "scope": "im",
  "since": {"imm": 3},
  "result": "Chat Id",
  "docs": 5
}"#;
    let found = mistakes(&[
        ("types/Color.json", r#"{"name": "Color", "kind": "enumm", "doc": "A colour.", "since": null}"#),
        ("methods/im/im.chat.add.json", method),
    ]);
    assert_eq!(
        found,
        [
            r#"spec/methods/im/im.chat.add.json:1 the key "summary" is missing"#,
            r#"spec/methods/im/im.chat.add.json:3 /sumary: unknown key "sumary", did you mean "summary"?"#,
            r#"spec/methods/im/im.chat.add.json:5 /since/imm: unknown counter "imm", did you mean "im"?"#,
            r#"spec/methods/im/im.chat.add.json:6 /result: "Chat Id" is not a type expression"#,
            "spec/methods/im/im.chat.add.json:7 /docs: expected a string, found a number",
            r#"spec/types/Color.json:1 /kind: unknown kind "enumm", did you mean "enum"?"#,
        ]
    );
}

#[test]
fn the_report_ends_with_the_number_of_mistakes() {
    let one = Spec::read(&spec_with(&[("types/A.json", "")])).unwrap_err().to_string();
    assert_eq!(one, "spec/types/A.json:1 the file is empty\n1 mistake in the spec");
    let two = Spec::read(&spec_with(&[("types/A.json", ""), ("types/B.json", "")])).unwrap_err().to_string();
    assert!(two.ends_with("\n2 mistakes in the spec"), "{two}");
}

#[test]
fn a_key_with_a_slash_or_a_tilde_is_escaped_in_the_pointer() {
    let found = mistakes_in_type(r#""kind": "tagged", "tags": {"A/B~C": "Nowhere"}"#);
    assert_eq!(found, [r#"spec/types/Message.json:5 /tags/A~1B~0C: unknown type "Nowhere""#]);
}

#[test]
fn a_syntax_error_is_told_with_its_line_and_does_not_hide_other_files() {
    let found = mistakes(&[
        ("types/A.json", "{\n  \"name\": \"A\"\n  \"kind\": \"id\"\n}"),
        ("types/B.json", r#"{"name": "B", "kind": "dialog", "since": null}"#),
    ]);
    let [syntax, other] = found.as_slice() else { panic!("two mistakes, not {found:?}") };
    assert_eq!(syntax, "spec/types/A.json:2 invalid JSON: Expected comma");
    assert_eq!(other, r#"spec/types/B.json:1 the key "doc" is missing"#);
}

#[test]
fn what_editors_forgive_is_still_not_json() {
    for (text, why) in [
        ("{\"name\": \"A\",}", "a comma at the end"),
        ("{\"name\": \"A\" /* why */}", "a comment"),
        ("{name: \"A\"}", "a key without quotes"),
        ("{\"name\": 'A'}", "single quotes"),
        ("{\"name\": \"A\"} {}", "two documents"),
    ] {
        let found = mistakes(&[("types/A.json", text)]);
        assert!(found[0].contains("invalid JSON"), "{why} was accepted: {found:?}");
    }
}

#[test]
fn a_file_in_the_wrong_place_is_told_where_it_belongs() {
    let file = |name: &str, scope: &str| {
        format!(
            r#"{{"name": "{name}", "summary": "Does.", "scope": "{scope}", "since": null, "result": "any", "docs": "https://example.com/"}}"#
        )
    };
    let wrong_folder = mistakes(&[("methods/im/imbot.bot.list.json", &file("imbot.bot.list", "imbot"))]);
    assert_eq!(
        wrong_folder,
        ["spec/methods/im/imbot.bot.list.json:1 the file belongs at spec/methods/imbot/imbot.bot.list.json"]
    );
    let no_scope = mistakes(&[("methods/im/batch.json", &file("batch", ""))]);
    assert_eq!(no_scope, ["spec/methods/im/batch.json:1 the file belongs at spec/methods/_/batch.json"]);
    let other_name =
        mistakes(&[("types/Chat.json", r#"{"name": "Talk", "kind": "dialog", "doc": "D.", "since": null}"#)]);
    assert_eq!(other_name, ["spec/types/Chat.json:1 the file belongs at spec/types/Talk.json"]);
    let event = r#"{"name": "ONAPPTEST", "summary": "S.", "scope": "", "since": null, "subscribe": "install", "docs": "https://example.com/"}"#;
    let lower_case = mistakes(&[("events/onapptest.json", event)]);
    assert_eq!(lower_case, ["spec/events/onapptest.json:1 the file belongs at spec/events/ONAPPTEST.json"]);
}

#[test]
fn a_file_in_an_unknown_folder_is_told_the_folders() {
    assert_eq!(
        mistakes(&[("typos/Chat.json", "{}")]),
        ["spec/typos/Chat.json:1 the file belongs in spec/methods, spec/events or spec/types"]
    );
}
