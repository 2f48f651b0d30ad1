//! The maintainers' loop, run as they run it: the binary, a folder of pages, a folder of spec files.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

/// A spec that knows nothing but that there is a scope `talk`, and pages to learn from.
struct Desk {
    folder: TempDir,
}

const PAGE: &str = "api-reference/talk/talk-chat-add.md";

const CHAT_ADD: &str = "# Create a Chat talk.chat.add

> Scope: [`talk`](../scopes.md)

## Method Parameters

#|
|| **Name**
`type` | **Description** ||
|| **TITLE***
[`string`](../types.md) | What to call it ||
|| **OPTIONS**
[`object`](../types.md) | More ([here](#options)) ||
|#

### Options {#options}

#|
|| **Name**
`type` | **Description** ||
|| **COLOR**
[`string`](../types.md) | Default is `RED` ||
|#

## Response Handling

```json
{\"result\": {\"id\": 7, \"title\": \"Release\", \"created\": \"2026-01-02T03:04:05+00:00\", \"tags\": [\"a\"]}}
```

## Error Handling

#|
|| **Code** | **Description** ||
|| `TITLE_EMPTY` | No title ||
|#
";

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.write(
            "spec/methods/talk/talk.ping.json",
            r#"{"name": "talk.ping", "summary": "S.", "scope": "talk", "since": null, "status": {"undocumented": true}, "result": "bool", "docs": "https://example.com/"}"#,
        );
        desk.write(&format!("docs/{PAGE}"), CHAT_ADD);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs the binary; whether it ended with success, and what it printed.
    fn run(&self, arguments: &[&str]) -> (bool, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_b24-codegen"));
        let output = command.current_dir(&self.folder).args(arguments).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(text).unwrap())
    }

    /// Takes over the page and writes the prose that is then missing.
    fn learned() -> Self {
        let desk = Self::new();
        assert!(desk.run(&["import", "docs", "--apply"]).0);
        desk.tell("spec/methods/talk/talk.chat.add.json");
        desk
    }

    fn tell(&self, file: &str) {
        let text = self.read(file);
        self.write(file, &text.replace("\"\"", "\"Said.\""));
    }

    fn change(&self, from: &str, to: &str) {
        let page = self.read(&format!("docs/{PAGE}"));
        assert!(page.contains(from));
        self.write(&format!("docs/{PAGE}"), &page.replace(from, to));
    }
}

#[test]
fn a_new_method_of_a_known_scope_is_reported() {
    let (clean, said) = Desk::new().run(&["import", "docs"]);
    assert!(!clean, "there is something to do");
    assert!(said.contains("new methods and events:\n  talk.chat.add  api-reference"), "{said}");
    assert!(said.contains("1 read whole, 0 in part or not (100.0 % whole)"), "{said}");
}

#[test]
fn a_new_method_is_written_with_all_facts_and_no_prose() {
    let desk = Desk::new();
    let (_, said) = desk.run(&["import", "docs", "--apply"]);
    assert!(said.contains("methods/talk/talk.chat.add.json"), "{said}");
    let expected = r#"{
  "name": "talk.chat.add",
  "summary": "",
  "scope": "talk",
  "since": null,
  "params": [
    {"name": "TITLE", "type": "string", "required": true, "doc": ""},
    {
      "name": "OPTIONS",
      "type": "object",
      "doc": "",
      "fields": [{"name": "COLOR", "type": "string", "default": "RED", "doc": ""}]
    }
  ],
  "result": {
    "type": "object",
    "fields": [
      {"name": "id", "type": "int", "doc": ""},
      {"name": "title", "type": "string", "doc": ""},
      {"name": "created", "type": "DateTime", "doc": ""},
      {"name": "tags", "type": "string[]", "doc": ""}
    ]
  },
  "errors": [{"code": "TITLE_EMPTY", "kind": "other", "meaning": ""}],
  "docs": "https://apidocs.bitrix24.com/api-reference/talk/talk-chat-add.html"
}
"#;
    assert_eq!(desk.read("spec/methods/talk/talk.chat.add.json"), expected);
    let (sound, said) = desk.run(&["check"]);
    assert!(!sound && said.contains("/summary: nothing is said yet"), "{said}");
    assert!(said.ends_with("9 mistakes in the spec\n"), "each empty place is one: {said}");
}

#[test]
fn what_was_taken_over_no_longer_differs() {
    let desk = Desk::learned();
    assert!(desk.run(&["check"]).0);
    let (clean, said) = desk.run(&["import", "docs"]);
    assert!(clean, "{said}");
}

#[test]
fn a_changed_page_is_told_fact_by_fact() {
    let desk = Desk::learned();
    desk.change("**TITLE***\n[`string`]", "**TITLE**\n[`integer`]");
    desk.change("|| **COLOR**", "|| **SIZE***\n[`integer`](../types.md) | How large ||\n|| **COLOR**");
    desk.change("`TITLE_EMPTY` | No title", "`NO_TITLE` | No title");
    desk.change("\"id\": 7,", "\"id\": 7, \"owner\": {\"id\": 1},");
    let (clean, said) = desk.run(&["import", "docs"]);
    assert!(!clean);
    let report = "talk.chat.add  api-reference/talk/talk-chat-add.md
  ~ param TITLE: optional
  ~ param TITLE: type integer
  + param OPTIONS.SIZE
  + error NO_TITLE
  - error TITLE_EMPTY
  + example result.owner: unknown
";
    assert!(said.starts_with(report), "{said}");
}

#[test]
fn facts_are_written_where_they_belong_and_prose_stays() {
    let desk = Desk::learned();
    let file = "spec/methods/talk/talk.chat.add.json";
    let spoken = desk.read(file).replacen("Said.", "Creates a chat.", 1);
    desk.write(file, &spoken);
    desk.change("|| **COLOR**", "|| **SIZE***\n[`integer`](../types.md) | How large ||\n|| **COLOR**");
    desk.change("`TITLE_EMPTY` | No title", "`NO_TITLE` | No title");
    let (_, said) = desk.run(&["import", "docs", "--apply"]);
    assert!(said.starts_with("2 facts written into the spec\n"), "{said}");
    assert!(said.contains("for you to decide: change the spec, or record a reason with --decide:\n  talk.chat.add: - error TITLE_EMPTY"), "{said}");
    let now = desk.read(file);
    assert!(now.contains(r#""summary": "Creates a chat.""#), "{now}");
    assert!(now.contains(r#"{"name": "SIZE", "type": "int", "required": true, "doc": ""}"#), "{now}");
    assert!(now.contains(r#"{"code": "NO_TITLE", "kind": "other", "meaning": ""}"#), "{now}");
}

#[test]
fn a_difference_is_kept_with_its_reason() {
    let desk = Desk::learned();
    desk.change("|| `TITLE_EMPTY` | No title ||", "|| `OTHER` | Something ||");
    assert!(desk.run(&["import", "docs", "--decide", "older portals answer it"]).0);
    let kept = r#"{
  "talk.chat.add": {"error OTHER": "older portals answer it", "error TITLE_EMPTY": "older portals answer it"}
}
"#;
    assert_eq!(desk.read("spec/differences.json"), kept);
    let (clean, said) = desk.run(&["import", "docs"]);
    assert!(clean && said.contains("2 differences are decided"), "{said}");
}

#[test]
fn a_decision_about_what_no_longer_differs_is_an_error() {
    let desk = Desk::learned();
    desk.write("spec/differences.json", r#"{"talk.chat.add": {"param TOPIC": "it is called TITLE"}}"#);
    let (clean, said) = desk.run(&["import", "docs"]);
    assert!(!clean);
    assert!(said.contains("about what no longer differs; remove them:\n  talk.chat.add: param TOPIC"), "{said}");
}

#[test]
fn a_page_that_is_gone_is_told() {
    let desk = Desk::learned();
    fs::remove_file(desk.path(&format!("docs/{PAGE}"))).unwrap();
    let (clean, said) = desk.run(&["import", "docs"]);
    assert!(!clean && said.starts_with("talk.chat.add  \n  - page\n"), "{said}");
    assert!(!said.contains("talk.ping"), "only older sources know it, and the spec says so: {said}");
}

#[test]
fn a_portals_own_description_is_read_like_the_documentation() {
    let desk = Desk::new();
    desk.write("openapi.json", include_str!("../fixtures/openapi.json"));
    let (_, said) = desk.run(&["import", "--openapi", "openapi.json", "talk.message.send", "--facts"]);
    let facts = "REST 3.0 method talk.message.send (/talk.message.send)
  scope talk
  fields*: object
    chatId*: integer
    text*: string
    mood: string = plain of plain, loud
    at: datetime
    reply: object
      id*: integer
  error BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION
  example {\"result\":{\"item\":{\"id\":1,\"tags\":[\"text\"]}}}
";
    assert_eq!(said, facts);
    let (_, said) = desk.run(&["import", "--openapi", "openapi.json"]);
    assert!(said.contains("  talk.message.send  /talk.message.send"), "{said}");
    assert!(desk.run(&["import", "--openapi", "openapi.json", "--apply"]).0);
    let written = desk.read("spec/methods/talk/talk.message.send.json");
    assert!(written.contains("\"rest\": 3"), "it has an address of its own: {written}");
    desk.tell("spec/methods/talk/talk.message.send.json");
    assert!(desk.run(&["import", "--openapi", "openapi.json"]).0, "nothing differs any more");
}

#[test]
fn a_file_that_is_no_description_is_told_apart() {
    let desk = Desk::new();
    desk.write("openapi.json", r#"{"result": []}"#);
    let (clean, said) = desk.run(&["import", "--openapi", "openapi.json"]);
    assert!(!clean && said.contains("it has no `paths`; save what `rest.documentation.openapi` answers"), "{said}");
}

#[test]
fn a_wrong_folder_is_told_with_what_is_missing() {
    let desk = Desk::new();
    let (clean, said) = desk.run(&["import", "spec"]);
    assert!(!clean && said.contains("it has no folder `api-reference`"), "{said}");
    let (clean, said) = desk.run(&["--spec", "docs", "check"]);
    assert!(!clean && said.contains("docs is not a spec folder (it has no `methods`)"), "{said}");
    assert!(Path::new(env!("CARGO_BIN_EXE_b24-codegen")).exists());
}
