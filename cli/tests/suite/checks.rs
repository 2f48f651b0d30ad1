//! `b24 call`: what is not sent, and why.

use b24_portal::Portal;

use crate::program::{Ran, b24_on};

/// What a call that must not be sent is told, a line a mistake.
async fn told(arguments: &[&str]) -> Vec<String> {
    let portal = Portal::start().await.expect("a portal");
    portal.webhook(1, ["im", "imbot"]);
    let ran = b24_on(&portal, "call", arguments).await;
    assert!(portal.calls().is_empty(), "{ran:?}");
    let told = ran.fails(2);
    let label = |line: &str| line.strip_prefix("error: ").map(str::to_owned);
    told.lines().filter_map(label).collect()
}

#[tokio::test]
async fn an_unknown_method_is_told_with_one_that_may_be_meant() {
    assert_eq!(
        told(&["im.chat.ad"]).await,
        ["there is no method im.chat.ad, did you mean im.chat.add? (--force calls it all the same)"]
    );
}

#[tokio::test]
async fn every_mistake_is_told_at_once() {
    let unreadable = told(&["im.chat.add", "TITEL=x", "TYPE=OPN", "OWNER_ID=me"]).await;
    assert_eq!(unreadable.len(), 1, "what cannot be read is told before the rest is checked: {unreadable:?}");
    let told = told(&["im.chat.add", "TITEL=x", "TYPE=OPN"]).await;
    assert_eq!(told[0], "im.chat.add has no parameter TITEL, did you mean TITLE?");
    assert!(
        told[1].starts_with("TYPE must be one of ") && told[1].ends_with("it is OPN. Did you mean OPEN?"),
        "{told:?}"
    );
}

#[tokio::test]
async fn what_must_be_there_is_told_with_what_it_is() {
    let told = told(&["im.message.add", "MESSAGE=hi"]).await;
    assert!(told.iter().any(|line| line.contains("DIALOG_ID")), "{told:?}");
}

#[tokio::test]
async fn values_of_the_wrong_type_are_told() {
    assert_eq!(told(&["im.chat.add", "OWNER_ID=me"]).await, ["OWNER_ID must be a whole number, not \"me\""]);
    let wrong = told(&["im.chat.add", "AVATAR=not base64!"]).await;
    assert!(wrong[0].starts_with("AVATAR must be Base64"), "{wrong:?}");
    let wrong = told(&["im.message.add", "DIALOG_ID=everybody", "MESSAGE=hi"]).await;
    assert!(wrong[0].starts_with("DIALOG_ID must be 5 for a user"), "{wrong:?}");
    let wrong = told(&["im.message.add", "DIALOG_ID=1", "MESSAGE=hi", "KEYBOARD={"]).await;
    assert!(wrong[0].starts_with("KEYBOARD must be JSON"), "{wrong:?}");
}

#[tokio::test]
async fn members_deep_inside_are_checked() {
    let told = told(&["imbot.v2.Bot.register", "fields.code=a", "fields.properties.naem=x"]).await;
    assert!(
        told.iter().any(|line| line.starts_with("fields.properties has no member naem, did you mean name?")),
        "{told:?}"
    );
}

#[tokio::test]
async fn limits_are_kept() {
    let token = format!("fields.botToken={}", "x".repeat(41));
    let told = told(&["imbot.v2.Bot.register", "fields.code=a", "fields.properties.name=A", &token]).await;
    assert!(told.iter().any(|line| line.contains("fields.botToken has 41 characters")), "{told:?}");
}

#[tokio::test]
async fn what_is_newer_than_the_portal_is_told_with_both_revisions() {
    let portal = Portal::builder().revision(29).start().await.expect("a portal");
    portal.webhook(1, ["im"]);
    let told = b24_on(&portal, "call", &["im.dialog.users.list", "DIALOG_ID=1"]).await.fails(2);
    assert!(told.contains("im.dialog.users.list came with im revision 30; the portal has 29"), "{told}");
    assert!(portal.calls().is_empty());
}

#[tokio::test]
async fn a_method_for_applications_is_not_called_through_a_webhook() {
    let told = told(&["event.get"]).await;
    assert!(told[0].starts_with("event.get works with the token of an application only"), "{told:?}");
}

#[tokio::test]
async fn a_deprecated_method_works_and_names_what_replaces_it() {
    let portal = Portal::start().await.expect("a portal");
    portal.webhook(1, ["imbot"]);
    let ran: Ran = b24_on(&portal, "call", &["imbot.bot.list", "CLIENT_ID=me"]).await;
    assert!(ran.err.contains("warning: imbot.bot.list is deprecated: use imbot.v2.Bot.list"), "{ran:?}");
    ran.well();
}

#[tokio::test]
async fn force_sends_it_all_the_same() {
    let portal = Portal::start().await.expect("a portal");
    portal.webhook(1, ["im"]);
    let ran = b24_on(&portal, "call", &["im.chat.ad", "--force", "A[]=1", "B={\"c\": 2}"]).await;
    assert!(ran.fails(1).contains("ERROR_METHOD_NOT_FOUND"));
    let sent = portal.calls().last().expect("a call").request().clone();
    assert_eq!(sent, serde_json::json!({"A": ["1"], "B": {"c": 2}}));
}
