use serde_json::{Value, json};

use crate::person::{Person, dialog};

async fn found(person: &Person, phrase: &str) -> Value {
    let chats = person.ok("im.search.chat.list", json!({"FIND": phrase})).await;
    chats.as_array().expect("a list").iter().map(|chat| chat["id"].clone()).collect()
}

#[tokio::test]
async fn chats_are_found_by_the_beginnings_of_words_of_titles_and_names() {
    let ann = Person::alone().await;
    let bob = ann.colleague("Bob Roe");
    let project = ann.chat("Big project", &[&bob]).await;
    let alone = ann.chat("Projection", &[]).await;

    assert_eq!(found(&ann, "proj").await, json!([alone, project]), "the highest number first");
    assert_eq!(found(&ann, "big PRO").await, json!([project]));
    assert_eq!(found(&ann, "roe").await, json!([project]));
    assert_eq!(found(&ann, "ject").await, json!([]), "not within words");
    assert_eq!(found(&bob, "proj").await, json!([project]), "what Bob is not in is not there for him");
    assert_eq!(ann.ok("im.search.chat.list", json!({"FIND_LINES": "proj"})).await, json!([]));
}

#[tokio::test]
async fn a_search_needs_two_letters() {
    let ann = Person::alone().await;
    assert_eq!(ann.error("im.search.chat.list", json!({"FIND": "p"})).await, "FIND_SHORT");
    assert_eq!(ann.error("im.search.chat.list", json!({})).await, "FIND_SHORT");
}

#[tokio::test]
async fn found_chats_come_in_pages_of_ten() {
    let ann = Person::alone().await;
    for number in 0..12 {
        ann.chat(&format!("Team {number}"), &[]).await;
    }
    let first = ann.answer("im.search.chat.list", json!({"FIND": "team"})).await;
    assert_eq!(first["result"].as_array().map(Vec::len), Some(10));
    assert_eq!((&first["total"], &first["next"]), (&json!(12), &json!(10)));
    let second = ann.answer("im.search.chat.list", json!({"FIND": "team", "OFFSET": 10})).await;
    assert_eq!((second["result"].as_array().map(Vec::len), &second["next"]), (Some(2), &json!(null)));
}

#[tokio::test]
async fn the_history_of_searches_has_the_latest_first_and_each_once() {
    let ann = Person::alone().await;
    let bob = ann.colleague("Bob Roe");
    let chat = ann.chat("Team", &[]).await;
    for id in [dialog(chat), bob.id().to_string(), dialog(chat)] {
        assert_eq!(ann.ok("im.search.last.add", json!({"DIALOG_ID": id})).await, true);
    }
    let last = ann.ok("im.search.last.get", json!({})).await;
    assert_eq!(last.as_array().map(Vec::len), Some(2));
    assert_eq!(
        (&last[0]["id"], &last[0]["type"], &last[0]["title"]),
        (&json!(dialog(chat)), &json!("chat"), &json!("Team"))
    );
    assert_eq!((&last[1]["id"], &last[1]["type"]), (&json!(bob.id()), &json!("user")));
    assert_eq!(last[1]["user"]["name"], "Bob Roe");
    let skipped = ann.ok("im.search.last.get", json!({"SKIP_CHAT": "Y"})).await;
    assert_eq!(skipped.as_array().map(Vec::len), Some(1));

    assert_eq!(ann.ok("im.search.last.delete", json!({"DIALOG_ID": bob.id()})).await, true);
    assert_eq!(ann.ok("im.search.last.delete", json!({"DIALOG_ID": bob.id()})).await, false);
    assert_eq!(ann.ok("im.search.last.add", json!({"DIALOG_ID": "chat999"})).await, false);
    assert_eq!(ann.error("im.search.last.add", json!({})).await, "DIALOG_ID_EMPTY");
    assert_eq!(bob.ok("im.search.last.get", json!({})).await, json!([]), "everybody has one of one's own");
}
