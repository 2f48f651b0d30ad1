use std::time::Duration;

use b24_portal::{Limits, Portal, ResendError};
use serde_json::json;

use crate::bot::Bot;

/// A portal to which every answer is a slow one.
async fn impatient() -> Bot {
    let limits = Limits { handler: Some(Duration::ZERO), ..Limits::default() };
    let bot = Bot::install_on(Portal::builder().limits(limits).start().await.expect("a portal")).await;
    bot.add_bot("echo", json!({})).await;
    bot
}

#[tokio::test]
async fn a_slow_handler_is_called_later_and_later() {
    let bot = impatient().await;
    // The installation was slow, so the first event waits, too.
    for pause in [1, 2, 4].map(Duration::from_secs) {
        let (portal, app) = (bot.portal.clone(), bot.app.client_id.clone());
        let update = tokio::spawn(async move { portal.update_app(&app, 2).await });
        while bot.portal.events().pop().is_none_or(|event| event.held() != pause) {
            tokio::task::yield_now().await;
        }
        bot.portal.advance(pause);
        bot.event().await;
        update.await.expect("a task").expect("an update");
    }
}

#[tokio::test]
async fn without_that_limit_nobody_is_slow() {
    let limits = Limits { handler: None, ..Limits::default() };
    let bot = Bot::install_on(Portal::builder().limits(limits).start().await.expect("a portal")).await;
    bot.add_bot("echo", json!({})).await;
    bot.portal.admin().open("echo").await.expect("a dialog").say("hello").await.expect("a message");
    assert_eq!(bot.all_events().await.len(), 2);
    assert!(bot.portal.events().iter().all(|event| event.held().is_zero()));
}

#[tokio::test]
async fn an_event_is_sent_once_more() {
    let (bot, _) = Bot::register("echo").await;
    bot.portal.admin().open("echo").await.expect("a dialog").say("hello").await.expect("a message");
    let first = bot.all_events().await.pop().expect("an event");

    let entry = bot.portal.events().pop().expect("an entry");
    bot.portal.resend(&entry).expect("an event");
    let again = bot.event().await;
    for name in ["event", "data[PARAMS][MESSAGE_ID]", "data[PARAMS][MESSAGE]", "auth[access_token]", "event_handler_id"]
    {
        assert_eq!(again.get(name), first.get(name), "{name}");
    }
    bot.portal.settled().await;
    let last = bot.portal.events().pop().expect("an entry");
    assert_eq!((last.name(), last.status()), (entry.name(), Some(200)));
}

#[tokio::test]
async fn only_events_that_were_kept_whole_are_sent_once_more() {
    let (bot, _) = Bot::register("echo").await;
    let call = bot.portal.calls().pop().expect("a call");
    assert_eq!(bot.portal.resend(&call), Err(ResendError::NoEvent));

    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    chat.say(&"long ".repeat(2000)).await.expect("a message");
    assert_eq!(bot.all_events().await.pop().expect("an event").param("MESSAGE").len(), 9999, "what is sent is whole");
    let entry = bot.portal.events().pop().expect("an entry");
    assert!(entry.request()["data"]["PARAMS"]["MESSAGE"].as_str().is_some_and(|text| text.len() < 5000));
    assert_eq!(bot.portal.resend(&entry), Err(ResendError::Cut));
}
