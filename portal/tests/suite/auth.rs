use std::time::Duration;

use b24_portal::{NewApp, Portal};
use serde_json::{Value, json};

use crate::bot::{Bot, fetch, http};

async fn refused(bot: &Bot, url: &str) -> (u16, String) {
    let (status, answer) = bot.post(url, &json!({})).await;
    (status, answer["error"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn who_shows_nothing_or_something_wrong_is_refused() {
    let bot = Bot::install().await;
    let url = bot.portal.url();

    assert_eq!(refused(&bot, &format!("{url}/rest/app.info")).await, (401, "NO_AUTH_FOUND".to_owned()));
    assert_eq!(refused(&bot, &format!("{url}/rest/app.info?auth=wrong")).await, (401, "invalid_token".to_owned()));
    assert_eq!(refused(&bot, &format!("{url}/rest/1/wrong/app.info")).await, (401, "INVALID_CREDENTIALS".to_owned()));
    assert_eq!(fetch(format!("{url}/nowhere")).await.expect("an answer").status(), 404);
}

#[tokio::test]
async fn a_token_expires() {
    let bot =
        Bot::install_on(Portal::builder().token_life(Duration::from_mins(5)).start().await.expect("a portal")).await;
    assert_eq!(bot.install.get("auth[expires_in]"), "300");

    bot.portal.advance(Duration::from_secs(299));
    bot.ok("app.info", json!({})).await;
    bot.portal.advance(Duration::from_secs(2));
    let (status, answer) = bot.call("app.info", json!({})).await;
    assert_eq!((status, &answer["error"]), (401, &json!("expired_token")));
}

fn grant(bot: &Bot, refresh: &str) -> String {
    let (url, app) = (bot.portal.url(), &bot.app);
    let (id, secret) = (&app.client_id, &app.client_secret);
    format!("{url}/oauth/token/?grant_type=refresh_token&client_id={id}&client_secret={secret}&refresh_token={refresh}")
}

#[tokio::test]
async fn a_refresh_token_buys_one_new_pair() {
    let bot = Bot::install().await;
    let old = bot.install.get("auth[refresh_token]");

    let (status, new) = bot.get(&grant(&bot, old)).await;
    assert_eq!(status, 200, "{new}");
    assert_eq!((&new["expires_in"], &new["user_id"], &new["scope"]), (&json!(3600), &json!(1), &json!("imbot,im")));
    assert_eq!(new["client_endpoint"], format!("{}/rest/", bot.portal.url()));
    let token = new["access_token"].as_str().expect("a token");
    assert_eq!(refused(&bot, &format!("{}/rest/app.info?auth={token}", bot.portal.url())).await.0, 200);

    let (status, again) = bot.get(&grant(&bot, old)).await;
    assert_eq!((status, &again["error"]), (400, &json!("invalid_grant")));
    let (status, next) = bot.get(&grant(&bot, new["refresh_token"].as_str().expect("a token"))).await;
    assert_eq!(status, 200, "{next}");
}

#[tokio::test]
async fn a_refresh_token_lives_180_days() {
    let bot = Bot::install().await;
    bot.portal.advance(Duration::from_hours(24 * 181));
    let (_, answer) = bot.get(&grant(&bot, bot.install.get("auth[refresh_token]"))).await;
    assert_eq!(answer["error"], "invalid_grant");
}

#[tokio::test]
async fn the_token_server_says_what_is_wrong() {
    let bot = Bot::install().await;
    let right = grant(&bot, bot.install.get("auth[refresh_token]"));
    let cases: [(String, &str); 4] = [
        (right.replace("grant_type=refresh_token", "grant_type=password"), "invalid_request"),
        (right.replace("refresh_token=", "other="), "invalid_request"),
        (right.replace("client_secret=", "client_secret=x"), "invalid_client"),
        (grant(&bot, "unknown"), "invalid_grant"),
    ];
    for (url, code) in cases {
        let (status, answer) = bot.get(&url).await;
        assert_eq!((status, answer["error"].as_str()), (400, Some(code)), "{url}");
    }
}

#[tokio::test]
async fn the_token_server_may_be_called_with_two_slashes() {
    let bot = Bot::install().await;
    let url = grant(&bot, bot.install.get("auth[refresh_token]")).replace("/oauth/", "//oauth/");
    assert_eq!(bot.get(&url).await.1["domain"], bot.portal.domain());
}

#[tokio::test]
async fn the_token_server_takes_a_form() {
    let bot = Bot::install().await;
    let (address, form) = grant(&bot, bot.install.get("auth[refresh_token]"))
        .split_once('?')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("a query");
    let request = http().post(address).header("content-type", "application/x-www-form-urlencoded").body(form);
    let answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
    assert!(answer["access_token"].is_string(), "{answer}");
}

#[tokio::test]
async fn a_scope_that_was_not_given_is_missing() {
    let portal = Portal::start().await.expect("a portal");
    let webhook = portal.webhook(&portal.admin(), ["crm"]);
    let bot = Bot::install_on(portal).await;

    assert_eq!(refused(&bot, &format!("{webhook}imbot.bot.list")).await, (403, "insufficient_scope".to_owned()));
    assert_eq!(refused(&bot, &format!("{webhook}app.info")).await, (200, String::new()), "it needs none");
}

#[tokio::test]
async fn secrets_differ_from_application_to_application() {
    let portal = Portal::start().await.expect("a portal");
    let (one, two) = (portal.add_app(NewApp::new("One")), portal.add_app(NewApp::new("Two")));
    assert_ne!(one.client_id, two.client_id);
    assert_ne!(one.client_secret, two.client_secret);
    assert_ne!(one.application_token, two.application_token);
    assert!(one.client_id.starts_with("local."));
}

/// `app.info`, asked of the portal under another name: that of the authorization server.
#[tokio::test]
async fn the_authorization_server_tells_whose_a_token_is() {
    let bot = Bot::install().await;
    let ask = |token: &str| {
        let url = format!("{}/rest/app.info/?auth={token}", bot.portal.url());
        http().get(url).header("host", "oauth.bitrix.info").send()
    };

    let answer: Value = ask(bot.token()).await.expect("an answer").json().await.expect("JSON");
    let told = &answer["result"];
    assert_eq!((&told["client_id"], &told["user_id"]), (&json!(bot.app.client_id), &json!(1)), "{answer}");
    assert_eq!(told["install"]["uri"], bot.portal.url());
    assert_eq!(told["install"]["member_id"], bot.install.get("auth[member_id]"));
    let answer: Value = ask("stolen").await.expect("an answer").json().await.expect("JSON");
    assert_eq!(answer["error"], "invalid_token");
}
