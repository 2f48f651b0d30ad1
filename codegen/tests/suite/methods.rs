//! Functions that make calls.

use crate::fixture::{generated, item};

fn talk(fixture: &str) -> String {
    generated(fixture).remove("api/talk.rs").unwrap()
}

#[test]
fn a_function_takes_the_choice_and_what_is_required() {
    assert!(
        talk("choices").contains("pub fn add(target: impl Into<AddTarget>, message: impl Into<String>) -> Add {"),
        "an injected parameter such as BOT_ID is no argument even where the portal requires it"
    );
}

#[test]
fn what_is_optional_or_filled_in_by_the_client_is_a_setter() {
    let source = talk("choices");
    let setters = &source[source.find("impl Add {").unwrap()..source.find("impl Request for Add {").unwrap()];
    for setter in [
        "system(mut self, value: bool)",
        "bot_id(mut self, value: i64)",
        "client_id(mut self, value: impl Into<String>)",
    ] {
        assert!(setters.contains(&format!("pub fn {setter} -> Self {{")), "{setter}");
    }
    for none in ["dialog_id", "from_user_id", "message", "read_at"] {
        assert!(!setters.contains(&format!("pub fn {none}(")), "{none} is no setter");
    }
}

#[test]
fn exactly_one_of_several_is_an_enum() {
    let source = talk("choices");
    let choice = item(&source, "pub enum AddTarget {");
    assert!(choice.contains("DialogId(DialogId),"), "{choice}");
    assert!(choice.contains("FromUserIdAndToUserId {"), "what belongs together is one variant: {choice}");
    assert!(choice.contains("from_user_id: UserId,") && choice.contains("to_user_id: UserId,"), "{choice}");
}

#[test]
fn a_value_that_fits_one_alternative_converts_into_the_choice() {
    let source = talk("choices");
    for from in ["DialogId", "UserId", "ChatId"] {
        assert_eq!(source.matches(&format!("impl From<{from}> for AddTarget {{")).count(), 1, "{from}");
    }
}

#[test]
fn a_value_that_fits_two_alternatives_converts_into_the_closer_one() {
    let source = talk("choices");
    assert_eq!(source.matches("impl From<UserId> for OpenChoice1 {").count(), 1, "two would not compile");
    let from_user = item(&source, "impl From<UserId> for OpenChoice1 {");
    assert!(from_user.contains("Self::UserId(value)"), "{from_user}");
}

#[test]
fn at_least_one_of_several_is_checked_before_sending() {
    let source = talk("choices");
    let facts = item(&source, r#"name: "talk.profile.update","#);
    assert!(facts.contains(r#"Need { path: "", of: &[&["NOTIFY"], &["NOTIFY_ALL"]] }"#), "{facts}");
    assert!(
        facts.contains(r#"Need { path: "FIELDS.PROFILE", of: &[&["NAME"], &["LAST_NAME"]] }"#),
        "the group of a type holds wherever the type is used: {facts}"
    );
}

#[test]
fn a_nested_object_is_a_struct_with_setters_and_choices_of_its_own() {
    let source = talk("choices");
    assert!(source.contains("pub fn update(fields: impl Into<UpdateFields>) -> Update {"));
    assert!(
        source.contains("pub fn new(picture: impl Into<UpdateFieldsPicture>, profile: impl Into<Profile>) -> Self {")
    );
    assert!(item(&source, "pub enum UpdateFieldsPicture {").contains("Photo(Base64),"));
}

#[test]
fn a_list_of_nested_objects_is_a_list_of_structs() {
    let source = talk("choices");
    let setter = item(&source, "pub fn phones(");
    assert!(setter.contains("value: impl IntoIterator<Item = impl Into<UpdateFieldsPhones>>"), "{setter}");
    assert!(setter.contains("collect::<Vec<UpdateFieldsPhones>>()"), "{setter}");
}

#[test]
fn the_facts_hold_what_the_client_checks_and_fills_in() {
    let source = talk("choices");
    let facts = item(&source, r#"name: "talk.message.add","#);
    for fact in [
        r#"scope: "talk","#,
        r#"since: Some(Since { counter: "im", revision: 18 }),"#,
        r#"Inject { param: "BOT_ID", from: Injected::BotId },"#,
        r#"Inject { param: "CLIENT_ID", from: Injected::ClientId },"#,
        r#"Limit { path: "FILE", bound: Bound::Bytes(30 * 1024), code: "FILE_OVERSIZE", from: "" },"#,
        r#"Code { code: "MESSAGE_EMPTY", kind: ErrorKind::Missing, meaning: "No text was given." },"#,
        r#"Code { code: "EMPTY_MESSAGE", kind: ErrorKind::Missing, meaning: "No text was given." },"#,
        r#"meaning: "The bot may not \"speak\" here." },"#,
    ] {
        assert!(facts.contains(fact), "{fact} is missing: {facts}");
    }
    assert!(!facts.contains("idempotent"), "what is not known is not written");
    assert!(item(&source, r#"name: "talk.profile.update","#).contains("idempotent: true,"));
}

#[test]
fn the_docs_tell_method_link_scope_and_revision() {
    let source = talk("choices");
    let docs = item(&source, "pub fn add(");
    assert!(
        docs.contains(
            "/// REST method [`talk.message.add`](https://example.com/talk-message-add), scope `talk`. Since im revision 18."
        ),
        "{docs}"
    );
    assert!(item(&source, "pub fn update(").contains("Safe to repeat."));
    assert!(!docs.contains("Safe to repeat."));
}

#[test]
fn the_docs_tell_arguments_setters_and_errors() {
    let source = talk("choices");
    let docs = item(&source, "pub fn add(");
    for line in [
        "/// - `target`: `DIALOG_ID` or `FROM_USER_ID` with `TO_USER_ID`.",
        "/// - `message`: `MESSAGE`: The text. At most 2000 characters.",
        "/// Optional: [`system`](Add::system), [`file`](Add::file), [`bot_id`](Add::bot_id), [`client_id`](Add::client_id).",
        "/// # Errors",
        "/// - `MESSAGE_EMPTY`, also `EMPTY_MESSAGE`: No text was given.",
        "/// - `ACCESS_ERROR`: The bot may not \"speak\" here.",
    ] {
        assert!(docs.contains(line), "{line} is missing: {docs}");
    }
}

#[test]
fn the_docs_of_a_setter_tell_default_and_revision() {
    let source = talk("choices");
    let docs = item(&source, "pub fn system(");
    assert!(
        docs.contains("/// `SYSTEM`: Whether it is a system message. The portal assumes `N`. Since im revision 30."),
        "{docs}"
    );
}

#[test]
fn a_deprecated_method_names_its_replacement() {
    let source = talk("names");
    assert!(item(&source, "pub fn set_owner(").contains("#[deprecated = \"use `talk.v2.Chat.Owner.move`\"]\n"));
    assert!(!item(&source, "pub fn r#move(").contains("deprecated"));
}

#[test]
fn keywords_stay_recognisable() {
    let source = talk("names");
    assert!(source.contains("pub fn set_owner(r#type: impl Into<String>, self_: bool) -> SetOwner {"));
    assert!(source.contains(r#"params.set("TYPE", r#type.into());"#));
    assert!(source.contains("pub fn r#match(mut self, value: impl Into<String>) -> Self {"));
    assert!(source.contains("pub mod r#type {") && source.contains("pub fn r#match() -> Match {"));
}

#[test]
fn a_rust_path_mirrors_the_rest_name() {
    let source = talk("names");
    let path = ["pub mod v2 {", "pub mod chat {", "pub mod owner {", "pub fn r#move(chat_id: i64) -> Move {"];
    let places: Vec<_> = path.iter().map(|part| source.rfind(part).unwrap_or_else(|| panic!("{part}"))).collect();
    assert!(places.is_sorted(), "{path:?} is nested");
}

#[test]
fn a_name_of_one_part_is_a_function_of_the_api_itself() {
    let files = generated("names");
    assert!(files["api.rs"].contains("pub use self::top::*;"));
    assert!(files["api/_.rs"].contains("pub fn scope() -> Scope {"));
}
