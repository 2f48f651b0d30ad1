use serde_json::json;

use crate::bot::Bot;

const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async fn with_chat() -> (Bot, u64, u64) {
    let (bot, id) = Bot::register("echo").await;
    let chat = bot
        .ok("imbot.chat.add", json!({"TITLE": "Release", "USERS": [1], "COLOR": "PINK", "MESSAGE": "Welcome"}))
        .await;
    (bot, id, chat.as_u64().expect("a chat id"))
}

#[tokio::test]
async fn a_new_chat_has_the_bot_as_owner_and_greets() {
    let (bot, id, chat) = with_chat().await;

    assert_eq!(bot.ok("imbot.chat.user.list", json!({"CHAT_ID": chat})).await, json!([id, 1]));
    let dialog = bot.ok("imbot.dialog.get", json!({"DIALOG_ID": format!("chat{chat}")})).await;
    assert_eq!(
        (&dialog["title"], &dialog["owner"], &dialog["color"]),
        (&json!("Release"), &json!(id), &json!("#f76187"))
    );
    assert_eq!((&dialog["message_type"], &dialog["type"]), (&json!("C"), &json!("chat")));
    let team = bot.portal.admin().join(b24_portal::ChatId(chat)).await.expect("the chat");
    assert_eq!(team.transcript(), "EchoBot: Welcome");
    assert!(bot.all_events().await.is_empty(), "the bot that made the chat is not welcomed to it");
}

#[tokio::test]
async fn a_chat_needs_people_that_exist() {
    let (bot, _) = Bot::register("echo").await;
    assert_eq!(bot.error("imbot.chat.add", json!({"TITLE": "Empty"})).await, "USERS_EMPTY");
    assert_eq!(bot.error("imbot.chat.add", json!({"USERS": []})).await, "USERS_EMPTY");
    assert_eq!(bot.error("imbot.chat.add", json!({"USERS": [404]})).await, "WRONG_REQUEST");
}

#[tokio::test]
async fn a_chat_is_found_by_what_it_belongs_to() {
    let (bot, _) = Bot::register("echo").await;
    let entity = json!({"ENTITY_TYPE": "ORDER", "ENTITY_ID": "13"});
    assert_eq!(bot.ok("imbot.chat.get", entity.clone()).await, json!(null));
    let mut params = entity.clone();
    params["USERS"] = json!([1]);
    let chat = bot.ok("imbot.chat.add", params).await;
    assert_eq!(bot.ok("imbot.chat.get", entity.clone()).await, json!({"ID": chat}));
    bot.ok("imbot.chat.setOwner", json!({"CHAT_ID": chat, "USER_ID": 1})).await;
    bot.ok("imbot.chat.leave", json!({"CHAT_ID": chat})).await;
    assert_eq!(bot.error("imbot.chat.get", entity).await, "ACCESS_ERROR");
}

#[tokio::test]
async fn a_change_that_changes_nothing_is_refused() {
    let (bot, _, chat) = with_chat().await;
    for (method, name, old, new) in
        [("updateTitle", "TITLE", "Release", "Done"), ("updateColor", "COLOR", "PINK", "MINT")]
    {
        let method = format!("imbot.chat.{method}");
        assert_eq!(bot.error(&method, json!({"CHAT_ID": chat, name: old})).await, "WRONG_REQUEST");
        assert_eq!(bot.ok(&method, json!({"CHAT_ID": chat, name: new})).await, true);
        assert_eq!(bot.error(&method, json!({"CHAT_ID": 999, name: new})).await, "WRONG_REQUEST");
        assert_eq!(bot.error(&method, json!({name: new})).await, "CHAT_ID_EMPTY");
    }
    assert_eq!(bot.error("imbot.chat.updateColor", json!({"CHAT_ID": chat, "COLOR": "BEIGE"})).await, "WRONG_COLOR");
    assert_eq!(bot.error("imbot.chat.updateTitle", json!({"CHAT_ID": chat})).await, "TITLE_EMPTY");
}

#[tokio::test]
async fn an_avatar_is_a_picture() {
    let (bot, _, chat) = with_chat().await;
    let avatar = |base64: &str| json!({"CHAT_ID": chat, "AVATAR": base64});
    assert_eq!(bot.ok("imbot.chat.updateAvatar", avatar(PIXEL)).await, true);
    for bad in ["bm90IGEgcGljdHVyZQ==", "not base64!", &crate::v2_bots::wide_picture()] {
        assert_eq!(bot.error("imbot.chat.updateAvatar", avatar(bad)).await, "AVATAR_ERROR");
    }
}

#[tokio::test]
async fn people_come_and_go_by_the_rules() {
    let (bot, id, chat) = with_chat().await;
    let (ann, bob) = (bot.portal.user("Ann Lee").id(), bot.portal.user("Bob Roe").id());

    assert_eq!(bot.ok("imbot.chat.user.add", json!({"CHAT_ID": chat, "USERS": [ann]})).await, true);
    assert_eq!(bot.error("imbot.chat.user.add", json!({"CHAT_ID": chat, "USERS": [ann]})).await, "WRONG_REQUEST");
    assert_eq!(bot.error("imbot.chat.user.delete", json!({"CHAT_ID": chat, "USER_ID": bob})).await, "WRONG_REQUEST");
    assert_eq!(bot.ok("imbot.chat.user.delete", json!({"CHAT_ID": chat, "USER_ID": ann})).await, true);
    assert_eq!(bot.error("imbot.chat.user.delete", json!({"CHAT_ID": chat})).await, "USER_ID_EMPTY");
    assert_eq!(bot.ok("imbot.chat.user.list", json!({"CHAT_ID": chat})).await, json!([id, 1]));
}

#[tokio::test]
async fn an_owner_hands_over_to_a_member() {
    let (bot, _, chat) = with_chat().await;
    let ann = bot.portal.user("Ann Lee").id();
    let give = |user: u64| json!({"CHAT_ID": chat, "USER_ID": user});

    assert_eq!(bot.error("imbot.chat.setOwner", give(ann.0)).await, "WRONG_REQUEST");
    assert_eq!(bot.ok("imbot.chat.setOwner", give(1)).await, true);
    assert_eq!(bot.error("imbot.chat.setOwner", give(1)).await, "WRONG_REQUEST");
    assert_eq!(bot.error("imbot.chat.user.delete", give(1)).await, "ACCESS_ERROR", "nobody removes the owner");
}

#[tokio::test]
async fn an_owner_makes_members_managers() {
    let (bot, _, chat) = with_chat().await;
    let ann = bot.portal.user("Ann Lee").id();
    let manager = |user: u64, is_manager: &str| json!({"CHAT_ID": chat, "USER_ID": user, "IS_MANAGER": is_manager});

    assert_eq!(bot.error("imbot.chat.setManager", manager(ann.0, "Y")).await, "WRONG_REQUEST", "not in the chat");
    assert_eq!(bot.error("imbot.chat.setManager", json!({"CHAT_ID": chat})).await, "USER_ID_EMPTY");
    bot.ok("imbot.chat.setManager", json!({"CHAT_ID": chat, "USER_ID": 1})).await;
    bot.portal
        .admin()
        .join(b24_portal::ChatId(chat))
        .await
        .expect("the chat")
        .say(&mention(&bot).await)
        .await
        .expect("a message");
    assert_eq!(bot.event().await.param("IS_MANAGER"), "Y");
    bot.ok("imbot.chat.setManager", manager(1, "N")).await;
    bot.portal
        .admin()
        .join(b24_portal::ChatId(chat))
        .await
        .expect("the chat")
        .say(&mention(&bot).await)
        .await
        .expect("a message");
    assert_eq!(bot.event().await.param("IS_MANAGER"), "N");

    bot.ok("imbot.chat.setOwner", json!({"CHAT_ID": chat, "USER_ID": 1})).await;
    assert_eq!(bot.error("imbot.chat.setManager", manager(1, "Y")).await, "WRONG_REQUEST", "no longer the owner");
}

/// A text that the bot of the portal hears.
async fn mention(bot: &Bot) -> String {
    let bots = bot.ok("imbot.bot.list", json!({})).await;
    let id = bots.as_object().and_then(|bots| bots.keys().next().cloned()).expect("a bot");
    format!("[USER={id}]EchoBot[/USER] hi")
}

#[tokio::test]
async fn an_owner_cannot_leave_before_it_hands_over() {
    let (bot, _, chat) = with_chat().await;
    assert_eq!(bot.error("imbot.chat.leave", json!({"CHAT_ID": chat})).await, "ACCESS_ERROR");
    bot.ok("imbot.chat.setOwner", json!({"CHAT_ID": chat, "USER_ID": 1})).await;
    assert_eq!(bot.ok("imbot.chat.leave", json!({"CHAT_ID": chat})).await, true);
}

#[tokio::test]
async fn a_bot_that_left_has_no_say() {
    let (bot, _, chat) = with_chat().await;
    bot.ok("imbot.chat.setOwner", json!({"CHAT_ID": chat, "USER_ID": 1})).await;
    assert_eq!(bot.ok("imbot.chat.leave", json!({"CHAT_ID": chat})).await, true);
    assert_eq!(bot.error("imbot.chat.leave", json!({"CHAT_ID": chat})).await, "WRONG_REQUEST");
    assert_eq!(bot.error("imbot.chat.user.list", json!({"CHAT_ID": chat})).await, "ACCESS_ERROR");
    assert_eq!(
        bot.error("imbot.message.add", json!({"DIALOG_ID": format!("chat{chat}"), "MESSAGE": "x"})).await,
        "WRONG_REQUEST"
    );
}

#[tokio::test]
async fn a_private_dialog_is_described_by_the_other_side() {
    let (bot, _) = Bot::register("echo").await;
    assert_eq!(bot.error("imbot.dialog.get", json!({"DIALOG_ID": "1"})).await, "ACCESS_ERROR");
    bot.portal.admin().open("echo").await.expect("a dialog");
    let dialog = bot.ok("imbot.dialog.get", json!({"DIALOG_ID": "1"})).await;
    assert_eq!((&dialog["title"], &dialog["message_type"]), (&json!("You"), &json!("P")));
    assert!(dialog["date_create"].as_str().is_some_and(|date| date.ends_with("+00:00")));
    assert_eq!(bot.ok("imbot.chat.sendTyping", json!({"DIALOG_ID": 1})).await, true);
    assert_eq!(bot.error("imbot.chat.sendTyping", json!({})).await, "DIALOG_ID_EMPTY");
}
