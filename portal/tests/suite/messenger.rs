use std::time::Duration;

use serde_json::{Value, json};

use crate::bot::{Bot, fetch};

impl Bot {
    async fn ask(&self, action: &str, body: Value) -> (u16, Value) {
        self.post(&format!("{}/portal/{action}", self.portal.url()), &body).await
    }
}

/// Reads a stream until `count` events of `kind` have come.
async fn hear(stream: &mut reqwest::Response, kind: &str, count: usize) -> Vec<Value> {
    let mut text = String::new();
    let read = async {
        loop {
            let events = text.split("\n\n").filter_map(|event| event.strip_prefix(&format!("event: {kind}\ndata: ")));
            let found: Vec<Value> = events.filter_map(|data| serde_json::from_str(data).ok()).collect();
            if found.len() >= count {
                return found;
            }
            let chunk = stream.chunk().await.expect("a stream").expect("more of it");
            text.push_str(&String::from_utf8_lossy(&chunk));
        }
    };
    tokio::time::timeout(Duration::from_secs(5), read).await.expect("the events in time")
}

#[tokio::test]
async fn the_page_and_its_files_are_served() {
    let bot = Bot::install().await;
    let page = fetch(bot.portal.messenger_url()).await.expect("a page");
    assert!(page.headers()["content-type"].to_str().is_ok_and(|kind| kind.starts_with("text/html")));
    let script = fetch(format!("{}/web/messenger.js", bot.portal.url())).await.expect("a script");
    assert_eq!(script.headers()["content-type"], "text/javascript; charset=utf-8");
    let none = fetch(format!("{}/web/..%2fCargo.toml", bot.portal.url())).await.expect("an answer");
    assert_eq!(none.status(), 404);
}

#[tokio::test]
async fn a_conversation_through_the_page() {
    let (bot, id) = Bot::register("echo").await;
    let url = format!("{}/portal/stream?user=1", bot.portal.url());
    let mut stream = fetch(url).await.expect("a stream");

    assert_eq!(
        bot.ask("open", json!({"user": 1, "dialog": id.to_string()})).await.1,
        json!({"dialog": id.to_string()})
    );
    assert_eq!(bot.event().await.name(), "ONIMBOTJOINCHAT");
    let (_, said) = bot.ask("say", json!({"user": 1, "dialog": id, "text": "hi"})).await;
    assert_eq!(bot.event().await.param("MESSAGE"), "hi");
    bot.ok("imbot.chat.sendTyping", json!({"DIALOG_ID": 1})).await;
    bot.ok("imbot.message.add", json!({"DIALOG_ID": 1, "MESSAGE": "hello", "ATTACH": [{"MESSAGE": "block"}]})).await;

    let messages = hear(&mut stream, "message", 2).await;
    assert_eq!((&messages[0]["message"]["id"], &messages[0]["change"]), (&said["message"], &json!("new")));
    let hello = &messages[1]["message"];
    assert_eq!(
        (&hello["author"], &hello["dialog"], &hello["text"]),
        (&json!(id), &json!(id.to_string()), &json!("hello"))
    );
    assert_eq!(hello["attach"], json!([{"ID": 1, "BLOCKS": [{"MESSAGE": "block"}]}]));
    assert_eq!((&hello["keyboard"], &hello["deleted"]), (&Value::Null, &json!(false)));

    let (_, state) = bot.get(&format!("{}/portal/state?user=1", bot.portal.url())).await;
    assert_eq!(state["portal"]["revision"], 36);
    assert_eq!((&state["dialogs"][0]["title"], &state["dialogs"][0]["unread"]), (&json!("EchoBot"), &json!(1)));
    assert!(state["journal"].as_array().is_some_and(|journal| journal.len() >= 5));
    let (_, history) = bot.get(&format!("{}/portal/history?user=1&dialog={id}", bot.portal.url())).await;
    assert_eq!(history["messages"].as_array().map(Vec::len), Some(2));
    let (_, state) = bot.get(&format!("{}/portal/state?user=1", bot.portal.url())).await;
    assert_eq!(state["dialogs"][0]["unread"], 0, "who has seen the history has read it");
}

#[tokio::test]
async fn typing_blocking_and_the_journal_are_streamed() {
    let (bot, id) = Bot::register("echo").await;
    bot.add_command(id, "go", json!({})).await;
    bot.ask("open", json!({"user": 1, "dialog": id})).await;
    let url = format!("{}/portal/stream?user=1", bot.portal.url());
    let mut stream = fetch(&url).await.expect("a stream");

    bot.ok("imbot.chat.sendTyping", json!({"DIALOG_ID": 1})).await;
    assert_eq!(hear(&mut stream, "typing", 1).await[0], json!({"dialog": id.to_string(), "user": id}));
    let keyboard = json!([{"TEXT": "Go", "COMMAND": "go", "BLOCK": "Y"}]);
    let message = bot.ok("imbot.message.add", json!({"DIALOG_ID": 1, "MESSAGE": "?", "KEYBOARD": keyboard})).await;
    assert_eq!(bot.ask("press", json!({"user": 1, "message": message, "button": 0})).await.0, 200);
    assert_eq!(hear(&mut stream, "blocked", 1).await[0], json!({"message": message}));
    let entries = hear(&mut stream, "journal", 1).await;
    assert_eq!((&entries[0]["kind"], &entries[0]["name"]), (&json!("event"), &json!("ONIMCOMMANDADD")));
}

#[tokio::test]
async fn groups_are_made_and_left_through_the_page() {
    let (bot, id) = Bot::register("echo").await;
    let ann = bot.portal.user("Ann Lee").id();
    let (_, made) = bot.ask("chats", json!({"user": 1, "title": "Team", "open": true, "members": [ann]})).await;
    let dialog = made["dialog"].as_str().expect("a dialog").to_owned();

    assert_eq!(bot.ask("invite", json!({"user": 1, "dialog": dialog, "member": id})).await.0, 200);
    let joined = bot.event().await;
    assert_eq!((joined.param("CHAT_TYPE"), joined.param("DIALOG_ID")), ("O", dialog.as_str()));
    let (status, error) = bot.ask("leave", json!({"user": ann, "dialog": dialog, "member": 1})).await;
    assert_eq!(
        (status, error["error"].as_str()),
        (409, Some("only the owner of the chat and its managers can do that"))
    );
    assert_eq!(bot.ask("leave", json!({"user": 1, "dialog": dialog, "member": ann})).await.0, 200);
    let (_, state) = bot.get(&format!("{}/portal/state?user=1", bot.portal.url())).await;
    assert_eq!(state["dialogs"][0]["members"], json!([1, id]));
}

#[tokio::test]
async fn nonsense_is_answered_in_words() {
    let bot = Bot::install().await;
    let cases = [
        ("say", json!({"user": 1, "dialog": "x", "text": "hi"}), 400),
        ("say", json!({"user": 1, "dialog": 99, "text": "hi"}), 409),
        ("say", json!({"user": 1}), 400),
        ("press", json!({"user": 1, "message": 5, "button": 0}), 409),
        ("edit", json!([]), 400),
        ("chats", json!({"user": 1, "title": " "}), 409),
    ];
    for (action, body, expected) in cases {
        let (status, answer) = bot.ask(action, body.clone()).await;
        assert_eq!(status, expected, "{action} {body}");
        assert!(answer["error"].as_str().is_some_and(|text| !text.is_empty()));
    }
}
