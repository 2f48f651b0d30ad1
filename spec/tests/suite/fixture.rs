//! A small spec without mistakes, to which each test adds a file.

use b24_spec::{Source, Sources, Spec};

pub(crate) fn sources(files: &[(&str, &str)]) -> Sources {
    let source = |(path, text): &(&str, &str)| Source { path: (*path).to_owned(), text: (*text).to_owned() };
    Sources(files.iter().map(source).collect())
}

const SOUND: [(&str, &str); 4] = [
    ("types/ChatId.json", r#"{"name": "ChatId", "kind": "id", "of": "int", "doc": "A chat.", "since": null}"#),
    ("types/Attach.json", r#"{"name": "Attach", "kind": "list", "of": "string", "doc": "Blocks.", "since": null}"#),
    (
        "methods/im/im.chat.get.json",
        r#"{"name": "im.chat.get", "summary": "Finds.", "scope": "im", "since": {"im": 18}, "result": "ChatId",
            "docs": "https://example.com/"}"#,
    ),
    (
        "events/ONIMCHATADD.json",
        r#"{"name": "ONIMCHATADD", "summary": "A new chat.", "scope": "im", "since": null, "subscribe": "event.bind",
            "docs": "https://example.com/"}"#,
    ),
];

/// The sound files and those of the test.
pub(crate) fn spec_with(files: &[(&str, &str)]) -> Sources {
    let Sources(mut all) = sources(&SOUND);
    all.extend(sources(files).0);
    Sources(all)
}

/// What the checker says when these files are added to the sound ones, line by line.
pub(crate) fn mistakes(files: &[(&str, &str)]) -> Vec<String> {
    match Spec::read(&spec_with(files)) {
        Ok(_) => Vec::new(),
        Err(diagnostics) => diagnostics.0.iter().map(ToString::to_string).collect(),
    }
}

/// The mistakes in a method `im.chat.add` that has these members besides the ones that every method needs. They begin
/// in line 8.
pub(crate) fn mistakes_in_method(members: &str) -> Vec<String> {
    mistakes(&[("methods/im/im.chat.add.json", &method(members))])
}

pub(crate) fn method(members: &str) -> String {
    format!(
        r#"{{
  "name": "im.chat.add",
  "summary": "Creates a chat.",
  "scope": "im",
  "since": null,
  "result": "ChatId",
  "docs": "https://example.com/",
  {members}
}}"#
    )
}

/// The mistakes in a type `Message` that has these members besides the ones that every type needs. They begin in line 5.
pub(crate) fn mistakes_in_type(members: &str) -> Vec<String> {
    let text = format!("{{\n\"name\": \"Message\",\n\"doc\": \"A message.\",\n\"since\": null,\n{members}\n}}");
    mistakes(&[("types/Message.json", &text)])
}

/// The method of [`mistakes_in_method`], read without a mistake.
pub(crate) fn sound_method(members: &str) -> b24_spec::Method {
    let spec = Spec::read(&spec_with(&[("methods/im/im.chat.add.json", &method(members))]));
    spec.unwrap_or_else(|mistakes| panic!("{mistakes}")).methods.remove("im.chat.add").unwrap()
}
