use b24_portal::ChatId;
use serde_json::{Value, json};

use crate::v2::V2;

/// A chat of the bot with the administrator.
async fn own_chat(bot: &V2) -> Value {
    bot.ok("Chat.add", json!({"fields": {"title": "Own", "userIds": [1]}})).await["chat"]["dialogId"].take()
}

fn ids(list: &Value) -> Vec<u64> {
    list.as_array().expect("a list").iter().filter_map(|user| user["id"].as_u64()).collect()
}

#[tokio::test]
async fn a_bot_that_manages_the_chat_brings_people_in_and_takes_them_out() {
    let bot = V2::register(json!({})).await;
    let dialog = own_chat(&bot).await;
    let ann = bot.app.portal.user("Ann Lee").id().0;

    let add = json!({"dialogId": dialog, "userIds": [1, ann, 404]});
    assert_eq!(bot.ok("Chat.User.add", add).await, json!({"result": true}), "others are passed over");
    assert_eq!(ids(&bot.ok("Chat.User.list", json!({"dialogId": dialog})).await), [bot.id, 1, ann]);
    let delete = json!({"dialogId": dialog, "userId": ann});
    assert_eq!(bot.ok("Chat.User.delete", delete.clone()).await, json!({"result": true}));
    assert_eq!(bot.ok("Chat.User.delete", delete).await, json!({"result": true}), "nobody there is no error");
    assert_eq!(ids(&bot.ok("Chat.User.list", json!({"dialogId": dialog})).await), [bot.id, 1]);
}

#[tokio::test]
async fn a_bot_that_does_not_manage_the_chat_may_not() {
    let bot = V2::register(json!({})).await;
    let team = bot.team().await;
    let dialog = format!("chat{}", team.id());
    let ann = bot.app.portal.user("Ann Lee").id();
    for (method, mut params) in [
        ("Chat.User.add", json!({"userIds": [ann]})),
        ("Chat.User.delete", json!({"userId": 1})),
        ("Chat.setOwner", json!({"userId": 1})),
        ("Chat.Manager.add", json!({"userIds": [1]})),
        ("Chat.Manager.delete", json!({"userIds": [1]})),
    ] {
        params["dialogId"] = dialog.clone().into();
        assert_eq!(bot.error(method, params).await, "ACCESS_DENIED", "{method}");
    }
}

#[tokio::test]
async fn members_become_managers_and_others_are_passed_over() {
    let bot = V2::register(json!({})).await;
    let dialog = own_chat(&bot).await;
    let ann = bot.app.portal.user("Ann Lee").id();
    let managers = async || bot.ok("Chat.get", json!({"dialogId": dialog})).await["chat"]["managerList"].take();

    assert_eq!(bot.error("Chat.Manager.add", json!({"dialogId": dialog, "userIds": []})).await, "EMPTY_USER_IDS");
    bot.ok("Chat.Manager.add", json!({"dialogId": dialog, "userIds": [1, ann]})).await;
    assert_eq!(managers().await, json!([1]));
    bot.ok("Chat.Manager.delete", json!({"dialogId": dialog, "userIds": [1]})).await;
    assert_eq!(managers().await, json!([]));
}

#[tokio::test]
async fn the_owner_gives_its_chat_to_a_member() {
    let bot = V2::register(json!({})).await;
    let dialog = own_chat(&bot).await;
    let ann = bot.app.portal.user("Ann Lee").id();

    assert_eq!(bot.error("Chat.setOwner", json!({"dialogId": dialog, "userId": ann})).await, "ACCESS_DENIED");
    bot.ok("Chat.setOwner", json!({"dialogId": dialog, "userId": 1})).await;
    let chat = bot.ok("Chat.get", json!({"dialogId": dialog})).await["chat"].take();
    assert_eq!((&chat["owner"], &chat["role"]), (&json!(1), &json!("member")));
    assert_eq!(bot.error("Chat.setOwner", json!({"dialogId": dialog, "userId": 1})).await, "ACCESS_DENIED");
}

#[tokio::test]
async fn members_are_listed_in_an_order_and_up_to_a_limit() {
    let bot = V2::register(json!({})).await;
    let dialog = own_chat(&bot).await;
    let id = bot.ok("Chat.get", json!({"dialogId": dialog})).await["chat"]["id"].as_u64().expect("a chat");
    let list = async |params: Value| {
        let mut params = params;
        params["dialogId"] = dialog.clone();
        ids(&bot.ok("Chat.User.list", params).await)
    };

    assert_eq!(list(json!({"order": {"id": "ASC"}})).await, [bot.id, 1], "as they came");
    assert_eq!(list(json!({"order": {"userId": "ASC"}})).await, [1, bot.id]);
    assert_eq!(list(json!({"order": {"userId": "DESC"}, "limit": 1})).await, [bot.id]);
    bot.app.portal.admin().join(ChatId(id)).await.expect("the chat").say("hi").await.expect("a message");
    assert_eq!(list(json!({"order": {"lastSendMessageId": "DESC"}})).await, [1, bot.id]);
}
