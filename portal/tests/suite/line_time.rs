use std::time::Duration;

use serde_json::json;

use crate::{
    desk::{Desk, handle},
    person::dialog,
};

const HOUR: Duration = Duration::from_hours(1);

/// A line whose conversations close by themselves an hour after the operator had the last word.
async fn desk() -> Desk {
    let desk = Desk::open().await;
    desk.set(json!({"AUTO_CLOSE_TIME": 3600, "AUTO_CLOSE_RULE": "text", "AUTO_CLOSE_TEXT": "still there?"})).await;
    desk
}

#[tokio::test]
async fn a_conversation_that_closed_by_itself_ends_24_hours_later() {
    let desk = desk().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    desk.ann.say(dialog(chat), "yes?").await;

    desk.portal.advance(Duration::from_secs(3595));
    assert_eq!(client.last().await.expect("a message").text(), "yes?");
    desk.portal.advance(Duration::from_secs(10));
    assert_eq!(client.last().await.expect("a message").text(), "still there?");
    assert_eq!(desk.part(chat, 4).await, "Y", "it waits for the client");
    desk.portal.advance(Duration::from_secs(24 * 3600 - 10));
    assert_eq!(desk.line.conversations().len(), 1);
    desk.portal.advance(Duration::from_secs(20));
    assert!(desk.line.conversations().is_empty());
}

#[tokio::test]
async fn a_word_of_the_client_keeps_a_conversation_alive() {
    let desk = desk().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    desk.ann.say(dialog(chat), "yes?").await;
    desk.portal.advance(2 * HOUR);
    client.say("I am back").await.expect("a message");

    assert_eq!(desk.part(chat, 4).await, "N");
    desk.portal.advance(48 * HOUR);
    assert_eq!(desk.session(chat).await, 1);
    assert_eq!(desk.line.conversations().len(), 1, "it is the operator's turn");
}

#[tokio::test]
async fn a_pinned_conversation_does_not_close_by_itself() {
    let desk = desk().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    desk.ann.say(dialog(chat), "yes?").await;
    handle(&desk.ann, "session.mode.pin", chat).await;

    desk.portal.advance(48 * HOUR);
    assert_eq!(client.last().await.expect("a message").text(), "yes?");
    assert_eq!(desk.line.conversations().len(), 1);
}

#[tokio::test]
async fn a_line_may_give_the_client_some_minutes_after_the_operator_is_through() {
    let desk = Desk::open().await;
    desk.set(json!({"FULL_CLOSE_TIME": 10})).await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    handle(&desk.ann, "operator.answer", chat).await;
    handle(&desk.ann, "operator.finish", chat).await;
    assert_eq!(desk.line.conversations().len(), 1);

    client.say("one more thing").await.expect("a message");
    assert_eq!((desk.session(chat).await, desk.part(chat, 4).await.as_str()), (1, "N"));
    handle(&desk.ann, "operator.finish", chat).await;
    desk.portal.advance(Duration::from_mins(9));
    assert_eq!(desk.line.conversations().len(), 1);
    desk.portal.advance(Duration::from_mins(2));
    assert!(desk.line.conversations().is_empty());
}

#[tokio::test]
async fn a_rating_that_was_awaited_ends_the_conversation() {
    let desk = Desk::open().await;
    desk.set(json!({"FULL_CLOSE_TIME": 10, "VOTE_MESSAGE": "Y", "VOTE_CLOSING_DELAY": "Y"})).await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    handle(&desk.ann, "operator.finish", chat).await;
    assert_eq!(desk.line.conversations().len(), 1);
    client.rate(true).await.expect("a rating");
    assert!(desk.line.conversations().is_empty());
}

#[tokio::test]
async fn a_rating_that_comes_too_late_is_a_word_like_any_other() {
    let desk = Desk::open().await;
    desk.set(json!({"VOTE_MESSAGE": "Y", "VOTE_TIME_LIMIT": 60})).await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    handle(&desk.ann, "operator.finish", chat).await;
    desk.portal.advance(Duration::from_secs(61));
    client.say("1").await.expect("a message");
    assert_eq!((desk.session(chat).await, desk.line.conversations().len()), (2, 1));
}
