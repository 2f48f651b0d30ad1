//! How the bot is, for whoever watches over it.

use b24_runtime::Settings;
use reqwest::StatusCode;

use super::{Desk, Script};

async fn get(address: &str, path: &str) -> (StatusCode, String) {
    let response = reqwest::get(format!("{}{path}", address.trim_end_matches('/'))).await.unwrap();
    (response.status(), response.text().await.unwrap())
}

#[tokio::test]
async fn a_bot_tells_that_it_lives_is_ready_and_what_it_has_done() {
    let desk = Desk::start(Script::new(|cx| async move { cx.reply(cx.text()).await })).await;
    let address = desk.bot.handler_url().to_owned();
    assert_eq!(get(&address, "/health").await, (StatusCode::OK, "alive\n".to_owned()));
    assert_eq!(get(&address, "/ready").await, (StatusCode::OK, "ready\n".to_owned()));
    desk.chat("Ann Lee").await.say("a secret word").await.unwrap();
    desk.settled().await;
    let (_, metrics) = get(&address, "/metrics").await;
    for line in ["b24_events_total{outcome=\"taken\"} 3", "b24_handled_total{end=\"done\"} 3", "b24_portals 1"] {
        assert!(metrics.lines().any(|found| found == line), "{line} in\n{metrics}");
    }
    let answered = metrics.lines().find_map(|line| line.strip_prefix("b24_calls_total{outcome=\"answered\"} "));
    assert_eq!(answered.unwrap().parse(), Ok(desk.portal.calls().len()), "every call is counted");
    assert!(!metrics.contains("secret") && !metrics.contains(&desk.app.application_token));
}

#[tokio::test]
async fn with_an_address_of_its_own_the_world_does_not_see_it() {
    let monitor = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let script = Script::new(|_| async { Ok(()) });
    let desk = Desk::with(script, |settings| Settings { monitor: Some(monitor), ..settings }).await;
    assert_eq!(get(&format!("http://{monitor}"), "/ready").await.0, StatusCode::OK);
    assert_eq!(get(desk.bot.handler_url(), "/metrics").await.0, StatusCode::METHOD_NOT_ALLOWED);
}
