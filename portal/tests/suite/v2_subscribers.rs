use b24_portal::{NewApp, Portal};
use serde_json::{Value, json};

use crate::v2::{V2, text};

/// What waits for the administrator, in whose name the application calls.
async fn news(bot: &V2) -> Vec<(String, Value)> {
    let answer = bot.app.ok("im.v2.Event.get", json!({})).await;
    bot.app.ok("im.v2.Event.get", json!({"offset": answer["nextOffset"]})).await;
    let events = answer["events"].as_array().expect("events").clone();
    events.into_iter().map(|mut event| (text(&event["type"]), event["data"].take())).collect()
}

async fn subscribed() -> V2 {
    let bot = V2::register(json!({})).await;
    assert_eq!(bot.app.ok("im.v2.Event.subscribe", json!({})).await, true);
    bot
}

#[tokio::test]
async fn nothing_is_recorded_for_who_did_not_subscribe() {
    let bot = V2::register(json!({})).await;
    bot.send(json!({"message": "hello"})).await;
    assert!(news(&bot).await.is_empty());
}

#[tokio::test]
async fn what_happens_to_messages_in_the_own_chats_is_recorded() {
    let bot = subscribed().await;
    let ann = bot.app.portal.user("Ann Lee");
    let chat = ann.open_with(&bot.app.portal.admin()).await.expect("a dialog");
    let id = chat.say("tpyo").await.expect("a message").id();
    chat.edit(id, "typo").await.expect("an edit");
    chat.like(id).await.expect("a like");
    chat.delete(id).await.expect("a deletion");
    let private = ann.group("Private", []).await.expect("a chat");
    private.say("unheard").await.expect("a message");

    let news = news(&bot).await;
    let names: Vec<_> = news.iter().map(|(name, _)| name.as_str()).collect();
    let expected = ["ONIMV2MESSAGEADD", "ONIMV2MESSAGEUPDATE", "ONIMV2REACTIONCHANGE", "ONIMV2MESSAGEDELETE"];
    assert_eq!(names, expected);
    let (_, first) = &news[0];
    assert_eq!((&first["message"]["text"], &first["user"]["name"]), (&json!("tpyo"), &json!("Ann Lee")));
    assert_eq!(first["chat"]["dialogId"], ann.id().to_string(), "as the subscriber calls it");
    assert_eq!((&first["bot"], &first["chat"]["role"]), (&json!(null), &json!(null)));
    assert_eq!((&news[2].1["reaction"], &news[3].1["messageId"]), (&json!("like"), &json!(id)));
}

#[tokio::test]
async fn who_comes_into_a_chat_is_recorded() {
    let bot = subscribed().await;
    let team = bot.app.portal.admin().group("Team", []).await.expect("a chat");
    let ann = bot.app.portal.user("Ann Lee");
    team.invite(&ann).await.expect("an invitation");
    let news = news(&bot).await;
    let (name, data) = news.last().expect("an event");
    assert_eq!((name.as_str(), &data["user"]["name"]), ("ONIMV2JOINCHAT", &json!("Ann Lee")));
    assert_eq!(data["dialogId"], format!("chat{}", team.id()));
}

#[tokio::test]
async fn what_was_recorded_can_be_fetched_after_the_end_of_the_subscription() {
    let bot = subscribed().await;
    bot.send(json!({"message": "before"})).await;
    assert_eq!(bot.app.ok("im.v2.Event.unsubscribe", json!({})).await, true);
    bot.send(json!({"message": "after"})).await;
    let texts: Vec<_> = news(&bot).await.into_iter().map(|(_, data)| data["message"]["text"].clone()).collect();
    assert_eq!(texts, ["before"]);
}

#[tokio::test]
async fn a_bot_fetches_the_events_of_the_user_along_with_its_own() {
    let bot = V2::register(json!({})).await;
    let with_user = json!({"withUserEvents": true});
    assert_eq!(bot.error("Event.get", with_user.clone()).await, "USER_NOT_SUBSCRIBED");
    bot.app.ok("im.v2.Event.subscribe", json!({})).await;
    let chat = bot.dialog().await;
    chat.say("hello").await.expect("a message");

    let answer = bot.ok("Event.get", with_user).await;
    let names: Vec<_> = answer["events"].as_array().expect("events").iter().map(|event| &event["type"]).collect();
    assert_eq!(names, ["ONIMV2MESSAGEADD", "ONIMBOTV2MESSAGEADD"]);
    let confirmed = bot.ok("Event.get", json!({"withUserEvents": true, "offset": answer["nextOffset"]})).await;
    assert_eq!(confirmed["events"], json!([]), "one offset confirms both");
}

#[tokio::test]
async fn the_events_of_the_user_need_the_scope_im() {
    let portal = Portal::builder().revision(36).start().await.expect("a portal");
    let app = portal.add_app(NewApp { scopes: vec!["imbot".to_owned()], ..NewApp::new("Bots only") });
    let (handler, mut events) = crate::bot::listen().await;
    portal.install(&app.client_id, &handler).await.expect("an installation");
    let token = events.recv().await.expect("ONAPPINSTALL").token().to_owned();
    let call = async |method: &str, mut params: Value| {
        params["auth"] = token.clone().into();
        let request = crate::bot::http().post(format!("{}/rest/{method}", portal.url())).json(&params);
        request.send().await.expect("an answer").json::<Value>().await.expect("JSON")
    };
    let fields = json!({"fields": {"code": "echo", "properties": {"name": "E"}}});
    let id = call("imbot.v2.Bot.register", fields).await["result"]["bot"]["id"].take();
    let answer = call("imbot.v2.Event.get", json!({"botId": id, "withUserEvents": true})).await;
    assert_eq!(answer["error"], "SCOPE_ERROR");
}
