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
async fn an_answer_a_forward_and_a_reaction_show_in_the_page() {
    let (bot, id) = Bot::register("echo").await;
    let ann = bot.portal.user("Ann Lee").id();
    let question = bot.ok("imbot.message.add", json!({"BOT_ID": id, "DIALOG_ID": 1, "MESSAGE": "tea?"})).await;

    bot.ask("say", json!({"user": 1, "dialog": id, "text": "yes", "reply": question})).await;
    bot.ask("react", json!({"user": 1, "message": question, "reaction": "fire"})).await;
    bot.ask("react", json!({"user": 1, "message": question, "reaction": "laugh"})).await;
    bot.ask("forward", json!({"user": 1, "message": question, "dialog": ann})).await;

    let page = |dialog: String| format!("{}/portal/history?user=1&dialog={dialog}", bot.portal.url());
    let (_, history) = bot.get(&page(id.to_string())).await;
    let [asked, answer] = [&history["messages"][0], &history["messages"][1]];
    assert_eq!(asked["reactions"], json!([{"user": 1, "kind": "laugh"}]), "one reaction a person");
    assert_eq!(answer["reply"], json!({"id": question, "author": id, "text": "tea?"}));
    let (_, history) = bot.get(&page(ann.to_string())).await;
    let forwarded = &history["messages"][0];
    assert_eq!((&forwarded["text"], &forwarded["forward"]["author"]), (&json!("tea?"), &json!(id)));
    let (status, _) = bot.ask("react", json!({"user": 1, "message": question, "reaction": "applause"})).await;
    assert_eq!(status, 409);
}

#[tokio::test]
async fn a_dialog_is_pinned_muted_and_marked_for_its_owner_alone() {
    let bot = Bot::install().await;
    let ann = bot.portal.user("Ann Lee").id();
    bot.ask("say", json!({"user": 1, "dialog": ann, "text": "hi"})).await;
    for mark in ["pinned", "muted", "unread", "hidden"] {
        bot.ask("mark", json!({"user": 1, "dialog": ann, "as": mark, "on": true})).await;
    }
    let marks = |dialog: &Value| ["pinned", "muted", "marked", "hidden"].map(|mark| dialog[mark] == true);
    let state = |user: u64| format!("{}/portal/state?user={user}", bot.portal.url());
    assert_eq!(marks(&bot.get(&state(1)).await.1["dialogs"][0]), [true; 4]);
    assert_eq!(marks(&bot.get(&state(ann.0)).await.1["dialogs"][0]), [false; 4]);

    bot.ask("say", json!({"user": ann.0, "dialog": 1, "text": "hello"})).await;
    assert_eq!(bot.get(&state(1)).await.1["dialogs"][0]["hidden"], false, "a new message brings it back");
}

#[tokio::test]
async fn history_comes_in_pages_and_words_are_found_in_it() {
    let bot = Bot::install().await;
    let ann = bot.portal.user("Ann Lee").id();
    for number in 1..=120 {
        bot.ask("say", json!({"user": 1, "dialog": ann, "text": format!("message {number}")})).await;
    }
    let page = |rest: &str| format!("{}/portal/{rest}&user=1&dialog={ann}", bot.portal.url());
    let (_, newest) = bot.get(&page("history?")).await;
    let messages = newest["messages"].as_array().expect("messages");
    assert_eq!((messages.len(), &newest["more"]), (100, &json!(true)));
    let (_, older) = bot.get(&page(&format!("history?before={}", messages[0]["id"]))).await;
    assert_eq!((older["messages"].as_array().map(Vec::len), &older["more"]), (Some(20), &json!(false)));
    let (_, found) = bot.get(&page("search?words=Message%2011")).await;
    assert_eq!(found["messages"].as_array().map(Vec::len), Some(11), "11 and 110 to 119");
    assert_eq!(found["messages"][0]["text"], "message 119", "the newest first");
}

#[tokio::test]
async fn what_is_gone_leaves_the_page() {
    let (bot, id) = Bot::register("echo").await;
    let mut stream = fetch(format!("{}/portal/stream?user=1", bot.portal.url())).await.expect("a stream");
    let message = bot.ok("imbot.message.add", json!({"BOT_ID": id, "DIALOG_ID": 1, "MESSAGE": "hi"})).await;
    bot.ok("imbot.message.delete", json!({"BOT_ID": id, "MESSAGE_ID": message, "COMPLETE": "Y"})).await;
    let messages = hear(&mut stream, "message", 2).await;
    assert_eq!((&messages[0]["message"]["gone"], &messages[1]["message"]["gone"]), (&json!(false), &json!(true)));
    bot.ok("imbot.unregister", json!({"BOT_ID": id})).await;
    assert_eq!(hear(&mut stream, "user_gone", 1).await[0], json!({"id": id}));
}

#[tokio::test]
async fn commands_are_offered_in_the_language_of_whoever_types() {
    let (bot, id) = Bot::register("echo").await;
    let texts = json!([
        {"LANGUAGE_ID": "en", "TITLE": "Repeat", "PARAMS": "text"}, {"LANGUAGE_ID": "ru", "TITLE": "Повторить", "PARAMS": "текст"},
    ]);
    bot.add_command(id, "echo", json!({"LANG": texts})).await;
    let state = format!("{}/portal/state?user=1", bot.portal.url());
    assert_eq!(bot.get(&state).await.1["offers"]["commands"][0]["title"], "Repeat");
    assert_eq!(bot.get(&state).await.1["offers"]["languages"], json!(["en", "ru"]));
    bot.ask("language", json!({"user": 1, "language": "kz"})).await;
    assert_eq!(bot.get(&state).await.1["offers"]["commands"][0]["title"], "Повторить");
}

#[tokio::test]
async fn the_owner_of_a_chat_appoints_managers_and_hands_it_over() {
    let bot = Bot::install().await;
    let ann = bot.portal.user("Ann Lee").id();
    let bob = bot.portal.user("Bob Roe").id();
    let (_, made) = bot.ask("chats", json!({"user": 1, "title": "Team", "members": [ann, bob]})).await;
    let dialog = &made["dialog"];
    bot.ask("rename", json!({"user": ann, "dialog": dialog, "title": "Crew"})).await;
    let expel = json!({"user": ann, "dialog": dialog, "member": bob});
    assert_eq!(bot.ask("leave", expel.clone()).await.0, 409);
    bot.ask("manager", json!({"user": 1, "dialog": dialog, "member": ann, "on": true})).await;
    assert_eq!(bot.ask("leave", expel).await.0, 200);
    bot.ask("owner", json!({"user": 1, "dialog": dialog, "member": ann})).await;
    let chat = &bot.get(&format!("{}/portal/state?user=1", bot.portal.url())).await.1["dialogs"][0];
    assert_eq!((&chat["title"], &chat["owner"]), (&json!("Crew"), &json!(ann)));
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
        ("mark", json!({"user": 1, "dialog": 99, "as": "pinned"}), 409),
        ("dance", json!({"user": 1}), 404),
    ];
    for (action, body, expected) in cases {
        let (status, answer) = bot.ask(action, body.clone()).await;
        assert_eq!(status, expected, "{action} {body}");
        assert!(answer["error"].as_str().is_some_and(|text| !text.is_empty()));
    }
}
