use std::time::Duration;

use b24_portal::{Fault, Limits, Portal, RateLimit, Rule};
use serde_json::{Value, json};

use crate::bot::Bot;

async fn under(limits: Limits) -> Bot {
    Bot::install_on(Portal::builder().limits(limits).start().await.expect("a portal")).await
}

async fn with_rate(burst: u32, per_second: f64) -> Bot {
    under(Limits { rate: Some(RateLimit::new(burst, per_second)), ..Limits::default() }).await
}

#[tokio::test]
async fn a_full_bucket_refuses_and_leaks() {
    let bot = with_rate(3, 1.0).await;
    for _ in 0..3 {
        bot.ok("app.info", json!({})).await;
    }
    let (status, answer) = bot.call("app.info", json!({})).await;
    assert_eq!((status, &answer["error"]), (503, &json!("QUERY_LIMIT_EXCEEDED")));

    bot.portal.advance(Duration::from_secs(2));
    bot.ok("app.info", json!({})).await;
}

#[tokio::test]
async fn all_callers_of_one_address_share_a_bucket() {
    let bot = with_rate(1, 0.001).await;
    let webhook = bot.portal.webhook(&bot.portal.admin(), ["im"]);
    assert_eq!(bot.get(&format!("{webhook}im.revision.get")).await.0, 200);
    assert_eq!(bot.error("app.info", json!({})).await, "QUERY_LIMIT_EXCEEDED");
}

#[tokio::test]
async fn a_batch_is_one_drop() {
    let bot = with_rate(1, 0.001).await;
    let answer = bot.ok("batch", json!({"cmd": vec!["app.info"; 20]})).await;
    assert_eq!(answer["result"].as_array().map(Vec::len), Some(20));
}

#[tokio::test]
async fn without_a_limit_nothing_is_refused() {
    let bot = under(Limits::off()).await;
    for _ in 0..60 {
        bot.ok("app.info", json!({})).await;
    }
    let answer = bot.ok("batch", json!({"cmd": vec!["app.info"; 60]})).await;
    assert_eq!(answer["result"].as_array().map(Vec::len), Some(60));
}

/// A portal where `app.info` runs for so many seconds.
async fn with_slow_method(seconds: u64) -> Bot {
    let bot = under(Limits::standard()).await;
    bot.portal.faults().add(Rule::new(Fault::Busy(Duration::from_secs(seconds))).on("app.info"));
    bot
}

async fn time(bot: &Bot) -> Value {
    let (status, mut answer) = bot.call("app.info", json!({})).await;
    assert_eq!(status, 200, "{answer}");
    answer["time"].take()
}

fn seconds(time: &Value) -> f64 {
    time["operating"].as_f64().expect("seconds")
}

#[tokio::test]
async fn a_method_that_ran_too_long_is_blocked_until_its_oldest_basket_is_emptied() {
    let bot = with_slow_method(59).await;
    for _ in 0..4 {
        time(&bot).await;
    }
    bot.portal.advance(Duration::from_mins(5));
    for _ in 0..4 {
        time(&bot).await;
    }
    let last = time(&bot).await;
    assert!((531.0..532.0).contains(&seconds(&last)), "the call that goes beyond the limit is still answered: {last}");
    let (status, answer) = bot.call("app.info", json!({})).await;
    assert_eq!((status, &answer["error"]), (429, &json!("OPERATION_TIME_LIMIT")));

    let reset_at = last["operating_reset_at"].as_f64().expect("a time");
    let wait = reset_at - last["start"].as_f64().expect("a time");
    assert!((299.0..=300.0).contains(&wait), "the first basket is five minutes old: {wait}");
    bot.portal.advance(Duration::from_mins(5));
    let then = time(&bot).await;
    assert!((354.0..355.0).contains(&seconds(&then)), "five of the calls are young enough, and this one: {then}");
}

#[tokio::test]
async fn other_methods_and_other_callers_go_on() {
    let bot = with_slow_method(59).await;
    for _ in 0..9 {
        time(&bot).await;
    }
    assert_eq!(bot.error("app.info", json!({})).await, "OPERATION_TIME_LIMIT");
    bot.ok("im.revision.get", json!({})).await;

    let other = Bot::install_on(bot.portal.clone()).await;
    assert!(seconds(&time(&other).await) < 60.0);
}

#[tokio::test]
async fn each_command_of_a_batch_counts_as_operating_and_the_batch_does_not() {
    let bot = with_slow_method(20).await;
    let cmd = json!({"a": "app.info", "b": "app.info", "c": "im.revision.get"});
    let (_, answer) = bot.call("batch", json!({"cmd": cmd})).await;
    let times = &answer["result"]["result_time"];
    assert!((40.0..41.0).contains(&seconds(&times["b"])), "{times}");
    assert!(seconds(&times["c"]) < 1.0, "{times}");
    assert!(seconds(&answer["time"]) < 1.0, "{answer}");
    assert!((40.0..41.0).contains(&answer["time"]["duration"].as_f64().expect("seconds")), "{answer}");
}

#[tokio::test]
async fn a_request_of_more_than_a_minute_is_interrupted() {
    let bot = with_slow_method(61).await;
    let request = crate::bot::http().get(format!("{}/rest/app.info?auth={}", bot.portal.url(), bot.token()));
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), 504);
    assert!(response.text().await.expect("a page").contains("504 Gateway Timeout"), "no JSON: a page of the server");

    bot.portal.faults().clear();
    bot.portal.faults().add(Rule::new(Fault::Busy(Duration::from_secs(35))).on("app.info"));
    let cmd = json!({"cmd": {"register": format!("imbot.register?CODE=echo&EVENT_HANDLER={}&PROPERTIES[NAME]=E", bot.handler),
        "one": "app.info", "two": "app.info", "three": "app.info"}});
    let url = format!("{}/rest/batch?auth={}", bot.portal.url(), bot.token());
    let response = crate::bot::http().post(url).json(&cmd).send().await.expect("an answer");
    assert_eq!(response.status(), 504, "a batch is one request");
    assert_eq!(
        bot.ok("imbot.bot.list", json!({})).await.as_object().map(serde_json::Map::len),
        Some(1),
        "what was done is done"
    );
}
