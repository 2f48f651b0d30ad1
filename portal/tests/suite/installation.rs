use axum::{Router, http::StatusCode, routing::post};
use b24_portal::{InstallError, NewApp, Portal};
use serde_json::json;

use crate::bot::{Bot, listen, serve};

#[tokio::test]
async fn the_handler_gets_tokens_that_work() {
    let bot = Bot::install().await;

    let event = &bot.install;
    assert_eq!(event.name(), "ONAPPINSTALL");
    assert_eq!(event.get("event_handler_id"), "1", "the official Python client reads no event without a number");
    assert_eq!(event.get("data[VERSION]"), "1");
    assert_eq!(event.get("data[LANGUAGE_ID]"), "en");
    assert_eq!((event.get("data[ACTIVE]"), event.get("data[INSTALLED]")), ("Y", "Y"));
    assert_eq!(event.get("auth[application_token]"), bot.app.application_token);
    assert_eq!(bot.app.application_token.len(), 32);
    assert_eq!(event.get("auth[domain]"), bot.portal.domain());
    assert_eq!(event.get("auth[expires_in]"), "3600");
    assert_eq!(event.get("auth[client_endpoint]"), format!("{}/rest/", bot.portal.url()));

    let info = bot.ok("app.info", json!({})).await;
    assert_eq!(info["INSTALLED"], true);
    assert_eq!(info["CODE"], bot.app.client_id);
}

#[tokio::test]
async fn a_handler_that_does_not_answer_200_stays_uninstalled() {
    let portal = Portal::start().await.expect("a portal");
    let app = portal.add_app(NewApp::new("Broken"));
    let url = serve(Router::new().route("/", post(|| async { StatusCode::INTERNAL_SERVER_ERROR }))).await;

    let error = portal.install(&app.client_id, &url).await.expect_err("a refusal");
    assert!(matches!(error, InstallError::Status { status: 500, .. }), "{error}");
}

#[tokio::test]
async fn an_address_where_nobody_listens_is_told() {
    let portal = Portal::start().await.expect("a portal");
    let app = portal.add_app(NewApp::new("Nobody"));

    let error = portal.install(&app.client_id, "http://127.0.0.1:1/").await.expect_err("a refusal");
    assert!(matches!(error, InstallError::Connection { .. }), "{error}");
    assert!(error.to_string().contains("refused"), "{error}");
}

#[tokio::test]
async fn an_update_tells_the_previous_version() {
    let bot = Bot::install().await;
    bot.portal.update_app(&bot.app.client_id, 2).await.expect("an update");

    let event = bot.event().await;
    assert_eq!(event.name(), "ONAPPUPDATE");
    assert_eq!((event.get("data[VERSION]"), event.get("data[PREVIOUS_VERSION]")), ("2", "1"));
}

#[tokio::test]
async fn an_uninstall_deletes_the_bots_and_voids_the_tokens() {
    let (bot, id) = Bot::register("echo").await;
    bot.portal.uninstall(&bot.app.client_id).await.expect("an uninstall");

    let event = bot.event().await;
    assert_eq!((event.name(), event.get("data[BOT_ID]")), ("ONIMBOTDELETE", id.to_string().as_str()));
    let event = bot.event().await;
    assert_eq!(event.name(), "ONAPPUNINSTALL");
    assert!(!event.has("auth[access_token]"));
    assert_eq!(event.get("auth[application_token]"), bot.app.application_token);
    assert_eq!(bot.error("app.info", json!({})).await, "invalid_token");
}

#[tokio::test]
async fn events_about_the_application_go_where_they_were_bound() {
    let bot = Bot::install().await;
    let elsewhere = bot.handler.clone();
    bot.ok("event.bind", json!({"event": "OnAppUpdate", "handler": elsewhere})).await;

    let bound = bot.ok("event.get", json!({})).await;
    assert_eq!(bound, json!([{"event": "ONAPPUPDATE", "handler": bot.handler, "auth_type": "0", "offline": 0}]));
    bot.portal.update_app(&bot.app.client_id, 2).await.expect("an update");
    assert_eq!(bot.all_events().await.len(), 1, "once at the bound address, not at both");
    assert_eq!(bot.ok("event.get", json!({})).await, json!([]), "a new version binds anew");
}

#[tokio::test]
async fn an_application_with_an_installer_hears_nothing_until_a_person_has_finished_it() {
    let bot = Bot::install().await;
    let app = bot.portal.add_app(NewApp { has_installer: true, ..NewApp::new("With pages") });
    let (handler, mut events) = listen().await;
    bot.portal.install(&app.client_id, &handler).await.expect("an answer");
    let install = events.recv().await.expect("ONAPPINSTALL");
    assert_eq!(install.get("data[INSTALLED]"), "N");

    let call = async |method: &str, params: serde_json::Value| {
        let url = format!("{}/rest/{method}?auth={}", bot.portal.url(), install.token());
        bot.post(&url, &params).await
    };
    let echo = json!({"CODE": "pages", "EVENT_HANDLER": handler, "PROPERTIES": {"NAME": "Echo"}});
    assert_eq!(call("imbot.register", echo).await.0, 200, "it may prepare everything");
    assert_eq!(call("app.info", json!({})).await.1["result"]["INSTALLED"], false);
    let chat = bot.portal.admin().open("pages").await.expect("a dialog");
    bot.portal.settled().await;
    assert!(events.try_recv().is_err());

    bot.portal.finish_installation(&app.client_id).expect("an application");
    assert_eq!(call("app.info", json!({})).await.1["result"]["INSTALLED"], true);
    chat.say("hello").await.expect("a message");
    assert_eq!(events.recv().await.expect("an event").param("MESSAGE"), "hello");
}
