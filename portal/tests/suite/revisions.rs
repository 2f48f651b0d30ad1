use b24_portal::Portal;
use serde_json::json;

use crate::bot::Bot;

async fn at(revision: u32) -> Bot {
    let bot = Bot::install_on(Portal::builder().revision(revision).start().await.expect("a portal")).await;
    bot.add_bot("echo", json!({})).await;
    bot
}

#[tokio::test]
async fn the_revision_is_told() {
    assert_eq!(at(28).await.ok("im.revision.get", json!({})).await, json!({"rest": 28, "web": 117, "mobile": 9}));
    let new = json!({"rest": 36, "web": 130, "mobile": 22, "desktop": 6, "im_revision_mobile": 22});
    assert_eq!(at(36).await.ok("im.revision.get", json!({})).await, new);
}

#[tokio::test]
async fn a_newer_method_is_unknown() {
    let dialog = json!({"DIALOG_ID": "1"});
    assert_eq!(at(23).await.error("imbot.dialog.get", dialog.clone()).await, "ERROR_METHOD_NOT_FOUND");
    assert_eq!(at(24).await.error("imbot.dialog.get", dialog).await, "ACCESS_ERROR", "known, and not allowed");
}

#[tokio::test]
async fn a_newer_member_is_unknown() {
    let params = json!({"DIALOG_ID": 1, "MESSAGE": "Menu", "MENU": [{"TEXT": "Go", "COMMAND": "go"}]});
    assert_eq!(
        at(25).await.error("imbot.message.add", params.clone()).await,
        "MENU_ERROR",
        "an item that does nothing"
    );
    at(26).await.ok("imbot.message.add", params).await;
}

#[tokio::test]
async fn without_being_told_a_portal_is_the_newest() {
    let bot = Bot::install().await;
    assert_eq!(bot.ok("im.revision.get", json!({})).await["rest"], 36);
}

#[tokio::test]
async fn the_open_lines_have_a_counter_of_their_own() {
    let knows = async |revision: u32| {
        let portal = Portal::builder().lines_revision(revision).start().await.expect("a portal");
        // Without the permission a method that is known is refused for the lack of it.
        let bot = Bot::install_on(portal).await;
        bot.error("imopenlines.revision.get", json!({})).await == "insufficient_scope"
    };
    assert!(!knows(1).await);
    assert!(knows(2).await);
}
