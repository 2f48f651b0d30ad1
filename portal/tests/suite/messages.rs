use std::time::Duration;

use serde_json::{Value, json};

use crate::bot::Bot;

/// A bot that has said something to the administrator, and the id of that.
async fn said() -> (Bot, Value) {
    let (bot, _) = Bot::register("echo").await;
    let message = bot.ok("imbot.message.add", json!({"DIALOG_ID": 1, "MESSAGE": " hi "})).await;
    (bot, message)
}

async fn chat(bot: &Bot) -> b24_portal::Chat {
    bot.portal.admin().open("echo").await.expect("a dialog")
}

#[tokio::test]
async fn a_message_reaches_the_user_and_is_trimmed() {
    let (bot, message) = said().await;

    let last = chat(&bot).await.last().await.expect("a message");
    assert_eq!((last.text(), last.author()), ("hi", "EchoBot"));
    assert_eq!(json!(last.id().0), message);
}

#[tokio::test]
async fn the_only_bot_need_not_be_named_and_a_wrong_one_is_told() {
    let (bot, _) = Bot::register("echo").await;
    let other = Bot::install_on(bot.portal.clone()).await;
    let foreign = other.add_bot("other", json!({})).await;

    let message = json!({"DIALOG_ID": 1, "MESSAGE": "hi"});
    assert!(bot.ok("imbot.message.add", message.clone()).await.is_u64());
    let with = |id: u64| json!({"DIALOG_ID": 1, "MESSAGE": "hi", "BOT_ID": id});
    assert_eq!(bot.error("imbot.message.add", with(999)).await, "BOT_ID_ERROR");
    assert_eq!(bot.error("imbot.message.add", with(foreign)).await, "APP_ID_ERROR");
}

#[tokio::test]
async fn a_message_between_two_people_is_a_system_message() {
    let (bot, _) = Bot::register("echo").await;
    let (ann, bob) = (bot.portal.user("Ann Lee"), bot.portal.user("Bob Roe"));

    let params = json!({"FROM_USER_ID": ann.id(), "TO_USER_ID": bob.id(), "MESSAGE": "met"});
    bot.ok("imbot.message.add", params).await;

    let chat = ann.open_with(&bob).await.expect("a dialog");
    assert_eq!(chat.transcript(), "System: met");
}

#[tokio::test]
async fn a_chat_that_the_bot_is_not_in_takes_no_message() {
    let (bot, _) = Bot::register("echo").await;
    let team = bot.portal.admin().group("Team", []).await.expect("a chat");

    let params = json!({"DIALOG_ID": format!("chat{}", team.id()), "MESSAGE": "hi"});
    assert_eq!(bot.error("imbot.message.add", params).await, "WRONG_REQUEST");
    assert_eq!(bot.error("imbot.message.add", json!({"DIALOG_ID": 77, "MESSAGE": "hi"})).await, "WRONG_REQUEST");
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_an_empty_text_deletes() {
    let (bot, message) = said().await;
    let keyboard = json!([{"TEXT": "Go", "COMMAND": "go"}]);

    bot.ok("imbot.message.update", json!({"MESSAGE_ID": message, "KEYBOARD": keyboard})).await;
    let last = chat(&bot).await.last().await.expect("a message");
    assert_eq!((last.text(), last.buttons()), ("hi", vec!["Go".to_owned()]));

    bot.ok("imbot.message.update", json!({"MESSAGE_ID": message, "MESSAGE": "bye", "KEYBOARD": "N"})).await;
    assert_eq!(chat(&bot).await.transcript(), "EchoBot (edited): bye");

    bot.ok("imbot.message.update", json!({"MESSAGE_ID": message, "MESSAGE": ""})).await;
    assert_eq!(chat(&bot).await.transcript(), "");
}

#[tokio::test]
async fn a_message_can_be_edited_for_three_days() {
    let (bot, message) = said().await;
    let update = json!({"MESSAGE_ID": message, "MESSAGE": "late"});

    bot.portal.advance(Duration::from_mins(3 * 24 * 60 - 1));
    let token = fresh_token(&bot).await;
    let with_token = |mut params: Value| {
        params["auth"] = token.clone().into();
        params
    };
    let url = format!("{}/rest/imbot.message.update", bot.portal.url());
    assert_eq!(bot.post(&url, &with_token(update.clone())).await.0, 200);
    bot.portal.advance(Duration::from_mins(2));
    let (status, answer) = bot.post(&url, &with_token(update)).await;
    assert_eq!((status, &answer["error"]), (403, &json!("CANT_EDIT_MESSAGE")));
}

/// The clock has moved, so the token of the installation is no longer good.
async fn fresh_token(bot: &Bot) -> String {
    let refresh = bot.install.get("auth[refresh_token]");
    let url = format!(
        "{}/oauth/token/?grant_type=refresh_token&client_id={}&client_secret={}&refresh_token={refresh}",
        bot.portal.url(),
        bot.app.client_id,
        bot.app.client_secret,
    );
    let (_, answer) = bot.get(&url).await;
    answer["access_token"].as_str().expect("a token").to_owned()
}

#[tokio::test]
async fn only_own_messages_can_be_edited_or_deleted() {
    let (bot, _) = said().await;
    let foreign = chat(&bot).await.say("mine").await.expect("a message").id();

    for method in ["imbot.message.update", "imbot.message.delete"] {
        assert_eq!(bot.error(method, json!({"MESSAGE_ID": foreign, "MESSAGE": "x"})).await, "CANT_EDIT_MESSAGE");
    }
}

#[tokio::test]
async fn a_deleted_message_is_gone() {
    let (bot, message) = said().await;

    bot.ok("imbot.message.delete", json!({"MESSAGE_ID": message, "COMPLETE": "Y"})).await;
    assert!(chat(&bot).await.messages().is_empty());
    assert_eq!(bot.error("imbot.message.delete", json!({"MESSAGE_ID": message})).await, "CANT_EDIT_MESSAGE");
}

#[tokio::test]
async fn a_like_that_changes_nothing_is_refused() {
    let (bot, _) = Bot::register("echo").await;
    let message = chat(&bot).await.say("hi").await.expect("a message").id();
    let like = |action: &str| json!({"MESSAGE_ID": message, "ACTION": action});

    bot.ok("imbot.message.like", like("plus")).await;
    assert_eq!(bot.error("imbot.message.like", like("plus")).await, "WITHOUT_CHANGES");
    bot.ok("imbot.message.like", like("minus")).await;
    assert_eq!(bot.error("imbot.message.like", like("minus")).await, "WITHOUT_CHANGES");
    bot.ok("imbot.message.like", like("auto")).await;
    assert_eq!(chat(&bot).await.last().await.expect("a message").likes().len(), 1);
    bot.ok("imbot.message.like", json!({"MESSAGE_ID": message})).await;
    assert_eq!(chat(&bot).await.last().await.expect("a message").likes().len(), 0);
}
