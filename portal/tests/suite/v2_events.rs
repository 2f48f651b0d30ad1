use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    bot::Bot,
    v2::{V2, add_bot},
};

async fn posted(more: Value) -> V2 {
    let bot = V2::register(more).await;
    let fields = json!({"eventMode": "webhook", "webhookUrl": bot.app.handler});
    bot.ok("Bot.update", json!({"fields": fields})).await;
    bot
}

#[tokio::test]
async fn a_message_is_fetched_with_its_types() {
    let bot = V2::register(json!({})).await;
    let chat = bot.dialog().await;
    let id = chat.say("hello").await.expect("a message").id();

    let data = bot.only("ONIMBOTV2MESSAGEADD").await;
    let message = json!({
        "id": id, "chatId": chat.id(), "authorId": 1, "date": data["message"]["date"], "text": "hello",
        "isSystem": false, "uuid": data["message"]["uuid"], "forward": null, "params": {}, "viewedByOthers": false,
    });
    assert_eq!(data["message"], message);
    assert_eq!((&data["chat"]["dialogId"], &data["chat"]["type"]), (&json!("1"), &json!("private")));
    assert_eq!((&data["chat"]["role"], &data["chat"]["muteList"]), (&json!(null), &json!(null)), "no one's own");
    assert_eq!((&data["user"]["id"], &data["user"]["lastActivityDate"]), (&json!(1), &json!(false)));
    assert_eq!((&data["bot"]["eventMode"], &data["bot"]["auth"]), (&json!("fetch"), &json!(null)));
    assert_eq!(data["language"], "en");
}

#[tokio::test]
async fn events_come_in_pages_and_an_offset_confirms_them() {
    let bot = V2::register(json!({})).await;
    let chat = bot.dialog().await;
    for text in ["one", "two", "three"] {
        chat.say(text).await.expect("a message");
    }
    let texts = |answer: &Value| {
        let events = answer["events"].as_array().expect("events").iter();
        events.map(|event| event["data"]["message"]["text"].clone()).collect::<Vec<_>>()
    };

    let first = bot.ok("Event.get", json!({"limit": 2})).await;
    assert_eq!((texts(&first), &first["hasMore"]), (vec![json!("one"), json!("two")], &json!(true)));
    let again = bot.ok("Event.get", json!({"limit": 1})).await;
    assert_eq!(texts(&again), [json!("one")], "not confirmed yet");
    let second = bot.ok("Event.get", json!({"offset": first["nextOffset"]})).await;
    assert_eq!((texts(&second), &second["hasMore"]), (vec![json!("three")], &json!(false)));
    let none = bot.ok("Event.get", json!({"offset": second["nextOffset"]})).await;
    assert_eq!((texts(&none), &none["nextOffset"]), (vec![], &second["nextOffset"]), "it stays where it was");
    assert!(texts(&bot.ok("Event.get", json!({})).await).is_empty(), "confirmed events are gone");
}

#[tokio::test]
async fn an_event_waits_for_a_day() {
    let portal = b24_portal::Portal::builder().token_life(Duration::from_hours(100)).start().await.expect("a portal");
    let app = Bot::install_on(portal).await;
    let bot = V2 { id: add_bot(&app, "echo", json!({})).await, app };
    let chat = bot.dialog().await;
    chat.say("hello").await.expect("a message");
    bot.app.portal.advance(Duration::from_hours(23));
    assert_eq!(bot.ok("Event.get", json!({})).await["events"].as_array().map(Vec::len), Some(1));
    bot.app.portal.advance(Duration::from_hours(2));
    assert_eq!(bot.ok("Event.get", json!({})).await["events"], json!([]));
}

#[tokio::test]
async fn an_event_by_post_is_a_form_for_one_bot_with_both_auth_blocks() {
    let bot = posted(json!({})).await;
    let chat = bot.app.portal.admin().open("echo").await.expect("a dialog");
    bot.app.event().await;
    chat.say("hello").await.expect("a message");

    let event = bot.app.event().await;
    assert_eq!((event.name(), event.get("data[bot][id]")), ("ONIMBOTV2MESSAGEADD", bot.id.to_string().as_str()));
    assert_eq!((event.get("data[bot][code]"), event.has("data[bot][type]")), ("echo", false));
    assert_eq!(event.get("data[bot][auth][user_id]"), bot.id.to_string());
    assert_eq!(event.get("data[bot][auth][client_id]"), bot.app.app.client_id);
    assert_eq!(event.get("auth[application_token]"), bot.app.app.application_token);
    assert_eq!(event.get("auth[user_id]"), "1");
    assert_eq!(event.get("data[message][text]"), "hello");
    assert_eq!((event.get("data[message][isSystem]"), event.get("data[user][active]")), ("0", "1"), "flags");
    assert_eq!((event.has("data[message][forward]"), event.get("data[message][forward]")), (true, ""), "null");
    assert_eq!(event.get("data[user][idle]"), "0", "never");

    let url = format!(
        "{}/rest/imbot.v2.Chat.Message.send?auth={}",
        bot.app.portal.url(),
        event.get("data[bot][auth][access_token]")
    );
    let answer = json!({"botId": bot.id, "dialogId": event.get("data[chat][dialogId]"), "fields": {"message": "hi"}});
    assert_eq!(bot.app.post(&url, &answer).await.0, 200);
    assert_eq!(chat.reply().await.expect("a reply").text(), "hi");
}

#[tokio::test]
async fn every_bot_gets_a_request_of_its_own() {
    let bot = posted(json!({})).await;
    let more = json!({"eventMode": "webhook", "webhookUrl": bot.app.handler});
    let other = add_bot(&bot.app, "other", more).await;
    let team = bot.app.portal.admin().group("Team", []).await.expect("a chat");
    for code in ["echo", "other"] {
        team.invite_bot(code).await.expect("an invitation");
        assert_eq!(bot.app.event().await.name(), "ONIMBOTV2JOINCHAT");
    }
    team.say(&format!("[USER={}]A[/USER] [USER={other}]B[/USER] hello", bot.id)).await.expect("a message");
    let mut ids = [bot.app.event().await, bot.app.event().await].map(|event| event.get("data[bot][id]").to_owned());
    ids.sort();
    assert_eq!(ids, [bot.id.to_string(), other.to_string()]);
}

#[tokio::test]
async fn a_change_of_mode_or_address_is_where_the_next_event_goes() {
    let bot = posted(json!({})).await;
    let chat = bot.app.portal.admin().open("echo").await.expect("a dialog");
    bot.app.event().await;
    let (other, mut events) = crate::bot::listen().await;

    bot.ok("Bot.update", json!({"fields": {"webhookUrl": other}})).await;
    chat.say("there").await.expect("a message");
    assert_eq!(events.recv().await.expect("an event").get("data[message][text]"), "there");
    bot.ok("Bot.update", json!({"fields": {"eventMode": "fetch"}})).await;
    chat.say("waits").await.expect("a message");
    assert_eq!(bot.only("ONIMBOTV2MESSAGEADD").await["message"]["text"], "waits");
    assert!(bot.app.all_events().await.is_empty());
}

#[tokio::test]
async fn a_plain_bot_hears_its_name_and_the_others_hear_everything() {
    let bot = V2::register(json!({})).await;
    for kind in ["openline", "supervisor", "personal"] {
        add_bot(&bot.app, kind, json!({"type": kind})).await;
    }
    let team = bot.team().await;
    for kind in ["openline", "supervisor", "personal"] {
        team.invite_bot(kind).await.expect("an invitation");
    }
    team.say("just us").await.expect("a message");
    team.say(&format!("[USER={}]EchoBot[/USER] you, too", bot.id)).await.expect("a message");

    let heard = async |code: &str| {
        let id = bot.app.ok("imbot.v2.Bot.get", json!({"code": code})).await["bot"]["id"].take();
        let answer = bot.app.ok("imbot.v2.Event.get", json!({"botId": id})).await;
        let events = answer["events"].as_array().expect("events").iter();
        events.filter(|event| event["type"] == "ONIMBOTV2MESSAGEADD").count()
    };
    assert_eq!((heard("echo").await, heard("openline").await), (1, 0));
    assert_eq!((heard("supervisor").await, heard("personal").await), (2, 2));
}

#[tokio::test]
async fn an_edit_and_a_deletion_are_events() {
    let bot = V2::register(json!({})).await;
    let chat = bot.dialog().await;
    let id = chat.say("tpyo").await.expect("a message").id();
    chat.edit(id, "typo").await.expect("an edit");
    chat.delete(id).await.expect("a deletion");

    let news = bot.news().await;
    let names: Vec<_> = news.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["ONIMBOTV2MESSAGEADD", "ONIMBOTV2MESSAGEUPDATE", "ONIMBOTV2MESSAGEDELETE"]);
    assert_eq!((&news[1].1["message"]["text"], &news[2].1["messageId"]), (&json!("typo"), &json!(id)));
    assert_eq!((&news[2].1["message"], &news[2].1["user"]["id"]), (&json!(null), &json!(1)));
}

#[tokio::test]
async fn a_reaction_to_a_message_of_the_bot_is_an_event() {
    let bot = V2::register(json!({})).await;
    let chat = bot.dialog().await;
    let id = bot.send(json!({"message": "like it?"})).await;
    chat.like(b24_portal::MessageId(id)).await.expect("a like");
    chat.like(b24_portal::MessageId(id)).await.expect("none any longer");

    let news = bot.news().await;
    let told: Vec<_> =
        news.iter().map(|(_, data)| (&data["reaction"], &data["action"], &data["message"]["id"])).collect();
    assert_eq!(told, [(&json!("like"), &json!("add"), &json!(id)), (&json!("like"), &json!("delete"), &json!(id))]);
    let own = chat.say("mine").await.expect("a message").id();
    bot.news().await;
    chat.like(own).await.expect("a like");
    assert!(bot.news().await.is_empty(), "it is about messages of the bot");
}

#[tokio::test]
async fn who_comes_into_a_chat_is_told_where() {
    let bot = V2::register(json!({})).await;
    bot.app.portal.admin().open("echo").await.expect("a dialog");
    let data = bot.only("ONIMBOTV2JOINCHAT").await;
    assert_eq!((&data["dialogId"], &data["user"]["id"]), (&json!("1"), &json!(1)));

    let team = bot.app.portal.admin().group("Team", []).await.expect("a chat");
    team.invite_bot("echo").await.expect("an invitation");
    let data = bot.only("ONIMBOTV2JOINCHAT").await;
    assert_eq!((&data["dialogId"], &data["chat"]["name"]), (&json!(format!("chat{}", team.id())), &json!("Team")));
}

#[tokio::test]
async fn a_context_goes_to_the_bot_of_the_dialog() {
    let bot = V2::register(json!({})).await;
    let context = json!({"action": "openTask", "taskId": 456});
    bot.app.ok("im.v2.Chat.Bot.sendContext", json!({"dialogId": bot.id, "context": context})).await;

    let news = bot.news().await;
    let names: Vec<_> = news.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["ONIMBOTV2JOINCHAT", "ONIMBOTV2CONTEXTGET"], "the dialog is opened with it");
    let data = &news[1].1;
    assert_eq!((&data["context"], &data["dialogId"], &data["user"]["id"]), (&context, &json!("1"), &json!(1)));
    let nowhere = json!({"dialogId": 404, "context": {"a": 1}});
    assert_eq!(bot.app.error("im.v2.Chat.Bot.sendContext", nowhere).await, "ACCESS_DENIED");
}

#[tokio::test]
async fn the_last_thing_that_a_bot_hears_is_its_deletion() {
    let bot = V2::register(json!({})).await;
    bot.app.portal.admin().delete_bot("echo").await.expect("a deletion");
    let answer = bot.ok("Event.get", json!({})).await;
    let event = &answer["events"][0];
    assert_eq!((&event["type"], &event["data"]["bot"]["code"]), (&json!("ONIMBOTV2DELETE"), &json!("echo")));
    assert_eq!(bot.ok("Event.get", json!({"offset": answer["nextOffset"]})).await["events"], json!([]));
    assert_eq!(bot.error("Event.get", json!({})).await, "BOT_NOT_FOUND", "once it knows");

    let posted = posted(json!({})).await;
    posted.app.portal.admin().delete_bot("echo").await.expect("a deletion");
    let event = posted.app.event().await;
    assert_eq!((event.name(), event.get("data[bot][code]")), ("ONIMBOTV2DELETE", "echo"));
}
