//! A call that a portal cannot know is not sent to it.

use b24_portal::Portal;
use b24_runtime::{
    Cause, Client, RevisionPolicy, api, types::DialogId, types::MessageId, types::ShareType, types::UserId,
};
use serde_json::json;

use crate::log::Log;

const DIALOG: DialogId = DialogId::User(UserId(1));

async fn portal_of(revision: u32) -> (Portal, Client) {
    let portal = Portal::builder().revision(revision).start().await.unwrap();
    let client = Client::webhook(&portal.webhook(1, ["im", "imbot"])).unwrap();
    (portal, client)
}

fn called(portal: &Portal) -> Vec<String> {
    portal.calls().iter().map(|call| call.name().to_owned()).collect()
}

#[tokio::test]
async fn a_method_that_is_newer_than_the_portal_is_not_sent() {
    let (portal, client) = portal_of(28).await;
    let error = client.call(api::im::dialog::read::all()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "im.dialog.read.all: not sent: im.dialog.read.all needs im revision 30, this portal has 28"
    );
    assert!(error.is_revision() && !error.is_outcome_unknown());
    assert!(matches!(error.cause(), Cause::Revision { portal: 28, is_first: true, .. }));
    assert_eq!(called(&portal), ["im.revision.get"], "the portal was asked for its revision and nothing else");
}

#[tokio::test]
async fn a_parameter_that_is_newer_than_the_portal_is_told_by_its_name() {
    let (portal, client) = portal_of(28).await;
    let error = client.call(api::im::recent::get().only_openlines(true)).await.unwrap_err();
    assert_eq!(error.to_string(), "im.recent.get: not sent: ONLY_OPENLINES needs im revision 29, this portal has 28");
    assert_eq!(called(&portal), ["im.revision.get"]);
}

#[tokio::test]
async fn the_revision_is_asked_for_once() {
    let (portal, client) = portal_of(28).await;
    for _ in 0..3 {
        client.call(api::im::dialog::read::all()).await.unwrap_err();
    }
    let other = client.with_revision_policy(RevisionPolicy::Warn);
    assert_eq!(other.revision("im").await.unwrap(), Some(28));
    assert_eq!(called(&portal), ["im.revision.get"]);
}

#[tokio::test]
async fn what_every_portal_knows_costs_no_question() {
    let (portal, client) = portal_of(28).await;
    let _ = client.call(api::im::counters::get()).await;
    assert_eq!(called(&portal), ["im.counters.get"], "im revision 18 is the oldest that there is");
}

#[tokio::test]
async fn with_a_warning_it_is_sent_all_the_same() {
    let (portal, client) = portal_of(28).await;
    let error = client.with_revision_policy(RevisionPolicy::Warn).call(api::im::dialog::read::all()).await.unwrap_err();
    assert_eq!(error.code(), Some("ERROR_METHOD_NOT_FOUND"), "the old portal does not know it");
    assert_eq!(called(&portal), ["im.revision.get", "im.dialog.read.all"]);
}

#[tokio::test]
async fn switched_off_nobody_asks_for_the_revision() {
    let (portal, client) = portal_of(28).await;
    let _ = client.with_revision_policy(RevisionPolicy::Off).call(api::im::dialog::read::all()).await;
    assert_eq!(called(&portal), ["im.dialog.read.all"]);
}

#[tokio::test]
async fn a_portal_that_does_not_tell_its_revision_is_believed_to_know() {
    let portal = Portal::builder().revision(28).start().await.unwrap();
    let client = Client::webhook(&portal.webhook(1, ["imbot"])).unwrap();
    assert_eq!(client.revision("im").await.unwrap(), None, "without the scope it is not told");
}

#[tokio::test]
async fn raw_calls_are_always_possible() {
    let (portal, client) = portal_of(28).await;
    let error = client.call_raw("im.dialog.read.all", json!({})).await.unwrap_err();
    assert_eq!(error.code(), Some("ERROR_METHOD_NOT_FOUND"));
    assert_eq!(called(&portal), ["im.dialog.read.all"]);
}

#[test]
fn requests_know_the_revision_that_brought_them() {
    assert_eq!(api::im::message::Share::SINCE.to_string(), "im revision 30");
    let request = api::im::message::share(MessageId(1), DIALOG, ShareType::Chat);
    drop(request);
}

#[tokio::test]
async fn a_token_that_is_longer_than_the_platform_takes_is_not_sent() {
    let (portal, client) = portal_of(36).await;
    let properties = api::imbot::v2::bot::RegisterFieldsProperties::new("Helpdesk");
    let fields = api::imbot::v2::bot::RegisterFields::new("helpdesk", properties).bot_token("x".repeat(41));
    let error = client.call(api::imbot::v2::bot::register(fields)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "imbot.v2.Bot.register: not sent: fields.botToken has 41 characters, at most 40 are allowed \
         (BOT_TOKEN_INVALID_LENGTH)",
        "the bound holds since August 2026"
    );
    assert!(portal.calls().is_empty());
}

#[tokio::test]
async fn the_old_place_of_a_parameter_is_told_once_with_its_last_day() {
    let log = Log::default();
    let _guard = log.listen();
    let (_portal, client) = portal_of(36).await;
    for _ in 0..2 {
        let _ = client.call_raw("imbot.v2.Command.register", json!({"botId": 1, "command": "help"})).await;
    }
    let said = log.text();
    let told: Vec<&str> = said.lines().filter(|line| line.contains("2026-09-30")).collect();
    assert_eq!(told.len(), 1, "{said}");
    assert!(told[0].contains("WARN") && told[0].contains("imbot.v2.Command.register: command"), "{said}");
}
