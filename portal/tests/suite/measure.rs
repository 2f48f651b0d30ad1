use std::time::Instant;

use serde_json::json;

use crate::person::{Person, dialog};

#[tokio::test]
#[ignore = "measures"]
async fn a_large_portal() {
    let ann = Person::alone().await;
    let others: Vec<_> = (0..20).map(|n| ann.colleague(&format!("P{n} X"))).collect();
    let start = Instant::now();
    let mut last = 0;
    for n in 0..2000 {
        let members: Vec<_> = (0..4).map(|k| &others[(n * 7 + k * 3) % 20].user).collect();
        let chat = ann.user.group(&format!("Group {n}"), members).await.expect("a chat");
        for m in 0..50 {
            chat.say(&format!("message {m} of {n}")).await.expect("a message");
        }
        last = chat.id().0;
    }
    println!("filled in {:?}", start.elapsed());
    for (method, params) in [
        ("im.recent.list", json!({})),
        ("im.recent.list", json!({"OFFSET": 1000, "LIMIT": 200})),
        ("im.recent.get", json!({})),
        ("im.dialog.messages.get", json!({"DIALOG_ID": dialog(last), "LIMIT": 50})),
        ("im.dialog.messages.get", json!({"DIALOG_ID": dialog(5)})),
        ("im.dialog.get", json!({"DIALOG_ID": dialog(5)})),
        ("im.counters.get", json!({})),
        ("im.search.chat.list", json!({"FIND": "group"})),
        ("im.chat.get", json!({"ENTITY_TYPE": "CRM", "ENTITY_ID": "DEAL|1"})),
        ("im.message.add", json!({"DIALOG_ID": dialog(5), "MESSAGE": "hi"})),
        ("im.dialog.read.all", json!({})),
    ] {
        ann.ok(method, params.clone()).await;
        let start = Instant::now();
        for _ in 0..10 {
            ann.ok(method, params.clone()).await;
        }
        println!("{method} {params}: {:?}", start.elapsed() / 10);
    }
}
