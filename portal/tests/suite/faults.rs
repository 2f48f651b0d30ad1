use std::time::{Duration, Instant};

use b24_portal::{Fault, Portal, Rule};
use reqwest::redirect;
use serde_json::{Value, json};

use crate::bot::{Bot, Event, http};

/// Lets it go wrong, as somebody writes it in the terminal.
fn spoil(portal: &Portal, rule: &str) {
    portal.faults().add(rule.parse().expect("a rule"));
}

fn last_call(bot: &Bot) -> (String, Option<u16>, Option<String>) {
    let call = bot.portal.calls().pop().expect("a call");
    (call.name().to_owned(), call.status(), call.error().map(str::to_owned))
}

#[tokio::test]
async fn a_call_is_refused_with_the_code_that_was_asked_for() {
    let bot = Bot::install().await;
    let cases = [
        ("QUERY_LIMIT_EXCEEDED", 503),
        ("OVERLOAD_LIMIT", 503),
        ("INTERNAL_SERVER_ERROR", 500),
        ("PORTAL_DELETED", 500),
        ("ACCESS_ERROR", 403),
    ];
    for (code, status) in cases {
        spoil(&bot.portal, &format!("error={code} times=1"));
        let (got, answer) = bot.call("app.info", json!({})).await;
        assert_eq!((got, &answer["error"]), (status, &json!(code)));
        bot.ok("app.info", json!({})).await;
    }
}

#[tokio::test]
async fn a_rule_is_for_the_methods_that_it_names() {
    let bot = Bot::install().await;
    spoil(&bot.portal, "error=ERROR_CORE on=imbot.*");
    bot.ok("app.info", json!({})).await;
    assert_eq!(bot.error("IMBOT.BOT.LIST", json!({})).await, "ERROR_CORE");
    let answer = bot.ok("batch", json!({"cmd": {"a": "app.info", "b": "imbot.bot.list"}})).await;
    assert_eq!(answer["result_error"]["b"]["error"], "ERROR_CORE", "a command of a batch is a call, too");
    assert!(answer["result"]["a"].is_object());
}

#[tokio::test]
async fn chance_hits_the_same_calls_with_the_same_seed() {
    let hits = async || {
        let bot = Bot::install().await;
        spoil(&bot.portal, "error=ERROR_CORE chance=0.5 seed=11");
        let mut hits = Vec::new();
        for _ in 0..20 {
            hits.push(bot.call("app.info", json!({})).await.0 != 200);
        }
        hits
    };
    let first = hits().await;
    assert!(first.contains(&true) && first.contains(&false), "{first:?}");
    assert_eq!(first, hits().await);
}

#[tokio::test]
async fn a_lost_call_is_not_done() {
    let bot = Bot::install().await;
    spoil(&bot.portal, "lose on=imbot.register times=1");
    let register = || {
        http().post(format!("{}/rest/imbot.register", bot.portal.url())).json(&json!({
            "auth": bot.token(), "CODE": "echo", "EVENT_HANDLER": bot.handler, "PROPERTIES": {"NAME": "Echo"},
        }))
    };
    let error = register().send().await.expect_err("no answer");
    assert!(!error.is_status() && !error.is_timeout(), "{error}");
    assert_eq!(last_call(&bot), ("imbot.register".to_owned(), None, Some("fault: lose".to_owned())));
    assert_eq!(bot.ok("imbot.bot.list", json!({})).await, json!([]));
    assert_eq!(register().send().await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn a_call_whose_answer_is_lost_is_done() {
    let bot = Bot::install().await;
    spoil(&bot.portal, "lose_answer on=imbot.register times=1");
    let params =
        json!({"auth": bot.token(), "CODE": "echo", "EVENT_HANDLER": bot.handler, "PROPERTIES": {"NAME": "E"}});
    let url = format!("{}/rest/imbot.register", bot.portal.url());
    http().post(url).json(&params).send().await.expect_err("no answer");
    assert_eq!(last_call(&bot), ("imbot.register".to_owned(), Some(200), Some("fault: lose_answer".to_owned())));
    assert_eq!(bot.ok("imbot.bot.list", json!({})).await.as_object().map(serde_json::Map::len), Some(1));
}

#[tokio::test]
async fn a_cut_answer_ends_in_the_middle() {
    let bot = Bot::install().await;
    spoil(&bot.portal, "cut times=1");
    let mut response =
        http().get(format!("{}/rest/app.info?auth={}", bot.portal.url(), bot.token())).send().await.expect("a head");
    assert_eq!(response.status(), 200);
    let (length, mut got) = (response.content_length().expect("a length"), 0);
    let end = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => got += chunk.len() as u64,
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    assert!(end.is_some() && got < length, "{got} of {length} bytes, then {end:?}");
}

#[tokio::test]
async fn a_server_in_front_of_the_portal_answers_with_a_page() {
    let bot = Bot::install().await;
    spoil(&bot.portal, "status=502 times=1");
    let response =
        http().get(format!("{}/rest/app.info?auth={}", bot.portal.url(), bot.token())).send().await.expect("an answer");
    assert_eq!(
        (response.status().as_u16(), response.headers()["content-type"].to_str().ok()),
        (502, Some("text/html"))
    );
    assert_eq!(last_call(&bot), ("app.info".to_owned(), Some(502), Some("fault: status=502".to_owned())));
}

#[tokio::test]
async fn a_portal_that_moved_sends_callers_to_its_new_address() {
    let bot = Bot::install().await;
    let new = bot.portal.url().replace("127.0.0.1", "localhost");
    bot.portal.faults().add(Rule::new(Fault::Moved(new.clone())));

    let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).redirect(redirect::Policy::none()).build();
    let url = format!("{}/rest/app.info?auth={}", bot.portal.url(), bot.token());
    let response = client.expect("a client").get(url).send().await.expect("an answer");
    let location = response.headers()["location"].to_str().expect("an address").to_owned();
    assert_eq!((response.status().as_u16(), &location), (302, &format!("{new}/rest/app.info?auth={}", bot.token())));
    assert_eq!(bot.get(&location).await.0, 200, "there it answers");
}

#[tokio::test]
async fn a_token_expires_when_the_call_comes() {
    let bot = Bot::install().await;
    spoil(&bot.portal, "expire times=1");
    assert_eq!(bot.error("app.info", json!({})).await, "expired_token");
    assert_eq!(bot.error("app.info", json!({})).await, "expired_token", "the token stays so");
}

#[tokio::test]
async fn a_late_answer_waits_on_the_clock_of_the_portal() {
    let bot = Bot::install().await;
    spoil(&bot.portal, "delay=10m times=1");
    let call = tokio::spawn(http().get(format!("{}/rest/app.info?auth={}", bot.portal.url(), bot.token())).send());
    while !bot.portal.faults().list().is_empty() {
        tokio::task::yield_now().await;
    }
    let started = Instant::now();
    bot.portal.advance(Duration::from_mins(10));
    assert_eq!(call.await.expect("a task").expect("an answer").status(), 200);
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn the_authorization_server_fails_on_demand_too() {
    let bot = Bot::install().await;
    spoil(&bot.portal, "error=PAYMENT_REQUIRED on=oauth.token times=1");
    let (app, refresh) = (&bot.app, bot.install.get("auth[refresh_token]"));
    let url = format!(
        "{}/oauth/token/?grant_type=refresh_token&client_id={}&client_secret={}&refresh_token={refresh}",
        bot.portal.url(),
        app.client_id,
        app.client_secret
    );
    let (status, answer) = bot.get(&url).await;
    assert_eq!((status, &answer["error"]), (401, &json!("PAYMENT_REQUIRED")));
    assert_eq!(bot.get(&url).await.0, 200, "the refresh token was not used up");
}

/// A bot in a dialog, and the texts of the messages that it gets after a rule.
async fn heard(rule: &str, said: &[&str]) -> (Bot, Vec<String>) {
    let (bot, _) = Bot::register("echo").await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    bot.event().await;
    spoil(&bot.portal, rule);
    for text in said {
        chat.say(text).await.expect("a message");
    }
    let texts = bot.all_events().await.iter().map(|event: &Event| event.param("MESSAGE").to_owned()).collect();
    (bot, texts)
}

#[tokio::test]
async fn a_lost_event_never_arrives_and_the_journal_says_so() {
    let (bot, texts) = heard("lose on=ONIMBOTMESSAGEADD times=1", &["one", "two"]).await;
    assert_eq!(texts, ["two"]);
    let lost = bot.portal.events().into_iter().find(|event| event.error().is_some()).expect("an entry");
    assert_eq!((lost.name(), lost.status(), lost.error()), ("ONIMBOTMESSAGEADD", None, Some("lost: fault: lose")));
}

#[tokio::test]
async fn an_event_comes_twice() {
    let (bot, texts) = heard("repeat times=1", &["one", "two"]).await;
    assert_eq!(texts, ["one", "one", "two"]);
    let messages = bot.portal.events().into_iter().filter(|event| event.name() == "ONIMBOTMESSAGEADD");
    assert!(messages.clone().all(|event| event.status() == Some(200)));
    assert_eq!(messages.count(), 3, "the journal has each time");
}

#[tokio::test]
async fn an_event_overtakes_another() {
    let (_, texts) = heard("overtake times=1", &["one", "two", "three"]).await;
    assert_eq!(texts, ["two", "one", "three"]);
}

#[tokio::test]
async fn a_late_event_waits_on_the_clock_of_the_portal() {
    let (bot, _) = Bot::register("echo").await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    bot.event().await;
    spoil(&bot.portal, "delay=1h on=ONIMBOTMESSAGEADD times=1");
    chat.say("hello").await.expect("a message");
    while bot.portal.events().pop().is_none_or(|event| event.held().is_zero()) {
        tokio::task::yield_now().await;
    }
    bot.portal.advance(Duration::from_hours(1));
    assert_eq!(bot.event().await.param("MESSAGE"), "hello");
}

#[tokio::test]
async fn rules_are_made_and_taken_away_over_http_too() {
    let bot = Bot::install().await;
    let url = format!("{}/api/faults", bot.portal.url());
    assert_eq!(bot.post(&url, &json!({"rule": "error=ERROR_CORE on=app.info times=2"})).await, (200, json!({"id": 1})));
    assert_eq!(bot.error("app.info", json!({})).await, "ERROR_CORE");
    let listed = json!([{"id": 1, "rule": "error=ERROR_CORE on=app.info times=2", "struck": 1}]);
    assert_eq!(bot.get(&url).await, (200, listed));

    let (status, refused) = bot.post(&url, &json!({"rule": "explode"})).await;
    assert!(status == 400 && refused["error"].as_str().is_some_and(|why| why.contains("no fault")), "{refused}");
    let cleared: Value = http().delete(&url).send().await.expect("an answer").json().await.expect("JSON");
    assert_eq!(cleared, json!({}));
    bot.ok("app.info", json!({})).await;
}
