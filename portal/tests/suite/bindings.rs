use serde_json::{Value, json};

use crate::{
    bot::{Bot, listen},
    member::Member,
};

/// What somebody sees as bound: event and user.
async fn bound(member: &Member<'_>) -> Vec<(Value, Value)> {
    let handlers = member.ok("event.get", json!({})).await;
    let handlers = handlers.as_array().expect("handlers").iter();
    handlers.map(|handler| (handler["event"].clone(), handler["auth_type"].clone())).collect()
}

#[tokio::test]
async fn an_event_must_be_one_that_the_portal_knows() {
    let bot = Bot::install().await;
    let bind = |event: &str| json!({"event": event, "handler": bot.handler});
    assert_eq!(bot.error("event.bind", bind("ONNOTHING")).await, "ERROR_EVENT_NOT_FOUND");
    assert_eq!(bot.ok("event.bind", bind("onAppTest")).await, true, "in any letter case");
}

#[tokio::test]
async fn a_handler_that_is_called_needs_an_address() {
    let bot = Bot::install().await;
    for handler in [json!(null), json!("nowhere"), json!("ftp://example.com/")] {
        let params = json!({"event": "ONAPPTEST", "handler": handler});
        assert_eq!(bot.error("event.bind", params).await, "ERROR_ARGUMENT", "{handler}");
    }
}

#[tokio::test]
async fn handlers_of_one_event_differ_in_address_or_user() {
    let bot = Bot::install().await;
    let params = json!({"event": "ONAPPTEST", "handler": bot.handler});
    bot.ok("event.bind", params.clone()).await;

    assert_eq!(bot.error("event.bind", params).await, "ERROR_CORE");
    bot.ok("event.bind", json!({"event": "ONAPPTEST", "handler": bot.handler, "auth_type": 1})).await;
    assert_eq!(bot.ok("event.get", json!({})).await.as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn ordinary_users_bind_for_themselves_and_see_nothing_else() {
    let bot = Bot::install().await;
    let ann = bot.member("Ann Lee").await;
    bot.ok("event.bind", json!({"event": "ONAPPTEST", "handler": bot.handler})).await;

    ann.ok("event.bind", json!({"event": "ONAPPTEST", "handler": bot.handler})).await;
    assert_eq!(bound(&ann).await, [(json!("ONAPPTEST"), json!(ann.id().to_string()))]);
    let denied = (403, "ACCESS_DENIED".to_owned());
    for more in [json!({"auth_type": 1}), json!({"event_type": "offline"})] {
        let mut params = json!({"event": "ONAPPUPDATE", "handler": bot.handler});
        crate::bot::extend(&mut params, more);
        assert_eq!(ann.refused("event.bind", params.clone()).await, denied, "{params}");
        assert_eq!(ann.refused("event.unbind", params.clone()).await, denied, "{params}");
    }

    let all = json!({"event": "ONAPPTEST", "handler": bot.handler});
    assert_eq!(ann.ok("event.unbind", all).await, json!({"count": 1}), "its own only");
    assert_eq!(bot.ok("event.get", json!({})).await.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn what_is_not_named_is_unbound_whatever_it_is() {
    let bot = Bot::install().await;
    let unbind = async |params: Value| bot.ok("event.unbind", params).await["count"].clone();
    for event in ["ONAPPTEST", "ONAPPUPDATE"] {
        bot.ok("event.bind", json!({"event": event, "handler": bot.handler})).await;
        bot.ok("event.bind", json!({"event": event, "handler": bot.handler, "auth_type": 1})).await;
    }

    assert_eq!(unbind(json!({"event": "ONAPPTEST", "handler": bot.handler, "auth_type": 0})).await, 1);
    assert_eq!(unbind(json!({"event": "ONAPPTEST", "handler": "http://other.example/"})).await, 0);
    assert_eq!(unbind(json!({})).await, 3);
}

#[tokio::test]
async fn a_test_event_brings_back_what_it_was_called_with() {
    let bot = Bot::install().await;
    bot.ok("event.bind", json!({"event": "ONAPPTEST", "handler": bot.handler})).await;

    assert_eq!(bot.ok("event.test", json!({"any": "data", "more": {"a": 5}})).await, 1);
    let event = bot.event().await;
    assert_eq!((event.name(), event.get("data[QUERY][any]")), ("ONAPPTEST", "data"));
    assert_eq!(event.get("data[QUERY][more][a]"), "5");
    assert!(!event.has("data[QUERY][auth]"));
}

#[tokio::test]
async fn the_handler_gets_the_token_of_the_user_it_was_bound_for() {
    let bot = Bot::install().await;
    let ann = bot.member("Ann Lee").await;
    let (elsewhere, mut events) = listen().await;
    bot.ok("event.bind", json!({"event": "ONAPPTEST", "handler": bot.handler})).await;
    bot.ok("event.bind", json!({"event": "ONAPPTEST", "handler": elsewhere, "auth_type": 1})).await;

    ann.ok("event.test", json!({"any": 1})).await;
    assert_eq!(bot.event().await.get("auth[user_id]"), ann.id().to_string());
    assert_eq!(events.recv().await.expect("an event").get("auth[user_id]"), "1");
}

#[tokio::test]
async fn events_are_listed_by_scope() {
    let bot = Bot::install().await;
    let names = async |params: Value| {
        let events = bot.ok("events", params).await;
        events.as_array().expect("names").iter().filter_map(|name| name.as_str().map(str::to_owned)).collect::<Vec<_>>()
    };

    let own = names(json!({})).await;
    assert!(own.contains(&"ONAPPTEST".to_owned()) && own.contains(&"ONIMBOTMESSAGEADD".to_owned()), "{own:?}");
    assert!(!own.contains(&"ONUSERADD".to_owned()), "{own:?}");
    assert!(names(json!({"FULL": true})).await.contains(&"ONUSERADD".to_owned()));
    assert_eq!(names(json!({"SCOPE": "user", "FULL": true})).await, ["ONUSERADD"]);
}
