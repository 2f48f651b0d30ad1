//! `api.txt`, the table of the public API.

use std::{fs, path::Path};

use b24_codegen::listing;

use crate::{
    fixture::{embedded, generated},
    golden::first_difference,
};

#[test]
fn the_committed_listing_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("api.txt");
    let committed = fs::read_to_string(path).unwrap_or_default();
    let now = listing(&embedded());
    assert!(
        committed == now,
        "codegen/api.txt is stale:\n{}\nRun `cargo run -p b24-codegen -- listing`, and look at what the diff says.",
        first_difference(&committed, &now)
    );
}

/// The lines of a fixture's listing that begin with this place.
fn lines(fixture: &str, place: &str) -> Vec<String> {
    let place = format!("{place} ");
    listing(&generated(fixture)).lines().filter_map(|line| line.strip_prefix(&place)).map(str::to_owned).collect()
}

#[test]
fn a_method_is_listed_with_its_function_its_setters_and_its_answer() {
    assert_eq!(
        lines("choices", "api::talk::profile")[..2],
        ["fn update(fields: impl Into<UpdateFields>) -> Update", "struct Update"]
    );
    assert_eq!(
        lines("choices", "api::talk::profile::Update"),
        [
            "fn notify(self, value: impl IntoIterator<Item = impl Into<UserId>>) -> Self",
            "fn notify_all(self, value: bool) -> Self",
            "type Output = bool",
        ]
    );
}

#[test]
fn a_choice_is_listed_with_its_variants_and_what_converts_into_it() {
    let choice = lines("choices", "api::talk::message::AddTarget");
    assert_eq!(choice, ["DialogId(DialogId)", "FromUserIdAndToUserId"]);
    assert_eq!(
        lines("choices", "api::talk::message::AddTarget::FromUserIdAndToUserId"),
        ["from_user_id: UserId", "to_user_id: UserId"]
    );
    assert!(lines("choices", "api::talk::message").contains(&"impl From<ChatId> for AddTarget".to_owned()));
}

#[test]
fn ids_enums_and_objects_are_listed_as_what_they_become() {
    let types = lines("answers", "types");
    assert_eq!(
        types,
        ["struct Chat", "struct ChatId(pub i64)", "struct EventAuth", "struct PageCode(pub String)", "enum Paint"]
    );
    assert_eq!(
        lines("answers", "types::Paint"),
        ["Red = \"RED\"", "Clear = \"\"", "fn hex(&self) -> Option<&'static str>"]
    );
}

#[test]
fn events_are_listed_with_their_data() {
    assert_eq!(lines("answers", "events"), ["struct AppUninstall {}", "struct ImChatAdd", "enum Event"]);
    assert_eq!(lines("answers", "events::ImChatAdd"), ["chat: BTreeMap<ChatId, Chat>", "code: Option<String>"]);
    assert_eq!(lines("answers", "events::Event::Other"), ["name: String", "data: Untyped"]);
}

#[test]
fn a_deprecated_function_is_listed_as_such() {
    assert_eq!(
        lines("names", "api::talk::chat")[0],
        "deprecated fn set_owner(r#type: impl Into<String>, self_: bool) -> SetOwner"
    );
}

#[test]
fn a_name_of_one_part_is_listed_in_the_api_itself() {
    assert_eq!(lines("names", "api"), ["fn scope() -> Scope", "struct Scope"]);
}

#[test]
fn what_is_not_public_is_not_listed() {
    let all = listing(&embedded());
    for private in ["(Params)", "into_params", "Need {", "Limit {", "Code {", "SYSTEM_CODES", "let ", "=>", "fn put"] {
        assert!(!all.contains(private), "{private} is listed");
    }
}

#[test]
fn every_line_is_listed_once() {
    let all = listing(&embedded());
    let mut lines: Vec<&str> = all.lines().filter(|line| !line.is_empty()).collect();
    let count = lines.len();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), count);
}

/// rustc shortens a path to its last name only where nothing else has that name.
#[test]
fn no_variant_makes_the_compiler_spell_out_a_common_type() {
    let all = listing(&embedded());
    for common in ["String", "Text", "Vec", "Option", "Result", "Value"] {
        let variants = [format!(" {common}("), format!(" {common} = \"")];
        let found = all.lines().find(|line| variants.iter().any(|variant| line.contains(variant.as_str())));
        assert_eq!(found, None);
    }
}
