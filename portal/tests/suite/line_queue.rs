use std::time::Duration;

use serde_json::json;

use crate::{
    desk::{Desk, handle, refuse},
    person::Person,
};

/// Who of the two operators sees a chat.
async fn asked(desk: &Desk, chat: u64) -> (bool, bool) {
    (desk.has(chat, desk.ann.id()).await, desk.has(chat, desk.bob.id()).await)
}

#[tokio::test]
async fn a_strict_line_asks_in_the_order_of_the_queue() {
    let desk = Desk::open().await;
    for name in ["Eve Fox", "Fay Gil"] {
        let (_, chat) = desk.client(name, "hello").await;
        assert_eq!(asked(&desk, chat).await, (true, false), "{name}");
    }
}

#[tokio::test]
async fn an_even_line_asks_whoever_was_asked_least() {
    let desk = Desk::open().await;
    desk.line.set("QUEUE_TYPE", "evenly");
    let mut turns = Vec::new();
    for name in ["Eve Fox", "Fay Gil", "Gus Hay", "Hal Ivy"] {
        let (_, chat) = desk.client(name, "hello").await;
        turns.push(asked(&desk, chat).await);
    }
    assert_eq!(turns, [(true, false), (false, true), (true, false), (false, true)]);
}

#[tokio::test]
async fn a_line_may_ask_everybody_at_once() {
    let desk = Desk::open().await;
    desk.line.set("QUEUE_TYPE", "all");
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    assert_eq!(asked(&desk, chat).await, (true, true));
    handle(&desk.ann, "operator.skip", chat).await;
    assert_eq!(asked(&desk, chat).await, (false, true), "the others are still asked");
    handle(&desk.bob, "operator.answer", chat).await;
    assert_eq!(asked(&desk, chat).await, (false, true));
}

#[tokio::test]
async fn whoever_lets_a_conversation_go_gives_it_to_the_next() {
    let desk = Desk::open().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    assert_eq!(handle(&desk.ann, "operator.skip", chat).await, true);
    assert_eq!(asked(&desk, chat).await, (false, true));

    handle(&desk.bob, "operator.answer", chat).await;
    assert_eq!(refuse(&desk.ann, "operator.skip", chat).await, "ACCESS_DENIED_KICK", "it is not hers");
    handle(&desk.bob, "operator.skip", chat).await;
    assert_eq!(asked(&desk, chat).await, (true, false), "around again");
    handle(&desk.ann, "operator.finish", chat).await;
    assert_eq!(refuse(&desk.ann, "operator.skip", chat).await, "ACCESS_DENIED_KICK", "it is over");
}

#[tokio::test]
async fn whoever_does_not_answer_in_time_loses_the_conversation_to_the_next() {
    let desk = Desk::open().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    desk.portal.advance(Duration::from_secs(59));
    assert_eq!(asked(&desk, chat).await, (true, false));
    desk.portal.advance(Duration::from_secs(2));
    assert_eq!(asked(&desk, chat).await, (false, true));
    desk.portal.advance(Duration::from_secs(61));
    assert_eq!(asked(&desk, chat).await, (true, false));
}

#[tokio::test]
async fn a_client_is_told_once_that_nobody_answers() {
    let desk = Desk::open().await;
    desk.set(json!({"NO_ANSWER_RULE": "text", "NO_ANSWER_TEXT": "busy", "NO_ANSWER_TIME": 90})).await;
    let (client, _) = desk.client("Eve Fox", "hello").await;

    desk.portal.advance(Duration::from_secs(89));
    assert_eq!(client.transcript(), "Eve Fox: hello");
    desk.portal.advance(Duration::from_secs(2));
    desk.portal.advance(Duration::from_secs(100));
    assert_eq!(client.transcript(), "Eve Fox: hello\nSystem: busy");
}

#[tokio::test]
async fn an_operator_who_is_away_is_not_asked_unless_the_line_does_not_mind() {
    for (minds, expected) in [("Y", (false, true)), ("N", (true, false))] {
        let desk = Desk::open().await;
        desk.set(json!({"CHECK_AVAILABLE": minds})).await;
        desk.ann.ok("im.user.status.set", json!({"STATUS": "away"})).await;
        let (_, chat) = desk.client("Eve Fox", "hello").await;
        assert_eq!(asked(&desk, chat).await, expected, "{minds}");
    }
}

#[tokio::test]
async fn everybody_in_a_department_may_be_in_the_queue() {
    let desk = Desk::open().await;
    let chief = Person::with_scopes(&desk.portal, desk.portal.admin(), &["user", "department"]);
    let params = json!({"NAME": "Support", "PARENT": 1});
    let department = chief.ok("department.add", params).await;
    chief.ok("user.update", json!({"ID": desk.bob.id(), "UF_DEPARTMENT": [department]})).await;
    desk.set(json!({"QUEUE": [{"ENTITY_TYPE": "department", "ENTITY_ID": department}]})).await;

    let (_, chat) = desk.client("Eve Fox", "hello").await;
    assert_eq!(asked(&desk, chat).await, (false, true));
    let params = json!({"CONFIG_ID": desk.line.id().0, "WITH_QUEUE": "Y"});
    let line = desk.admin.ok("imopenlines.config.get", params).await;
    let entry = &line["QUEUE_FULL"][desk.bob.id().to_string()];
    assert_eq!(entry["DEPARTMENT_ID"], json!(department.to_string()));
}

#[tokio::test]
async fn an_operator_has_no_more_conversations_than_the_line_allows() {
    let desk = Desk::open().await;
    desk.set(json!({"MAX_CHAT": 1})).await;
    let (_, first) = desk.client("Eve Fox", "hello").await;
    let (_, second) = desk.client("Fay Gil", "hello").await;
    let (_, third) = desk.client("Gus Hay", "hello").await;
    assert_eq!(asked(&desk, first).await, (true, false));
    assert_eq!(asked(&desk, second).await, (false, true));
    assert_eq!(asked(&desk, third).await, (false, false), "both are busy");

    handle(&desk.ann, "operator.finish", first).await;
    desk.portal.advance(Duration::from_secs(1));
    assert_eq!(asked(&desk, third).await, (true, false));
}

#[tokio::test]
async fn a_limit_on_answered_conversations_does_not_count_new_ones() {
    let desk = Desk::open().await;
    desk.set(json!({"MAX_CHAT": 1, "TYPE_MAX_CHAT": "answered"})).await;
    let (_, first) = desk.client("Eve Fox", "hello").await;
    let (_, second) = desk.client("Fay Gil", "hello").await;
    assert_eq!(asked(&desk, second).await, (true, false));

    handle(&desk.ann, "operator.answer", first).await;
    let (_, third) = desk.client("Gus Hay", "hello").await;
    assert_eq!(asked(&desk, third).await, (false, true));
}

#[tokio::test]
async fn out_of_hours_a_client_is_told_so_and_nobody_is_asked() {
    let desk = Desk::open().await;
    desk.set(json!({
        "WORKTIME_ENABLE": "Y", "WORKTIME_DAYOFF": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"],
        "WORKTIME_DAYOFF_RULE": "text", "WORKTIME_DAYOFF_TEXT": "closed",
    }))
    .await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    assert_eq!(client.transcript(), "Eve Fox: hello\nSystem: closed");
    assert_eq!(asked(&desk, chat).await, (false, false));

    desk.set(json!({"WORKTIME_ENABLE": "N"})).await;
    desk.portal.advance(Duration::from_secs(1));
    assert_eq!(asked(&desk, chat).await, (true, false), "as soon as the line is at work");
}

#[tokio::test]
async fn a_client_is_greeted_in_each_conversation_or_only_in_the_first() {
    for (each, expected) in [("Y", 2), ("N", 1)] {
        let desk = Desk::open().await;
        desk.set(json!({"WELCOME_MESSAGE": "Y", "WELCOME_MESSAGE_TEXT": "welcome", "SEND_WELCOME_EACH_SESSION": each}))
            .await;
        let (client, chat) = desk.client("Eve Fox", "hello").await;
        assert_eq!(client.transcript(), "Eve Fox: hello\nSystem: welcome");
        handle(&desk.ann, "operator.finish", chat).await;
        client.say("again").await.expect("a message");
        assert_eq!(client.transcript().matches("welcome").count(), expected, "{each}");
    }
}
