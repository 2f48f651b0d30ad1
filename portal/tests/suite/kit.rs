use serde_json::json;

use crate::bot::{Bot, fetch};

#[tokio::test]
async fn replies_come_one_after_the_other() {
    let (bot, _) = Bot::register("echo").await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    chat.say("hi").await.expect("a message");
    for text in ["one", "two"] {
        bot.ok("imbot.message.add", json!({"DIALOG_ID": 1, "MESSAGE": text})).await;
    }
    assert_eq!(chat.reply().await.expect("a reply").text(), "one");
    assert_eq!(chat.reply().await.expect("a reply").text(), "two");
}

#[tokio::test]
async fn an_edit_is_a_reply_too() {
    let (bot, _) = Bot::register("echo").await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    let message = bot.ok("imbot.message.add", json!({"DIALOG_ID": 1, "MESSAGE": "page 1"})).await;
    chat.reply().await.expect("a reply");

    bot.ok("imbot.message.update", json!({"MESSAGE_ID": message, "MESSAGE": "page 2"})).await;
    assert_eq!(chat.reply().await.expect("a reply").text(), "page 2");
    let wait = chat.wait(|message| message.text() == "page 3");
    let update = bot.ok("imbot.message.update", json!({"MESSAGE_ID": message, "MESSAGE": "page 3"}));
    let (found, _) = tokio::join!(wait, update);
    assert!(found.expect("a message").is_edited());
}

#[tokio::test(start_paused = true)]
async fn silence_is_explained() {
    // The clock of the test stands still and jumps to the end of the wait.
    let portal = b24_portal::Portal::start().await.expect("a portal");
    let (ann, bob) = (portal.user("Ann Lee"), portal.user("Bob Roe"));
    let chat = ann.open_with(&bob).await.expect("a dialog");
    chat.say("are you there?").await.expect("a message");

    let error = chat.reply().await.expect_err("silence").to_string();
    assert!(error.contains("waited 5 s for a reply"), "{error}");
    assert!(error.contains("Ann Lee: are you there?"), "{error}");
}

#[tokio::test]
async fn a_bot_that_is_not_there_is_told_with_those_that_are() {
    let (bot, _) = Bot::register("echo").await;
    let error = bot.portal.admin().open("ecko").await.expect_err("no such bot").to_string();
    assert!(error.contains("\"ecko\"") && error.contains("\"echo\""), "{error}");
}

#[tokio::test]
async fn a_transcript_reads_like_a_conversation() {
    let (bot, _) = Bot::register("echo").await;
    let chat = bot.portal.user("Ann Lee").open("echo").await.expect("a dialog");
    let ann = chat.say("[b]show[/b] me").await.expect("a message").author_id();
    let attach = json!([
        {"GRID": [{"NAME": "Status", "VALUE": "[b]open[/b]", "DISPLAY": "LINE"}]},
        {"DELIMITER": {"SIZE": 200}},
        {"LINK": {"NAME": "Ticket", "LINK": "https://example.com/1", "DESC": "the first"}},
    ]);
    let keyboard =
        json!([{"TEXT": "Close", "COMMAND": "close"}, {"TYPE": "NEWLINE"}, {"TEXT": "Help", "COMMAND": "help"}]);
    bot.ok(
        "imbot.message.add",
        json!({"DIALOG_ID": ann, "MESSAGE": "Here[br]you are", "ATTACH": attach, "KEYBOARD": keyboard}),
    )
    .await;

    let expected = "\
Ann Lee: show me
EchoBot: Here
  you are
  | Status: open
  | ----
  | [link] Ticket (https://example.com/1): the first
  [1] Close  [2] Help";
    assert_eq!(chat.transcript(), expected);
}

#[tokio::test]
async fn calls_and_events_can_be_looked_at() {
    let (bot, _) = Bot::register("echo").await;
    bot.portal.admin().open("echo").await.expect("a dialog");

    let event = bot.portal.wait_event("onimbotjoinchat").await.expect("an event");
    assert_eq!((event.status(), event.request()["data"]["PARAMS"]["DIALOG_ID"].as_str()), (Some(200), Some("1")));
    bot.error("imbot.message.add", json!({"DIALOG_ID": 1})).await;
    let calls = bot.portal.calls();
    let last = calls.last().expect("a call");
    assert_eq!((last.status(), last.error()), (Some(400), Some("MESSAGE_EMPTY")));
    assert!(last.request().get("auth").is_none(), "tokens stay out of the journal's calls");
}

#[tokio::test]
async fn a_portal_stops_with_its_last_handle() {
    let portal = b24_portal::Portal::start().await.expect("a portal");
    let url = portal.url().to_owned();
    assert!(fetch(&url).await.is_ok());
    drop(portal);
    while fetch(&url).await.is_ok() {
        tokio::task::yield_now().await;
    }
}
