//! Objects, enums, ids, events and system errors.

use b24_codegen::Options;

use crate::fixture::{generated, item};

#[test]
fn a_member_is_an_option_only_where_it_may_say_nothing() {
    let types = generated("answers").remove("types.rs").unwrap();
    let chat = item(&types, "pub struct Chat {");
    for member in [
        "pub id: ChatId,",
        "pub paint: Option<Paint>,",
        "pub title: Option<String>,",
        "pub tags: Vec<String>,",
        "pub pages: BTreeMap<PageCode, String>,",
        "pub created: DateTime,",
        "pub token: Option<Secret>,",
        "pub links: Option<Vec<PageCode>>,",
    ] {
        assert!(chat.contains(member), "{member} is missing: {chat}");
    }
}

#[test]
fn a_copy_of_another_member_is_left_out() {
    assert!(!generated("answers")["types.rs"].contains("chat_id"));
}

#[test]
fn a_type_that_nothing_refers_to_is_left_out() {
    let files = generated("answers");
    assert!(files.values().all(|text| !text.contains("Unused")));
    assert!(files["types.rs"].contains("pub struct EventAuth {"), "the envelope of events is always there");
}

#[test]
fn what_the_hand_written_types_are_made_of_is_there_for_any_scopes() {
    let files = b24_codegen::generate(&crate::fixture::spec("choices"), &Options::scopes(["none"]));
    assert!(files["types.rs"].contains("UserId: i64\n") && files["types.rs"].contains("ChatId: i64\n"));
    assert!(!files["types.rs"].contains("Profile"), "what only methods use is not");
}

#[test]
fn a_type_tells_its_revision() {
    let types = generated("answers").remove("types.rs").unwrap();
    assert!(item(&types, "pub struct Chat {").contains("/// A chat. Since im revision 19."));
    assert!(types.contains("/// ``: None. Since im revision 30."));
}

#[test]
fn an_enum_is_open_and_knows_its_colours() {
    let types = generated("answers").remove("types.rs").unwrap();
    assert!(item(&types, "open_enum! {").contains("Red = \"RED\","));
    let colours = item(&types, "impl Paint {");
    assert!(colours.contains("Self::Red => Some(\"#df532d\"),") && !colours.contains("Self::Clear"), "{colours}");
}

#[test]
fn an_id_is_a_number_or_text() {
    let types = generated("answers").remove("types.rs").unwrap();
    assert!(types.contains("ChatId: i64\n") && types.contains("PageCode: String\n"));
}

#[test]
fn an_object_that_is_only_answered_here_is_named_after_its_method() {
    let source = generated("answers").remove("api/talk.rs").unwrap();
    assert!(source.contains("type Output = ListResult;"));
    assert!(item(&source, "pub struct ListResult {").contains("pub cursor: Option<ListResultCursor>,"));
    assert!(item(&source, "pub struct ListResultCursor {").contains("pub next: Option<i64>,"));
}

#[test]
fn an_event_is_known_by_all_its_names() {
    let events = generated("answers").remove("events.rs").unwrap();
    assert!(events.contains(r#""ONIMCHATADD" | "ONCHATADD" => ImChatAdd::from_node(data).map(Self::ImChatAdd),"#));
    assert!(item(&events, "pub struct ImChatAdd {").contains(
        "/// Event [`ONIMCHATADD`](https://example.com/on-im-chat-add), scope `talk`. Since im revision 20."
    ));
}

#[test]
fn an_event_without_data_is_an_empty_struct() {
    let events = generated("answers").remove("events.rs").unwrap();
    assert!(events.contains("pub struct AppUninstall {}\n"));
}

#[test]
fn a_system_error_is_known_by_all_its_codes() {
    let errors = generated("answers").remove("errors.rs").unwrap();
    for code in ["expired_token", "old_token"] {
        let line = format!(
            "SystemCode {{ code: Code {{ code: \"{code}\", kind: ErrorKind::Auth, meaning: \"The token is past its hour.\" }}, advice: \"Refresh it.\" }},"
        );
        assert!(errors.contains(&line), "{line}");
    }
}
