use b24_portal::Portal;
use serde_json::json;

use crate::bot::{Bot, fetch};

/// The status and the error code of a call without parameters.
async fn answer(webhook: &str, method: &str) -> (u16, String) {
    let response = fetch(format!("{webhook}{method}")).await.expect("an answer");
    let status = response.status().as_u16();
    let answer: serde_json::Value = response.json().await.expect("JSON");
    (status, answer["error"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn what_is_for_applications_alone_refuses_a_webhook() {
    let portal = Portal::start().await.expect("a portal");
    let webhook = portal.webhook(&portal.admin(), ["imopenlines"]);

    assert_eq!(answer(&webhook, "event.get").await, (403, "WRONG_AUTH_TYPE".to_owned()));
    assert_eq!(answer(&webhook, "imconnector.list").await, (403, "WRONG_AUTH_TYPE".to_owned()));
}

#[tokio::test]
async fn a_method_may_have_a_code_of_its_own_for_a_webhook() {
    let portal = Portal::start().await.expect("a portal");
    let webhook = portal.webhook(&portal.admin(), [""; 0]);

    assert_eq!(answer(&webhook, "app.option.get").await, (400, "AccessException".to_owned()));
}

#[tokio::test]
async fn what_is_for_administrators_alone_refuses_everybody_else() {
    let portal = Portal::start().await.expect("a portal");
    let scopes = ["placement", "user"];
    let (admin, ann) = (portal.webhook(&portal.admin(), scopes), portal.webhook(&portal.user("Ann Lee"), scopes));

    assert_eq!(answer(&ann, "userfieldtype.list").await, (403, "ACCESS_DENIED".to_owned()));
    assert_eq!(answer(&ann, "user.add").await, (400, "ERROR_CORE".to_owned()), "the method has a code of its own");
    assert_ne!(answer(&admin, "userfieldtype.list").await.1, "ACCESS_DENIED");
}

#[tokio::test]
async fn a_webhook_is_bound_to_its_user() {
    let portal = Portal::start().await.expect("a portal");
    let ann = portal.user("Ann Lee");
    let webhook = portal.webhook(&ann, ["im"]);
    let of_the_admin = webhook.replace(&format!("/rest/{}/", ann.id()), "/rest/1/");

    assert_eq!(answer(&webhook, "im.revision.get").await, (200, String::new()));
    assert_eq!(answer(&of_the_admin, "im.revision.get").await, (401, "INVALID_CREDENTIALS".to_owned()));
}

#[tokio::test]
async fn one_of_several_scopes_is_enough() {
    let portal = Portal::start().await.expect("a portal");
    for scope in ["user", "user_basic", "user_brief"] {
        let webhook = portal.webhook(&portal.admin(), [scope]);
        assert_ne!(answer(&webhook, "user.current").await.1, "insufficient_scope", "{scope}");
    }
    let webhook = portal.webhook(&portal.admin(), ["im", "imbot"]);
    assert_eq!(answer(&webhook, "user.current").await, (403, "insufficient_scope".to_owned()));
}

#[tokio::test]
async fn only_an_administrator_binds_events_for_others() {
    let bot = Bot::install().await;
    let ann = bot.portal.user("Ann Lee").id();
    let params = json!({"event": "ONAPPUPDATE", "handler": bot.handler, "auth_type": ann});
    bot.ok("event.bind", params.clone()).await;

    // A bot is no administrator, and each event carries a token of it.
    bot.add_bot("echo", json!({})).await;
    bot.portal.admin().open("echo").await.expect("a dialog");
    let id = bot.event().await.get("data[PARAMS][BOT_ID]").to_owned();
    let event = bot.portal.events().pop().expect("an event");
    let token = event.request()["data"]["BOT"][&id]["access_token"].as_str().expect("a token").to_owned();
    let url = format!("{}/rest/event.bind?auth={token}", bot.portal.url());
    let (status, refused) = bot.post(&url, &params).await;
    assert_eq!((status, &refused["error"]), (403, &json!("ACCESS_DENIED")));
}

#[tokio::test]
async fn with_all_scopes_nothing_is_out_of_reach() {
    let portal = Portal::start().await.expect("a portal");
    let scopes = portal.scopes();
    assert!(
        ["disk", "im", "imbot", "imopenlines", "placement", "user"]
            .iter()
            .all(|scope| scopes.contains(&(*scope).to_owned()))
    );
    let webhook = portal.webhook(&portal.admin(), scopes);
    for method in ["user.current", "disk.storage.getlist", "imopenlines.config.list.get", "im.counters.get"] {
        assert_ne!(answer(&webhook, method).await.1, "insufficient_scope", "{method}");
    }
}
