//! `b24 doctor`: why a bot hears nothing.

use axum::{Router, http::StatusCode};
use b24_portal::{NewApp, Portal};
use serde_json::json;

use crate::{
    echo::{Echo, serve},
    program::{Ran, b24, b24_on, port, program, run},
};

/// What was found of a kind, each with what to do about it.
fn lines(ran: &Ran, label: &str) -> Vec<String> {
    let found = ran.out.split('\n').fold(Vec::<String>::new(), |mut found, line| {
        match (line.starts_with(' '), found.last_mut()) {
            // The rest of what does not fit into one line.
            (true, Some(last)) => last.push_str(&format!(" {}", line.trim())),
            _ => found.push(line.to_owned()),
        }
        found
    });
    found.iter().filter_map(|line| line.strip_prefix(label)).map(|line| line.trim().to_owned()).collect()
}

#[tokio::test]
async fn a_bot_in_good_health_passes() {
    let echo = Echo::start().await;
    echo.portal.webhook(1, ["im", "imbot"]);
    let chat = echo.portal.admin().open("echo").await.expect("a chat");
    chat.say("hello").await.expect("a message");
    chat.reply().await.expect("an answer");
    let ran = b24_on(&echo.portal, "doctor", &[]).await;
    assert_eq!((lines(&ran, "failure").len(), lines(&ran, "warning").len()), (0, 0), "{}", ran.out);
    assert!(ran.out.contains("answers an event with 200 in"), "{}", ran.out);
    assert!(ran.well().ends_with("Nothing is wrong.\n"));
}

#[tokio::test]
async fn nobody_listening_is_a_failure() {
    let echo = Echo::start().await;
    let webhook = echo.portal.webhook(1, ["im", "imbot"]);
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let register = json!({"CODE": "deaf", "CLIENT_ID": "deaf", "EVENT_HANDLER": format!("http://{free}/"), "PROPERTIES": {"NAME": "Deaf"}});
    b24(&["call", "imbot.register", "--url", &webhook, "--fields", &register.to_string()]).await.well();
    let ran = b24_on(&echo.portal, "doctor", &[]).await;
    let failures = lines(&ran, "failure");
    assert_eq!(failures.len(), 1, "{}", ran.out);
    assert!(failures[0].contains(&format!("http://{free}/ does not answer: ")), "{failures:?}");
    ran.fails(1);
}

#[tokio::test]
async fn an_answer_that_is_not_200_is_a_failure() {
    let portal = Portal::start().await.expect("a portal");
    let webhook = portal.webhook(1, ["imbot"]);
    let refusing = serve(Router::new().fallback(|| async { (StatusCode::FORBIDDEN, "a stranger") })).await;
    let register = json!({"CODE": "shy", "CLIENT_ID": "shy", "EVENT_HANDLER": refusing, "PROPERTIES": {"NAME": "Shy"}});
    b24(&["call", "imbot.register", "--url", &webhook, "--fields", &register.to_string()]).await.well();
    let ran = b24_on(&portal, "doctor", &[]).await;
    assert!(lines(&ran, "failure")[0].contains("answers an event with 403 (a stranger)"), "{}", ran.out);
}

#[tokio::test]
async fn an_application_that_is_not_installed_is_told_of() {
    let portal = Portal::start().await.expect("a portal");
    portal.webhook(1, ["im", "imbot"]);
    portal.add_app(NewApp::new("Forgotten"));
    let ran = b24_on(&portal, "doctor", &[]).await;
    assert!(lines(&ran, "warning")[0].contains("\"Forgotten\" is not installed"), "{}", ran.out);
    assert!(lines(&ran, "failure")[0].starts_with("no bot is registered"), "{}", ran.out);
}

#[tokio::test]
async fn lost_events_are_told_with_their_reason() {
    let echo = Echo::start().await;
    echo.portal.webhook(1, ["im", "imbot"]);
    echo.portal.faults().add("lose on=ONIMBOTMESSAGEADD".parse().expect("a rule"));
    let chat = echo.portal.admin().open("echo").await.expect("a chat");
    chat.say("hello").await.expect("a message");
    echo.portal.settled().await;
    let ran = b24_on(&echo.portal, "doctor", &[]).await;
    assert!(lines(&ran, "warning")[0].contains("came to nothing: ONIMBOTMESSAGEADD"), "{}", ran.out);
}

#[tokio::test]
async fn a_webhook_is_looked_at_from_afar() {
    let echo = Echo::start().await;
    let webhook = echo.portal.webhook(1, ["im"]);
    let ran = b24(&["doctor", &webhook]).await;
    assert!(lines(&ran, "ok")[0].contains("the webhook is valid: calls are made in the name of You"), "{}", ran.out);
    assert!(lines(&ran, "failure")[0].contains("lacks the scope imbot; it has im"), "{}", ran.out);
    let wrong = format!("{}/rest/1/wrong/", echo.portal.url());
    let ran = b24(&["doctor", &wrong]).await;
    assert!(lines(&ran, "failure")[0].contains("refuses the webhook: INVALID_CREDENTIALS"), "{}", ran.out);
}

#[tokio::test]
async fn an_application_sees_its_bots() {
    let echo = Echo::start().await;
    let ran = b24(&["doctor", echo.portal.url(), "--token", echo.token()]).await;
    assert!(ran.out.contains("the bot echo"), "{}", ran.out);
    ran.well();
}

#[tokio::test]
async fn settings_that_contradict_each_other_are_told() {
    let echo = Echo::start().await;
    let mut program = program();
    program.args(["doctor", "--port", port(&echo.portal)]);
    program.env("B24_WEBHOOK_URL", "https://p/rest/1/x/").env("B24_CLIENT_ID", "local.1");
    program.env("B24_HANDLER_URL", "http://127.0.0.1:1/");
    let ran = run(&mut program).await;
    assert!(lines(&ran, "failure")[0].contains("B24_WEBHOOK_URL is set besides"), "{}", ran.out);
    assert!(ran.out.contains("B24_LISTEN is not set"), "{}", ran.out);
    assert!(lines(&ran, "warning")[0].starts_with("B24_HANDLER_URL is http://127.0.0.1:1/, which only"), "{}", ran.out);
}

#[tokio::test]
async fn a_bot_whose_events_nobody_fetches_is_a_failure() {
    let portal = Portal::start().await.expect("a portal");
    let webhook = portal.webhook(1, ["im", "imbot"]);
    let register = ["call", "imbot.v2.Bot.register", "--url", &webhook, "fields.botToken=secret"];
    let fields = ["fields.code=lazy", "fields.properties.name=Lazy", "fields.eventMode=fetch"];
    let bot = b24(&[&register[..], &fields[..]].concat()).await.json();
    portal.admin().open("lazy").await.expect("a chat").say("hello").await.expect("a message");
    let ran = b24_on(&portal, "doctor", &[]).await;
    assert!(lines(&ran, "failure")[0].contains("nobody fetches its events"), "{}", ran.out);
    let id = format!("botId={}", bot["bot"]["id"]);
    b24(&["call", "imbot.v2.Event.get", "--url", &webhook, "botToken=secret", &id]).await.well();
    let ran = b24_on(&portal, "doctor", &[]).await;
    assert!(lines(&ran, "ok").iter().any(|line| line.ends_with("its events were fetched just now")), "{}", ran.out);
    ran.well();
}
