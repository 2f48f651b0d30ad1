use std::time::Duration;

use serde_json::{Value, json};

use crate::person::{Person, dialog};

/// Ann has written to Bob in a chat and then in their dialog.
async fn written() -> (Person, Person, u64) {
    let ann = Person::alone().await;
    let bob = ann.colleague("Bob Roe");
    let chat = ann.chat("Team", &[&bob]).await;
    ann.say(dialog(chat), "[b]Hello[/b]\nall").await;
    ann.portal().advance(Duration::from_secs(10));
    ann.say(bob.id(), "hi").await;
    (ann, bob, chat)
}

async fn ids(person: &Person, method: &str, params: Value) -> Value {
    let answer = person.ok(method, params).await;
    let items = answer.get("items").unwrap_or(&answer).as_array().expect("a list");
    items.iter().map(|item| item["id"].clone()).collect()
}

#[tokio::test]
async fn the_list_tells_who_said_what_last() {
    let (ann, bob, chat) = written().await;
    let recent = bob.ok("im.recent.get", json!({})).await;
    let (private, group) = (&recent[0], &recent[1]);

    assert_eq!(
        (&private["id"], &private["type"], &private["title"]),
        (&json!(ann.id()), &json!("user"), &json!("Ann Lee"))
    );
    assert_eq!((&private["user"]["id"], &private["counter"]), (&json!(ann.id()), &json!(1)));
    assert_eq!(private["chat"], json!({"text_field_enabled": true, "background_id": null, "mute_list": []}));
    assert_eq!((&group["id"], &group["type"], &group["title"]), (&json!(dialog(chat)), &json!("chat"), &json!("Team")));
    let message = &group["message"];
    assert_eq!((&message["text"], &message["author_id"]), (&json!("Hello all"), &json!(ann.id())));
    assert_eq!((&group["chat"]["role"], &group["chat"]["owner"]), (&json!("MEMBER"), &json!(ann.id())));
    assert_eq!((&group["user"]["id"], &group["options"]), (&json!(ann.id()), &json!([])));

    let original = bob.ok("im.recent.list", json!({"GET_ORIGINAL_TEXT": "Y"})).await;
    assert_eq!(original["items"][1]["message"]["text"], "[b]Hello[/b]\nall");
}

#[tokio::test]
async fn kinds_of_dialogs_can_be_skipped() {
    let (ann, bob, chat) = written().await;
    for method in ["im.recent.get", "im.recent.list"] {
        assert_eq!(ids(&bob, method, json!({})).await, json!([ann.id(), dialog(chat)]));
        assert_eq!(ids(&bob, method, json!({"SKIP_CHAT": "Y"})).await, json!([ann.id()]));
        assert_eq!(ids(&bob, method, json!({"SKIP_DIALOG": "Y"})).await, json!([dialog(chat)]));
    }
    assert_eq!(ids(&bob, "im.recent.get", json!({"ONLY_OPENLINES": "Y"})).await, json!([]));
    assert_eq!(ids(&bob, "im.recent.list", json!({"ONLY_CHANNEL": "Y"})).await, json!([]));
}

#[tokio::test]
async fn the_list_goes_on_from_a_date_or_after_a_number_of_items() {
    let (ann, bob, chat) = written().await;
    let first = bob.ok("im.recent.list", json!({"LIMIT": 1})).await;
    assert_eq!((&first["items"][0]["id"], &first["hasMore"]), (&json!(ann.id()), &json!(true)));
    let next = json!({"LIMIT": 1, "LAST_MESSAGE_DATE": first["items"][0]["message"]["date"]});
    let next = bob.ok("im.recent.list", next).await;
    assert_eq!((&next["items"][0]["id"], &next["hasMore"]), (&json!(dialog(chat)), &json!(false)));
    assert_eq!(ids(&bob, "im.recent.list", json!({"LIMIT": 1, "OFFSET": 1})).await, json!([dialog(chat)]));
}

#[tokio::test]
async fn a_client_that_comes_again_gets_what_changed() {
    let (ann, bob, chat) = written().await;
    ann.portal().advance(Duration::from_mins(1));
    let now = ann.ok("im.recent.get", json!({})).await[0]["date_update"].clone();
    ann.say(dialog(chat), "news").await;
    ann.portal().advance(Duration::from_mins(1));
    let since = bob.ok("im.recent.get", json!({})).await[0]["date_update"].clone();
    assert_ne!(now, since);
    for name in ["LAST_UPDATE", "LAST_SYNC_DATE"] {
        assert_eq!(ids(&bob, "im.recent.get", json!({name: since})).await, json!([dialog(chat)]), "{name}");
    }
    bob.ok("im.recent.pin", json!({"DIALOG_ID": ann.id()})).await;
    assert_eq!(ids(&bob, "im.recent.get", json!({"LAST_UPDATE": since})).await, json!([ann.id(), dialog(chat)]));
}

#[tokio::test]
async fn a_pinned_dialog_stands_on_top() {
    let (ann, bob, chat) = written().await;
    assert_eq!(bob.ok("im.recent.pin", json!({"DIALOG_ID": dialog(chat)})).await, true);
    assert_eq!(ids(&bob, "im.recent.get", json!({})).await, json!([dialog(chat), ann.id()]));
    assert_eq!(bob.ok("im.recent.get", json!({})).await[0]["pinned"], true);
    bob.ok("im.recent.pin", json!({"DIALOG_ID": dialog(chat), "PIN": "N"})).await;
    assert_eq!(ids(&bob, "im.recent.get", json!({})).await, json!([ann.id(), dialog(chat)]));
    let foreign = ann.chat("Ours", &[]).await;
    assert_eq!(bob.error("im.recent.pin", json!({"DIALOG_ID": dialog(foreign)})).await, "ACCESS_ERROR");
    assert_eq!(bob.error("im.recent.pin", json!({})).await, "DIALOG_ID_EMPTY");
}

#[tokio::test]
async fn a_hidden_dialog_comes_back_with_the_next_message() {
    let (ann, bob, chat) = written().await;
    assert_eq!(bob.ok("im.recent.hide", json!({"DIALOG_ID": dialog(chat)})).await, true);
    assert_eq!(ids(&bob, "im.recent.get", json!({})).await, json!([ann.id()]));
    assert_eq!(ids(&ann, "im.recent.get", json!({})).await, json!([bob.id(), dialog(chat)]), "others keep it");
    ann.say(dialog(chat), "back").await;
    assert_eq!(ids(&bob, "im.recent.get", json!({})).await, json!([dialog(chat), ann.id()]));
    assert_eq!(bob.error("im.recent.hide", json!({"DIALOG_ID": "x"})).await, "DIALOG_ID_EMPTY");
}

#[tokio::test]
async fn a_dialog_is_marked_as_unread_and_the_mark_taken_away() {
    let (ann, bob, chat) = written().await;
    bob.ok("im.dialog.read.all", json!({})).await;
    for id in [dialog(chat), ann.id().to_string()] {
        assert_eq!(bob.ok("im.recent.unread", json!({"DIALOG_ID": id})).await, true);
    }
    let counters = bob.ok("im.counters.get", json!({})).await;
    assert_eq!((&counters["CHAT_UNREAD"], &counters["DIALOG_UNREAD"]), (&json!([chat]), &json!([ann.id()])));
    assert_eq!(ids(&bob, "im.recent.list", json!({"UNREAD_ONLY": "Y"})).await, json!([ann.id(), dialog(chat)]));
    ann.say(dialog(chat), "more").await;
    bob.ok("im.recent.unread", json!({"DIALOG_ID": dialog(chat), "ACTION": "N"})).await;
    assert_eq!(bob.ok("im.counters.get", json!({})).await["CHAT"], json!([]), "it has been read as well");
    assert_eq!(ids(&bob, "im.recent.list", json!({"UNREAD_ONLY": "Y"})).await, json!([ann.id()]));
    assert_eq!(bob.ok("im.recent.unread", json!({"DIALOG_ID": "chat999"})).await, false);
}

#[tokio::test]
async fn what_is_unread_is_counted_where_it_is_and_the_muted_apart() {
    let (ann, bob, chat) = written().await;
    let counters = bob.ok("im.counters.get", json!({})).await;
    let (of_chat, of_ann) = (json!({chat.to_string(): 1}), json!({ann.id().to_string(): 1}));
    assert_eq!((&counters["CHAT"], &counters["DIALOG"], &counters["LINES"]), (&of_chat, &of_ann, &json!([])));
    let types = json!({"ALL": 2, "NOTIFY": 0, "CHAT": 1, "LINES": 0, "DIALOG": 1, "MESSENGER": 2});
    assert_eq!(counters["TYPE"], types);

    assert_eq!(bob.ok("im.chat.mute", json!({"CHAT_ID": chat})).await, true);
    let counters = bob.ok("im.counters.get", json!({})).await;
    assert_eq!((&counters["CHAT"], &counters["CHAT_MUTED"]), (&json!([]), &of_chat));
    assert_eq!((&counters["TYPE"]["CHAT"], &counters["TYPE"]["ALL"]), (&json!(0), &json!(1)));
    let shown = ann.ok("im.dialog.get", json!({"DIALOG_ID": dialog(chat)})).await;
    assert_eq!(shown["mute_list"], json!({bob.id().to_string(): true}));
    assert_eq!(ann.ok("im.counters.get", json!({})).await["TYPE"]["ALL"], 0, "one's own messages are no news");
}

#[tokio::test]
async fn a_chat_is_muted_by_who_is_in_it() {
    let (ann, bob, chat) = written().await;
    let cid = ann.colleague("Cid Fox");
    assert_eq!(cid.error("im.chat.mute", json!({"CHAT_ID": chat})).await, "ACCESS_ERROR");
    assert_eq!(cid.error("im.chat.mute", json!({"DIALOG_ID": "chat999"})).await, "ACCESS_ERROR");
    assert_eq!(cid.error("im.chat.mute", json!({})).await, "CHAT_ID_EMPTY");
    assert_eq!(cid.error("im.chat.mute", json!({"DIALOG_ID": "x"})).await, "DIALOG_ID_EMPTY");
    assert_eq!(bob.ok("im.chat.mute", json!({"DIALOG_ID": ann.id()})).await, true);
    assert_eq!(bob.ok("im.chat.mute", json!({"DIALOG_ID": ann.id(), "MUTE": "N"})).await, true);
    assert_eq!(bob.ok("im.dialog.get", json!({"DIALOG_ID": ann.id()})).await["mute_list"], json!([]));
}
