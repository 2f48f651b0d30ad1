//! Type expressions as they stand in files.

use b24_spec::TypeExpr;

use crate::fixture::{mistakes_in_method, sound_method};

#[test]
fn an_expression_is_written_as_it_was_read() {
    for text in [
        "string",
        "int",
        "float",
        "bool",
        "YesNo",
        "Date",
        "DateTime",
        "Url",
        "Base64",
        "Secret",
        "any",
        "object",
        "ChatId",
        "ChatId[]",
        "ChatId?",
        "ChatId[]?",
        "string?[]",
        "int[][]",
        "map<ChatId, string>",
        "map<ChatId, string[]>[]",
        "map<int, map<string, ChatId?>>",
    ] {
        let method = sound_method(&format!(r#""params": [{{"name": "A", "type": "{text}"}}]"#));
        assert_eq!(method.params[0].ty.to_string(), text);
    }
}

#[test]
fn spaces_do_not_matter() {
    let method = sound_method(r#""params": [{"name": "A", "type": " map<ChatId,string []> "}]"#);
    assert_eq!(method.params[0].ty.to_string(), "map<ChatId, string[]>");
}

#[test]
fn what_lies_inside_lists_maps_and_options_can_be_asked_for() {
    let method = sound_method(r#""params": [{"name": "A", "type": "map<ChatId, Attach[]?>"}]"#);
    let ty = &method.params[0].ty;
    assert_eq!(*ty.innermost(), TypeExpr::Named("Attach".to_owned()));
    let mut names = Vec::new();
    ty.for_each_name(&mut |name| names.push(name));
    assert_eq!(names, ["ChatId", "Attach"]);
}

#[test]
fn nonsense_is_refused_with_the_text_at_fault() {
    for (text, told) in [
        ("Chat-Id", r#""Chat-Id" is not a type expression"#),
        ("[]", r#""" is not a type expression"#),
        ("map<int>", r#""map<int>" needs two types: map<Key, Value>"#),
        ("map<int, string", r#""map<int, string" is not a type expression"#),
        ("List<int>", r#""List<int>" is not a type expression"#),
    ] {
        assert_eq!(
            mistakes_in_method(&format!(r#""params": [{{"name": "A", "type": "{text}"}}]"#)),
            [format!("spec/methods/im/im.chat.add.json:8 /params/0/type: {told}")]
        );
    }
}
