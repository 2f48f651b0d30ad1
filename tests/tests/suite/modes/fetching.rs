//! Events that wait for a bot until it asks.

use b24_portal::Portal;
use b24_runtime::{App, Client, Running, Settings};
use serde_json::{Value, json};

use super::{Guide, Mode, assert_well, called, hook, install, portal_of, webhook};

/// Runs the guide with a webhook and a file.
async fn start(portal: &Portal, settings: &Settings, folder: &tempfile::TempDir) -> Running {
    let settings = Settings { store: Some(folder.path().join("b24.db")), ..settings.clone() };
    let bot = App::new(Guide, settings).start().await.unwrap();
    assert!(portal.events().is_empty(), "nothing is sent to it");
    bot
}

#[tokio::test]
async fn what_was_said_while_the_bot_was_away_is_answered_once_it_is_back() {
    let portal = portal_of(36).await;
    let settings = Mode::FETCH.of(Settings::local(webhook(&portal)));
    let folder = tempfile::tempdir().unwrap();
    let bot = start(&portal, &settings, &folder).await;
    let chat = portal.user("Ann Lee").open("guide").await.unwrap();
    chat.reply().await.unwrap();
    bot.shutdown().await;

    for text in ["one", "two", "three"] {
        chat.say(&format!("/say {text}")).await.unwrap();
    }
    let mut bot = start(&portal, &settings, &folder).await;
    let answered = async |text: &str| chat.wait(|message| message.text() == text).await.unwrap();
    answered("three").await;
    // It ends in the middle of its work, more than once.
    for text in ["four", "five", "six"] {
        drop(bot);
        chat.say(&format!("/say {text}")).await.unwrap();
        bot = start(&portal, &settings, &folder).await;
        answered(text).await;
    }
    bot.shutdown().await;
    let mut said: Vec<String> =
        chat.messages().iter().filter(|m| m.author() == "Guide").map(|m| m.text().to_owned()).collect();
    // What it was just answering when it ended may be answered again.
    said.dedup();
    assert_eq!(said, ["Hello, Ann", "one", "two", "three", "four", "five", "six"], "each, in order");
    assert_well(&portal);
}

#[tokio::test]
async fn a_question_that_fails_is_asked_again_and_nothing_is_lost() {
    let portal = portal_of(36).await;
    let bot = hook(&portal, Mode::FETCH).await;
    let chat = portal.user("Ann Lee").open("guide").await.unwrap();
    chat.reply().await.unwrap();
    // After the last, the bot leaves the portal alone for seconds.
    for (fault, times) in [("status=502", 2), ("lose_answer", 2), ("cut", 2), ("error=QUERY_LIMIT_EXCEEDED", 1)] {
        portal.faults().add(format!("{fault} on=imbot.v2.Event.get times={times}").parse().unwrap());
        chat.say(&format!("/say {fault}")).await.unwrap();
        assert_eq!(chat.reply().await.unwrap().text(), fault);
    }
    bot.shutdown().await;
    assert_eq!(chat.messages().iter().filter(|message| message.author() == "Guide").count(), 5, "each once");
}

#[tokio::test]
async fn what_the_first_api_does_not_tell_is_told_too() {
    for mode in [Mode::V2, Mode::FETCH] {
        let portal = portal_of(36).await;
        let _bot = install(&portal, mode).await;
        let chat = portal.admin().open("guide").await.unwrap();
        let hello = chat.reply().await.unwrap();
        chat.like(hello.id()).await.unwrap();
        assert!(chat.reply().await.unwrap().text().ends_with(&format!(" likes {}", hello.text())), "{mode:?}");
        let client = Client::webhook(&portal.webhook(portal.admin().id(), ["imbot", "im"])).unwrap();
        let context = json!({"dialogId": hello.author_id(), "context": {"taskId": 456}});
        client.call_raw("im.v2.Chat.Bot.sendContext", context).await.unwrap();
        assert_eq!(chat.reply().await.unwrap().text(), "Shall I open task 456?", "{mode:?}");
        assert_well(&portal);
    }
}

#[tokio::test]
async fn a_bot_that_people_removed_stops_to_ask_and_confirms_the_news() {
    let portal = portal_of(36).await;
    let bot = hook(&portal, Mode::FETCH).await;
    let chat = portal.admin().open("guide").await.unwrap();
    let guide = chat.reply().await.unwrap().author_id();
    portal.admin().delete_bot("guide").await.unwrap();
    let client = Client::webhook(&portal.webhook(portal.admin().id(), ["imbot", "im"])).unwrap();
    // The portal knows the bot until its last news is confirmed.
    let is_known = async || {
        let answer = client.call_raw("imbot.v2.Event.get", json!({"botId": guide, "botToken": "guide"})).await;
        answer.is_ok_and(|answer| answer["events"].is_array())
    };
    while is_known().await {}
    bot.shutdown().await;
}

#[tokio::test]
async fn an_answer_of_an_event_names_the_message_that_it_answers() {
    let portal = portal_of(36).await;
    let _bot = hook(&portal, Mode::FETCH).await;
    let chat = portal.user("Ann Lee").open("guide").await.unwrap();
    chat.reply().await.unwrap();
    let question = chat.say("anybody?").await.unwrap();
    chat.reply().await.unwrap();
    let sent = portal.calls().into_iter().rfind(|call| call.name() == "imbot.v2.Chat.Message.send").unwrap();
    assert_eq!(sent.request()["fields"]["replyId"], Value::from(question.id().0));
    assert_eq!(called(&portal, "imbot.v2.Chat.InputAction.notify"), 1);
}
