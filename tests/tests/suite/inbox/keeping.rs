//! What is there after a bot has ended.

use std::{future::pending, sync::Arc};

use b24_runtime::{
    App, Settings,
    storage::{Beside, Seal},
};
use tempfile::TempDir;
use tokio::sync::Notify;

use super::{Desk, Notes, Script};

fn kept_in(folder: &TempDir) -> impl FnOnce(Settings) -> Settings {
    let store = Some(folder.path().join("b24.db"));
    |settings| Settings { store, ..settings }
}

fn echo() -> Script {
    Script::new(|cx| async move { cx.reply(cx.text()).await })
}

/// A bot that hangs on each message, and tells when it begins.
fn hanging(begun: &Arc<Notify>) -> Script {
    let begun = Arc::clone(begun);
    Script::new(move |_| {
        begun.notify_one();
        pending()
    })
}

#[tokio::test]
async fn what_was_acknowledged_before_a_crash_is_handled_after_it_in_order() {
    let (folder, begun) = (TempDir::new().unwrap(), Arc::new(Notify::new()));
    let desk = Desk::with(hanging(&begun), kept_in(&folder)).await;
    let chat = desk.chat("Ann Lee").await;
    for text in ["one", "two", "three"] {
        chat.say(text).await.unwrap();
    }
    desk.portal.settled().await;
    begun.notified().await;
    let desk = desk.crash(echo()).await;
    desk.settled().await;
    let said: Vec<String> = chat.messages().iter().map(|message| message.text().to_owned()).collect();
    assert_eq!(said, ["one", "two", "three", "one", "two", "three"]);
}

#[tokio::test]
async fn an_event_that_came_before_a_crash_is_known_when_it_comes_again_after_it() {
    let folder = TempDir::new().unwrap();
    let desk = Desk::with(echo(), kept_in(&folder)).await;
    desk.chat("Ann Lee").await.say("hello").await.unwrap();
    desk.settled().await;
    desk.bot.inbox().flush().await;
    let event = desk.portal.events().pop().unwrap();
    let desk = desk.crash(echo()).await;
    desk.portal.resend(&event).unwrap();
    desk.settled().await;
    let answers = desk.portal.calls().iter().filter(|call| call.name() == "imbot.message.add").count();
    assert_eq!(answers, 1);
}

#[tokio::test]
async fn an_event_that_ends_the_process_again_and_again_is_set_aside() {
    let (folder, begun) = (TempDir::new().unwrap(), Arc::new(Notify::new()));
    let mut desk = Desk::with(hanging(&begun), kept_in(&folder)).await;
    desk.chat("Ann Lee").await.say("poison").await.unwrap();
    desk.portal.settled().await;
    for _ in 0..desk.settings.handling.attempts {
        begun.notified().await;
        desk = desk.crash(hanging(&begun)).await;
    }
    desk.settled().await;
    let letters = desk.letters().await;
    assert!(letters[0].reason.contains("the process ended 4 times while it was being handled"), "{letters:?}");
}

#[tokio::test]
async fn a_bot_that_is_told_to_stop_ends_its_handlers_and_leaves_the_rest_for_the_next_start() {
    let (folder, notes, begun, go) =
        (TempDir::new().unwrap(), Notes::default(), Arc::new(Notify::new()), Arc::new(Notify::new()));
    let script = {
        let (notes, begun, go) = (notes.clone(), Arc::clone(&begun), Arc::clone(&go));
        Script::new(move |cx| {
            let (notes, begun, go) = (notes.clone(), Arc::clone(&begun), Arc::clone(&go));
            async move {
                begun.notify_one();
                go.notified().await;
                notes.add(cx.text());
                Ok(())
            }
        })
    };
    let Desk { portal, settings, bot, .. } = Desk::with(script, kept_in(&folder)).await;
    let chat = portal.user("Ann Lee").open("script").await.unwrap();
    chat.say("first").await.unwrap();
    chat.say("second").await.unwrap();
    portal.settled().await;
    begun.notified().await;
    let stopping = tokio::spawn(bot.shutdown());
    tokio::task::yield_now().await;
    go.notify_one();
    stopping.await.unwrap();
    assert_eq!(notes.all()[0], "first");
    let next = App::new(echo(), settings).start().await.unwrap();
    next.settled().await;
    let left = if notes.all().len() == 1 { vec!["second"] } else { Vec::new() };
    let answers: Vec<String> = chat.messages().iter().skip(2).map(|message| message.text().to_owned()).collect();
    assert_eq!(answers, left, "each is handled by one of the two");
}

#[tokio::test]
async fn somebody_beside_the_bot_sees_what_was_set_aside_and_takes_it_in_again() {
    let (folder, notes) = (TempDir::new().unwrap(), Notes::default());
    let seen = notes.clone();
    let script = Script::new(move |cx| {
        assert_ne!(seen.add(cx.text()), 1, "on purpose");
        async move { cx.reply(cx.text()).await }
    });
    let desk = Desk::with(script, kept_in(&folder)).await;
    let chat = desk.chat("Ann Lee").await;
    chat.say("hello").await.unwrap();
    desk.settled().await;
    desk.bot.inbox().flush().await;

    let mut beside = Beside::open(&folder.path().join("b24.db"), Seal::default()).unwrap();
    let letters = beside.letters().unwrap();
    assert!(letters[0].reason.contains("panicked"));
    assert!(String::from_utf8_lossy(&letters[0].delivery.body).contains("hello"));
    assert!(beside.replay(letters[0].id).unwrap());
    assert_eq!(chat.reply().await.unwrap().text(), "hello");
}

#[tokio::test]
async fn with_a_key_neither_tokens_nor_messages_can_be_read_in_the_file() {
    let (folder, begun) = (TempDir::new().unwrap(), Arc::new(Notify::new()));
    let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    let with_key = |settings| Settings { store_key: Some(key.parse().unwrap()), ..kept_in(&folder)(settings) };
    let desk = Desk::with(hanging(&begun), with_key).await;
    let chat = desk.chat("Ann Lee").await;
    chat.say("confidential").await.unwrap();
    desk.portal.settled().await;
    let event = desk.portal.events().pop().unwrap().request().clone();
    for secret in [desk.app.application_token.as_str(), event["auth"]["access_token"].as_str().unwrap(), "confidential"]
    {
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()));
        }
    }
    let desk = desk.crash(echo()).await;
    desk.settled().await;
    assert_eq!(chat.messages().last().unwrap().text(), "confidential");

    let Desk { portal: _portal, settings, bot, .. } = desk;
    bot.shutdown().await;
    let without = App::new(echo(), Settings { store_key: None, ..settings }).start().await.unwrap_err().to_string();
    assert!(without.contains("set B24_STORE_KEY"), "{without}");
}
