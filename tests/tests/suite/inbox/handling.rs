//! How handlers run: in order, once, within bounds, and again where that harms nobody.

use std::{future::pending, sync::Arc, time::Duration};

use b24_portal::{NewApp, Portal};
use b24_runtime::{
    App, Failure, Handling, Settings,
    storage::{MemoryInbox, Room},
};
use tokio::sync::{Notify, Semaphore};

use super::{Desk, Notes, Script};
use crate::home::credentials;

#[tokio::test]
async fn an_event_that_comes_twice_is_handled_once() {
    let desk = Desk::start(Script::new(|cx| async move { cx.reply(cx.text()).await })).await;
    desk.portal.faults().add("repeat on=ONIMBOTMESSAGEADD".parse().unwrap());
    let chat = desk.chat("Ann Lee").await;
    chat.say("hello").await.unwrap();
    desk.settled().await;
    assert_eq!(desk.portal.events().iter().filter(|event| event.name() == "ONIMBOTMESSAGEADD").count(), 2);
    let answers = desk.portal.calls().iter().filter(|call| call.name() == "imbot.message.add").count();
    assert_eq!(answers, 1);
}

#[tokio::test]
async fn the_same_words_twice_are_two_events() {
    let desk = Desk::start(Script::new(|cx| async move { cx.reply(cx.text()).await })).await;
    let chat = desk.chat("Ann Lee").await;
    chat.say("hello").await.unwrap();
    chat.say("hello").await.unwrap();
    desk.settled().await;
    assert_eq!(desk.portal.calls().iter().filter(|call| call.name() == "imbot.message.add").count(), 2);
}

#[tokio::test]
async fn a_dialog_keeps_its_order_and_does_not_hold_up_another() {
    let (notes, gate, passed) = (Notes::default(), Arc::new(Semaphore::new(0)), Arc::new(Notify::new()));
    let script = {
        let (notes, gate, passed) = (notes.clone(), Arc::clone(&gate), Arc::clone(&passed));
        Script::new(move |cx| {
            let (notes, gate, passed) = (notes.clone(), Arc::clone(&gate), Arc::clone(&passed));
            async move {
                if cx.text() == "first" {
                    gate.acquire().await?.forget();
                }
                notes.add(cx.text());
                passed.notify_one();
                Ok(())
            }
        })
    };
    let desk = Desk::start(script).await;
    let (ann, bob) = (desk.chat("Ann Lee").await, desk.chat("Bob Hill").await);
    ann.say("first").await.unwrap();
    ann.say("second").await.unwrap();
    bob.say("other").await.unwrap();
    passed.notified().await;
    assert_eq!(notes.all(), ["other"]);
    gate.add_permits(1);
    desk.settled().await;
    assert_eq!(notes.all(), ["other", "first", "second"]);
}

#[tokio::test]
async fn a_handler_that_fails_is_run_again_until_it_works_and_its_dialog_waits() {
    let notes = Notes::default();
    let seen = notes.clone();
    let script = Script::new(move |cx| {
        let count = seen.add(cx.text());
        async move { if count < 3 { Err(Failure::new("not yet")) } else { cx.reply("at last").await } }
    });
    let desk = Desk::start(script).await;
    let chat = desk.chat("Ann Lee").await;
    chat.say("first").await.unwrap();
    chat.say("second").await.unwrap();
    desk.settled().await;
    assert_eq!(notes.all(), ["first", "first", "first", "second"]);
    assert!(desk.letters().await.is_empty());
}

#[tokio::test]
async fn an_event_that_cannot_be_handled_is_set_aside_and_can_be_replayed() {
    let notes = Notes::default();
    let seen = notes.clone();
    let script = Script::new(move |cx| {
        let count = seen.add(cx.text());
        async move { if count <= 4 { Err(Failure::new("the table is gone")) } else { cx.reply(cx.text()).await } }
    });
    let desk = Desk::start(script).await;
    let chat = desk.chat("Ann Lee").await;
    chat.say("poison").await.unwrap();
    chat.say("next").await.unwrap();
    desk.settled().await;
    assert_eq!(notes.all(), ["poison", "poison", "poison", "poison", "next"]);
    let letters = desk.letters().await;
    assert_eq!(letters.len(), 1);
    assert_eq!(
        (letters[0].reason.as_str(), letters[0].delivery.event.as_str()),
        ("the table is gone", "ONIMBOTMESSAGEADD")
    );

    assert!(desk.bot.inbox().replay(letters[0].id).await.unwrap());
    desk.settled().await;
    assert_eq!(chat.messages().last().unwrap().text(), "poison");
    assert!(desk.letters().await.is_empty());
    assert!(!desk.bot.inbox().replay(letters[0].id).await.unwrap(), "it is there once");
}

#[tokio::test]
async fn a_handler_that_has_answered_is_not_run_again() {
    let script = Script::new(|cx| async move {
        cx.reply("done").await?;
        Err(Failure::new("and yet"))
    });
    let desk = Desk::start(script).await;
    desk.chat("Ann Lee").await.say("hello").await.unwrap();
    desk.settled().await;
    assert_eq!(desk.portal.calls().iter().filter(|call| call.name() == "imbot.message.add").count(), 1);
    assert_eq!(desk.letters().await.len(), 1);
}

#[tokio::test]
async fn what_the_portal_refuses_for_good_is_not_tried_again() {
    let notes = Notes::default();
    let seen = notes.clone();
    let script = Script::new(move |cx| {
        seen.add(cx.text());
        async move { cx.reply(cx.text()).await }
    });
    let desk = Desk::start(script).await;
    desk.portal.faults().add("error=DIALOG_ID_EMPTY on=imbot.message.add times=1".parse().unwrap());
    desk.chat("Ann Lee").await.say("hello").await.unwrap();
    desk.settled().await;
    assert_eq!(notes.all(), ["hello"]);
    assert!(desk.letters().await[0].reason.contains("DIALOG_ID_EMPTY"));
}

#[tokio::test]
async fn a_panic_ends_one_handler_and_nothing_else() {
    let script = Script::new(|cx| async move {
        assert_ne!(cx.text(), "boom", "on purpose");
        cx.reply(cx.text()).await
    });
    let desk = Desk::start(script).await;
    let chat = desk.chat("Ann Lee").await;
    chat.say("boom").await.unwrap();
    chat.say("still here?").await.unwrap();
    assert_eq!(chat.reply().await.unwrap().text(), "still here?");
    let letters = desk.letters().await;
    assert!(letters[0].reason.contains("panicked") && letters[0].reason.contains("on purpose"), "{letters:?}");
}

#[tokio::test]
async fn a_handler_that_takes_too_long_is_ended_and_its_dialog_goes_on() {
    let script = Script::new(|cx| async move {
        if cx.text() == "for ever" {
            pending::<()>().await;
        }
        cx.reply(cx.text()).await
    });
    let desk = Desk::with(script, |settings| {
        let handling = Handling { time_limit: Duration::from_millis(200), ..settings.handling };
        Settings { handling, ..settings }
    })
    .await;
    let chat = desk.chat("Ann Lee").await;
    chat.say("for ever").await.unwrap();
    chat.say("next").await.unwrap();
    assert_eq!(chat.reply().await.unwrap().text(), "next");
    assert!(desk.letters().await[0].reason.contains("longer than 200ms"));
}

#[tokio::test]
async fn where_too_much_waits_already_the_portal_is_told() {
    let portal = Portal::start().await.unwrap();
    let app = portal.add_app(NewApp::new("Narrow application"));
    let settings = Settings::local(credentials(&portal, &app));
    let narrow = MemoryInbox::new(Room { events: 1, bytes: usize::MAX });
    let bot = App::new(Script::new(|_| pending()), settings).inbox(narrow).start().await.unwrap();
    portal.install(&app.client_id, bot.handler_url()).await.unwrap();
    bot.settled().await;
    let chat = portal.user("Ann Lee").open("script").await.unwrap();
    portal.wait_event("ONIMBOTV2JOINCHAT").await.unwrap();
    bot.settled().await;
    for (text, status) in [("one", 200), ("two", 503)] {
        chat.say(text).await.unwrap();
        while portal.events().last().is_none_or(|event| event.status() != Some(status)) {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn while_a_handler_works_the_portal_shows_that_the_bot_is_writing() {
    let gate = Arc::new(Semaphore::new(0));
    let opened = Arc::clone(&gate);
    let script = Script::new(move |cx| {
        let gate = Arc::clone(&opened);
        async move {
            if cx.text() == "think" {
                gate.acquire().await?.forget();
            }
            cx.reply("well").await
        }
    });
    let desk = Desk::with(script, |settings| {
        let handling = Handling { typing_after: Duration::from_millis(10), ..settings.handling };
        Settings { handling, ..settings }
    })
    .await;
    let chat = desk.chat("Ann Lee").await;
    chat.say("think").await.unwrap();
    let typing = async || {
        while !desk.portal.calls().iter().any(|call| call.name() == "imbot.chat.sendTyping") {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), typing()).await.expect("the bot is writing");
    gate.add_permits(1);
    assert_eq!(chat.reply().await.unwrap().text(), "well");
}
