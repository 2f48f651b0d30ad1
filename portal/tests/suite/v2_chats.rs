use serde_json::json;

use crate::v2::V2;

#[tokio::test]
async fn a_new_chat_belongs_to_the_bot_and_greets() {
    let bot = V2::register(json!({})).await;
    let ann = bot.app.portal.user("Ann Lee");
    let fields = json!({
        "title": "Release", "description": "of spring", "color": "pink", "userIds": [1, ann.id(), 404], "message": "Welcome",
    });
    let answer = bot.ok("Chat.add", json!({"fields": fields})).await;

    let chat = &answer["chat"];
    let id = chat["id"].as_u64().expect("a chat");
    assert_eq!((&chat["dialogId"], &chat["name"]), (&json!(format!("chat{id}")), &json!("Release")));
    assert_eq!((&chat["owner"], &chat["role"], &chat["isNew"]), (&json!(bot.id), &json!("owner"), &json!(true)));
    assert_eq!((&chat["color"], &chat["description"]), (&json!("#f76187"), &json!("of spring")));
    assert_eq!((&chat["userCounter"], &chat["messageCount"]), (&json!(3), &json!(1)));
    let names: Vec<_> = answer["users"].as_array().expect("users").iter().map(|user| user["name"].clone()).collect();
    assert_eq!(names, ["You", "Ann Lee"]);
    let team = ann.join(b24_portal::ChatId(id)).await.expect("the chat");
    assert_eq!(team.transcript(), "EchoBot: Welcome");
}

#[tokio::test]
async fn a_chat_may_belong_to_somebody_else_from_the_start() {
    let bot = V2::register(json!({})).await;
    let answer = bot.ok("Chat.add", json!({"fields": {"ownerId": 1}})).await;
    assert_eq!((&answer["chat"]["owner"], &answer["chat"]["role"]), (&json!(1), &json!("member")));
}

#[tokio::test]
async fn a_chat_is_seen_by_the_bots_in_it() {
    let bot = V2::register(json!({})).await;
    let team = bot.app.portal.admin().group("Team", []).await.expect("a chat");
    let dialog = json!({"dialogId": format!("chat{}", team.id())});
    for method in ["Chat.get", "Chat.leave", "Chat.User.list", "Chat.TextField.enabled", "Chat.InputAction.notify"] {
        assert_eq!(bot.error(method, dialog.clone()).await, "ACCESS_DENIED", "{method}");
    }
    team.invite_bot("echo").await.expect("an invitation");
    let chat = bot.ok("Chat.get", dialog.clone()).await["chat"].take();
    assert_eq!((&chat["name"], &chat["role"], &chat["type"]), (&json!("Team"), &json!("member"), &json!("chat")));
    assert_eq!((&chat["messageType"], &chat["textFieldEnabled"]), (&json!("C"), &json!("Y")));

    assert_eq!(bot.ok("Chat.leave", dialog.clone()).await, json!({"result": true}));
    assert_eq!(bot.error("Chat.get", dialog).await, "ACCESS_DENIED");
}

#[tokio::test]
async fn a_private_dialog_is_made_when_the_bot_turns_to_somebody() {
    let bot = V2::register(json!({"backgroundId": "sky"})).await;
    let chat = bot.ok("Chat.get", json!({"dialogId": 1})).await["chat"].take();
    assert_eq!((&chat["dialogId"], &chat["type"]), (&json!("1"), &json!("private")));
    assert_eq!((&chat["backgroundId"], &chat["name"]), (&json!("sky"), &json!("")));
    assert_eq!(bot.error("Chat.get", json!({"dialogId": 404})).await, "ACCESS_DENIED");
    assert_eq!(bot.error("Chat.leave", json!({"dialogId": 1})).await, "ACCESS_DENIED");
}

#[tokio::test]
async fn a_chat_is_changed_by_what_is_sent() {
    let bot = V2::register(json!({})).await;
    let id = bot.ok("Chat.add", json!({"fields": {"title": "Old", "color": "mint"}})).await["chat"]["dialogId"].take();
    let update = json!({"dialogId": id, "fields": {"title": "New", "description": "More", "color": "unheard of"}});
    assert_eq!(bot.ok("Chat.update", update).await, json!({"result": true}));
    let chat = bot.ok("Chat.get", json!({"dialogId": id})).await["chat"].take();
    assert_eq!(
        (&chat["name"], &chat["description"], &chat["color"]),
        (&json!("New"), &json!("More"), &json!("#4ba984"))
    );
}

#[tokio::test]
async fn people_cannot_type_where_the_bot_wants_its_buttons_used() {
    let bot = V2::register(json!({})).await;
    let chat = bot.dialog().await;
    let keyboard = json!([{"TEXT": "Say", "ACTION": "SEND", "ACTION_VALUE": "said"}]);
    bot.send(json!({"message": "Press", "keyboard": keyboard})).await;

    bot.ok("Chat.TextField.enabled", json!({"dialogId": 1, "enabled": false})).await;
    assert!(chat.say("hello").await.expect_err("a refusal").to_string().contains("buttons"));
    chat.press("Say").await.expect("a press");
    assert_eq!(chat.last().await.expect("a message").text(), "said");
    assert_eq!(bot.ok("Chat.get", json!({"dialogId": 1})).await["chat"]["textFieldEnabled"], "N");
    bot.ok("Chat.TextField.enabled", json!({"dialogId": 1})).await;
    chat.say("hello").await.expect("a message");
}

#[tokio::test]
async fn a_bot_shows_what_it_is_doing() {
    let bot = V2::register(json!({})).await;
    bot.dialog().await;
    let url = format!("{}/portal/stream?user=1", bot.app.portal.url());
    let mut stream = crate::bot::fetch(url).await.expect("a stream");

    bot.ok("Chat.InputAction.notify", json!({"dialogId": 1})).await;
    let thinking = json!({"dialogId": 1, "statusMessageCode": "IMBOT_AGENT_ACTION_THINKING", "duration": 5});
    assert_eq!(bot.ok("Chat.InputAction.notify", thinking).await, json!({"result": true}));
    let mut seen = String::new();
    while !seen.contains("event: busy") || !seen.ends_with("\n\n") {
        let chunk = stream.chunk().await.expect("more").expect("an open stream");
        seen.push_str(&String::from_utf8_lossy(&chunk));
    }
    assert!(seen.contains("event: typing"), "{seen}");
    assert!(seen.contains(r#""action":"IMBOT_AGENT_ACTION_THINKING","seconds":5"#), "{seen}");
}
