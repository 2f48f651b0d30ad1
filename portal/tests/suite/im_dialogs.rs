use std::time::Duration;

use serde_json::{Value, json};

use crate::person::{Person, dialog};

/// Ann has said `1` to `count` to Bob.
async fn told(count: u64) -> (Person, Person, Vec<u64>) {
    let ann = Person::alone().await;
    let bob = ann.colleague("Bob Roe");
    let mut messages = Vec::new();
    for number in 1..=count {
        messages.push(ann.say(bob.id(), &number.to_string()).await);
    }
    (ann, bob, messages)
}

/// The texts of a part of what Bob has with Ann.
async fn texts(bob: &Person, ann: &Person, more: Value) -> Vec<String> {
    let mut params = json!({"DIALOG_ID": ann.id()});
    params.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
    let part = bob.ok("im.dialog.messages.get", params).await;
    let text = |message: &Value| message["text"].as_str().expect("a text").to_owned();
    part["messages"].as_array().expect("a list").iter().map(text).collect()
}

#[tokio::test]
async fn the_latest_twenty_messages_come_first_and_fifty_are_the_most() {
    let (ann, bob, _) = told(60).await;
    let latest = texts(&bob, &ann, json!({})).await;
    assert_eq!((latest.len(), latest[0].as_str(), latest[19].as_str()), (20, "60", "41"));
    assert_eq!(texts(&bob, &ann, json!({"LIMIT": 3})).await, ["60", "59", "58"]);
    assert_eq!(texts(&bob, &ann, json!({"LIMIT": 100})).await.len(), 50);
}

#[tokio::test]
async fn last_id_goes_back_and_first_id_forward() {
    let (ann, bob, ids) = told(5).await;
    assert_eq!(texts(&bob, &ann, json!({"LAST_ID": ids[2]})).await, ["2", "1"]);
    assert_eq!(texts(&bob, &ann, json!({"LAST_ID": ids[4], "LIMIT": 2})).await, ["4", "3"]);
    assert_eq!(texts(&bob, &ann, json!({"FIRST_ID": ids[2]})).await, ["4", "5"]);
    assert_eq!(texts(&bob, &ann, json!({"FIRST_ID": 0, "LIMIT": 2})).await, ["1", "2"], "the very first ones");
    assert_eq!(texts(&bob, &ann, json!({"LAST_ID": ids[0]})).await, [""; 0]);
}

#[tokio::test]
async fn from_a_message_that_never_was_there_is_nowhere_to_go() {
    let (ann, bob, _) = told(2).await;
    for name in ["LAST_ID", "FIRST_ID"] {
        let nowhere = bob.ok("im.dialog.messages.get", json!({"DIALOG_ID": ann.id(), name: 9999})).await;
        assert_eq!((&nowhere["messages"], &nowhere["users"], &nowhere["files"]), (&json!([]), &json!([]), &json!([])));
        let params = json!({"DIALOG_ID": ann.id(), name: "latest"});
        assert_eq!(bob.error("im.dialog.messages.get", params).await, format!("{name}_STRING"));
    }
}

#[tokio::test]
async fn a_message_is_shown_with_what_belongs_to_it() {
    let (ann, bob, _) = told(0).await;
    let keyboard = json!([{"TEXT": "Go", "LINK": "https://example.com"}]);
    let params = json!({
        "DIALOG_ID": bob.id(), "MESSAGE": "see [b]this[/b]", "ATTACH": [{"MESSAGE": "block"}], "KEYBOARD": keyboard,
    });
    let id = ann.ok("im.message.add", params).await;
    bob.ok("im.message.like", json!({"MESSAGE_ID": id})).await;
    ann.ok("im.message.update", json!({"MESSAGE_ID": id, "MESSAGE": "see"})).await;

    let part = bob.ok("im.dialog.messages.get", json!({"DIALOG_ID": ann.id()})).await;
    let message = &part["messages"][0];
    assert_eq!((&message["id"], &message["author_id"], &message["text"]), (&id, &json!(ann.id()), &json!("see")));
    assert_eq!((&message["unread"], &message["replaces"]), (&json!(true), &json!([])));
    assert_eq!(message["uuid"].as_str().map(str::len), Some(36));
    let card = json!([{"ID": 1, "BLOCKS": [{"MESSAGE": "block"}]}]);
    let params = &message["params"];
    assert_eq!((&params["ATTACH"], &params["LIKE"]), (&card, &json!([bob.id()])));
    assert_eq!((&params["KEYBOARD"][0]["TEXT"], &params["IS_EDITED"]), (&json!("Go"), &json!("Y")));
    let author = &part["users"][0];
    assert_eq!(
        (&author["name"], &author["type"], &author["phones"]),
        (&json!("Ann Lee"), &json!("user"), &json!(false))
    );
    assert_eq!(
        (&author["bot"], &author["bot_data"], &author["status"]),
        (&json!(false), &json!(null), &json!("online"))
    );
}

#[tokio::test]
async fn a_dialog_that_has_not_begun_is_empty_and_one_of_others_is_closed() {
    let (ann, bob, _) = told(0).await;
    assert_eq!(texts(&bob, &ann, json!({})).await, [""; 0]);
    let chat = ann.chat("Ours", &[]).await;
    for method in ["im.dialog.get", "im.dialog.messages.get", "im.dialog.users.list", "im.dialog.writing"] {
        assert_eq!(bob.error(method, json!({"DIALOG_ID": dialog(chat)})).await, "ACCESS_ERROR", "{method}");
        assert_eq!(bob.error(method, json!({"DIALOG_ID": 404})).await, "ACCESS_ERROR", "{method}");
        assert_eq!(bob.error(method, json!({"DIALOG_ID": "team"})).await, "DIALOG_ID_EMPTY", "{method}");
        assert_eq!(bob.error(method, json!({})).await, "DIALOG_ID_EMPTY", "{method}");
    }
}

#[tokio::test]
async fn reading_a_part_leaves_the_rest_unread() {
    let (ann, bob, ids) = told(3).await;
    let with = json!({"DIALOG_ID": ann.id(), "MESSAGE_ID": ids[1]});
    let read = bob.ok("im.dialog.read", with.clone()).await;
    assert_eq!((&read["dialogId"], &read["counter"]), (&json!(ann.id().to_string()), &json!(1)));
    assert_eq!(read["lastId"], ids[1]);
    let back = bob.ok("im.dialog.read", json!({"DIALOG_ID": ann.id(), "MESSAGE_ID": ids[0]})).await;
    assert_eq!((&back["lastId"], &back["counter"]), (&json!(ids[1]), &json!(1)), "what was read stays read");
    let all = bob.ok("im.dialog.read", json!({"DIALOG_ID": ann.id()})).await;
    assert_eq!((&all["lastId"], &all["counter"]), (&json!(ids[2]), &json!(0)));

    assert_eq!(bob.ok("im.dialog.unread", with).await, true);
    let shown = bob.ok("im.dialog.get", json!({"DIALOG_ID": ann.id()})).await;
    assert_eq!(
        (&shown["counter"], &shown["unread_id"], &shown["last_id"]),
        (&json!(2), &json!(ids[1]), &json!(ids[0]))
    );
}

#[tokio::test]
async fn what_cannot_be_marked_is_answered_with_false() {
    let (ann, bob, ids) = told(1).await;
    let chat = ann.chat("Ours", &[]).await;
    let with = |message: Value| json!({"DIALOG_ID": dialog(chat), "MESSAGE_ID": message});
    for method in ["im.dialog.read", "im.dialog.unread"] {
        assert_eq!(bob.ok(method, with(json!(ids[0]))).await, false, "{method} where Bob is not");
        assert_eq!(ann.ok(method, with(json!(ids[0]))).await, false, "{method} of another dialog");
        assert_eq!(ann.error(method, with(json!("x"))).await, "MESSAGE_ID_ERROR", "{method}");
    }
    let no_message = json!({"DIALOG_ID": dialog(chat)});
    assert_eq!(ann.error("im.dialog.unread", no_message).await, "MESSAGE_ID_ERROR");
}

#[tokio::test]
async fn a_reader_is_seen_by_who_wrote() {
    let (ann, bob, ids) = told(1).await;
    let views = async || ann.ok("im.dialog.get", json!({"DIALOG_ID": bob.id()})).await["last_message_views"].take();
    assert_eq!(views().await, json!({"message_id": ids[0], "first_viewers": [], "count_of_viewers": 0}));
    bob.ok("im.dialog.read", json!({"DIALOG_ID": ann.id()})).await;
    let first = views().await["first_viewers"][0].take();
    assert_eq!((&first["user_id"], &first["user_name"]), (&json!(bob.id()), &json!("Bob Roe")));
    assert!(first["date"].is_string());
}

#[tokio::test]
async fn all_dialogs_are_read_at_once() {
    let (ann, bob, _) = told(2).await;
    let chat = ann.chat("Team", &[&bob]).await;
    ann.say(dialog(chat), "all").await;
    assert_eq!(bob.ok("im.counters.get", json!({})).await["TYPE"]["ALL"], 3);
    assert_eq!(bob.ok("im.dialog.read.all", json!({})).await, true);
    assert_eq!(bob.ok("im.counters.get", json!({})).await["TYPE"]["ALL"], 0);
}

#[tokio::test]
async fn one_can_write_to_oneself() {
    let ann = Person::alone().await;
    ann.say(ann.id(), "buy milk").await;
    let shown = ann.ok("im.dialog.get", json!({"DIALOG_ID": ann.id()})).await;
    assert_eq!((&shown["name"], &shown["user_counter"], &shown["counter"]), (&json!("Ann Lee"), &json!(1), &json!(0)));
    assert_eq!(texts(&ann, &ann, json!({})).await, ["buy milk"]);
    assert_eq!(ann.ok("im.recent.get", json!({})).await[0]["id"], ann.id());
}

#[tokio::test]
async fn typing_is_shown_to_who_may_be_written_to() {
    let (ann, bob, _) = told(0).await;
    let chat = ann.chat("Ours", &[]).await;
    assert_eq!(ann.ok("im.dialog.writing", json!({"DIALOG_ID": bob.id()})).await, true);
    assert_eq!(ann.ok("im.chat.sendTyping", json!({"CHAT_ID": chat})).await, true);
    assert_eq!(bob.error("im.chat.sendTyping", json!({"CHAT_ID": chat})).await, "ACCESS_ERROR");
    assert_eq!(bob.error("im.chat.sendTyping", json!({})).await, "CHAT_ID_EMPTY");
}

async fn found(person: &Person, chat: u64, more: Value) -> Vec<String> {
    let mut params = json!({"CHAT_ID": chat});
    params.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
    let answer = person.ok("im.dialog.messages.search", params).await;
    let text = |message: &Value| message["text"].as_str().expect("a text").to_owned();
    answer["messages"].as_array().expect("a list").iter().map(text).collect()
}

#[tokio::test]
async fn messages_are_searched_by_three_letters_and_more() {
    let (ann, bob, _) = told(0).await;
    let chat = ann.chat("Team", &[&bob]).await;
    let mut ids = Vec::new();
    for text in ["Alpha one", "beta", "alphabet"] {
        ids.push(ann.say(dialog(chat), text).await);
    }
    assert_eq!(found(&bob, chat, json!({"SEARCH_MESSAGE": "alp"})).await, ["alphabet", "Alpha one"]);
    let up = json!({"SEARCH_MESSAGE": "ALPHA", "ORDER": {"ID": "ASC"}});
    assert_eq!(found(&bob, chat, up).await, ["Alpha one", "alphabet"]);
    let next = json!({"SEARCH_MESSAGE": "alpha", "LIMIT": 1, "LAST_ID": ids[2]});
    assert_eq!(found(&bob, chat, next).await, ["Alpha one"]);
    assert_eq!(found(&bob, chat, json!({"SEARCH_MESSAGE": "be"})).await.len(), 3, "two letters are not looked for");
    let cid = ann.colleague("Cid Fox");
    assert_eq!(cid.error("im.dialog.messages.search", json!({"CHAT_ID": chat})).await, "ACCESS_ERROR");
    assert_eq!(cid.error("im.dialog.messages.search", json!({})).await, "CHAT_ID_EMPTY");
}

#[tokio::test]
async fn messages_are_searched_by_day() {
    let (ann, bob, _) = told(0).await;
    let chat = ann.chat("Team", &[&bob]).await;
    ann.say(dialog(chat), "today").await;
    ann.portal().advance(Duration::from_hours(48));
    ann.say(dialog(chat), "later").await;

    let part = ann.ok("im.dialog.messages.search", json!({"CHAT_ID": chat})).await;
    let dates: Vec<&Value> = part["messages"].as_array().expect("a list").iter().map(|found| &found["date"]).collect();
    assert_eq!(found(&ann, chat, json!({"DATE_FROM": dates[0]})).await, ["later"]);
    assert_eq!(found(&ann, chat, json!({"DATE": dates[1]})).await, ["today"]);
    let message = &part["messages"][0];
    assert_eq!((&message["authorId"], &message["author_id"]), (&json!(ann.id()), &json!(ann.id())));
    assert_eq!((&message["isSystem"], &message["viewedByOthers"]), (&json!(false), &json!(false)));
    assert_eq!(part["users"][0]["firstName"], "Ann");
}

#[tokio::test]
async fn a_search_brings_what_is_quoted_and_who_reacted() {
    let (ann, bob, _) = told(0).await;
    let chat = ann.chat("Team", &[&bob]).await;
    let first = ann.say(dialog(chat), "question").await;
    let answer = json!({"DIALOG_ID": dialog(chat), "MESSAGE": "answer", "REPLY_ID": first});
    let second = bob.ok("im.message.add", answer).await;
    ann.ok("im.message.like", json!({"MESSAGE_ID": second})).await;

    let part = ann.ok("im.dialog.messages.search", json!({"CHAT_ID": chat, "SEARCH_MESSAGE": "answer"})).await;
    assert_eq!(part["additionalMessages"][0]["text"], "question");
    let reactions = json!([{
        "messageId": second, "reactionCounters": {"like": 1}, "reactionUsers": {"like": [ann.id()]},
        "ownReactions": ["like"],
    }]);
    assert_eq!(part["reactions"], reactions);
    assert_eq!(part["usersShort"][0]["name"], "Ann Lee");
}
