//! Whom a bot believes, and what it does with what nobody should send.

use b24_runtime::{App, AppCredentials, Credentials, Settings, storage::MemoryStore};
use echo_bot::EchoBot;
use reqwest::StatusCode;

use crate::home::{Home, credentials};

/// Sends a form as it stands and gives back the status and the reason.
async fn post(home: &Home, body: impl Into<reqwest::Body>) -> (StatusCode, String) {
    let request = reqwest::Client::new().post(home.bot.handler_url()).body(body);
    let response = request.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
    (response.status(), response.text().await.unwrap())
}

/// The form of an event by a sender who knows everything but `application_token`.
fn event(home: &Home, name: &str, data: &str, token: &str) -> String {
    let member_id = home.portal.events()[0].request()["auth"]["member_id"].as_str().unwrap().to_owned();
    let domain = home.portal.domain();
    format!(
        "event={name}{data}&auth[domain]={domain}&auth[member_id]={member_id}&auth[application_token]={token}&auth[client_endpoint]=http://{domain}/rest/"
    )
}

const MESSAGE: &str = "&data[BOT][2][BOT_ID]=2&data[BOT][2][BOT_CODE]=echobot&data[BOT][2][AUTH][domain]=d&data[BOT][2][AUTH][member_id]=m&data[BOT][2][AUTH][application_token]=t&data[PARAMS][DIALOG_ID]=1&data[PARAMS][CHAT_TYPE]=P&data[PARAMS][MESSAGE_ID]=5&data[PARAMS][MESSAGE]=hi&data[PARAMS][FROM_USER_ID]=1&data[PARAMS][LANGUAGE]=en";

async fn said_nothing(home: &Home) -> bool {
    home.settled().await;
    !home.portal.calls().iter().any(|call| call.name() == "imbot.message.add")
}

#[tokio::test]
async fn an_event_with_a_forged_token_is_refused_and_not_handled() {
    let home = Home::start().await;
    let (status, reason) = post(&home, event(&home, "ONIMBOTMESSAGEADD", MESSAGE, "forged")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(reason.contains("application token"), "{reason}");
    assert!(said_nothing(&home).await);
}

#[tokio::test]
async fn an_event_of_a_portal_that_never_installed_the_bot_is_refused() {
    let home = Home::start().await;
    let stranger = event(&home, "ONIMBOTMESSAGEADD", MESSAGE, &home.app.application_token)
        .replace("[member_id]=", "[member_id]=x");
    assert_eq!(post(&home, stranger).await.0, StatusCode::FORBIDDEN);
    assert!(said_nothing(&home).await);
}

#[tokio::test]
async fn an_installation_whose_token_does_not_work_is_not_believed() {
    let home = Home::start().await;
    let data = "&data[VERSION]=1&data[LANGUAGE_ID]=en&auth[access_token]=invented&auth[refresh_token]=invented";
    let (status, reason) = post(&home, event(&home, "ONAPPINSTALL", data, "mine now")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(reason.contains("the authorization server does not vouch for the tokens"), "{reason}");
    // The true portal is still trusted.
    let chat = home.portal.user("Ann Lee").open("echobot").await.unwrap();
    chat.reply().await.unwrap();
}

#[tokio::test]
async fn an_installation_cannot_name_another_portal_or_another_place() {
    let home = Home::start().await;
    let install = home.portal.events()[0].request()["auth"].clone();
    // Somebody who has tokens of this application from a portal of their own.
    home.portal.install(&home.app.client_id, "http://127.0.0.1:1/").await.unwrap_err();
    let fresh = home.portal.events().last().unwrap().request()["auth"]["refresh_token"].as_str().unwrap().to_owned();
    let data = format!("&data[VERSION]=1&data[LANGUAGE_ID]=en&auth[access_token]=x&auth[refresh_token]={fresh}");
    let own = install["member_id"].as_str().unwrap();
    let forged = event(&home, "ONAPPINSTALL", &data, "t").replace(own, "another-portal");
    let (status, reason) = post(&home, forged).await;
    assert_eq!((status, reason.trim()), (StatusCode::FORBIDDEN, "the refresh token belongs to another portal"));
}

#[tokio::test]
async fn without_the_authorization_server_a_new_portal_is_believed_when_its_token_works_there() {
    let portal = b24_portal::Portal::start().await.unwrap();
    let app = portal.add_app(b24_portal::NewApp::new("Box without internet"));
    let Credentials::Application(credentials) = credentials(&portal, &app) else { unreachable!() };
    let offline = AppCredentials { oauth_server: "http://127.0.0.1:1".to_owned(), ..credentials };
    let bot = App::new(EchoBot, Settings::local(Credentials::Application(offline))).start().await.unwrap();
    portal.install(&app.client_id, bot.handler_url()).await.unwrap();
    bot.settled().await;
    assert_eq!(portal.calls()[0].name(), "app.info");
    let chat = portal.user("Ann Lee").open("echobot").await.unwrap();
    chat.reply().await.unwrap();
    // Nobody can take the place of a portal that is known, not even with its own tokens.
    portal.install(&app.client_id, bot.handler_url()).await.unwrap_err();
}

#[tokio::test]
async fn a_true_event_is_taken() {
    let home = Home::start().await;
    let (status, _) = post(&home, event(&home, "ONIMBOTMESSAGEADD", MESSAGE, &home.app.application_token)).await;
    assert_eq!(status, StatusCode::OK);
    home.settled().await;
    assert!(home.portal.calls().iter().any(|call| call.name() == "imbot.message.add"));
}

#[tokio::test]
async fn an_unknown_event_is_taken_and_harms_nothing() {
    let home = Home::start().await;
    let (status, _) = post(&home, event(&home, "ONSOMETHINGNEW", "&data[X]=1", &home.app.application_token)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(said_nothing(&home).await);
}

#[tokio::test]
async fn what_is_no_event_is_refused_with_the_reason() {
    let home = Home::start().await;
    let token = home.app.application_token.clone();
    let nested = format!("a{}=1", "[b]".repeat(5000));
    let wrong_type = event(&home, "ONIMBOTMESSAGEADD", &MESSAGE.replace("MESSAGE_ID]=5", "MESSAGE_ID]=five"), &token);
    let cut = event(&home, "ONIMBOTMESSAGEADD&x=%4", "", &token).split_inclusive("%4").next().unwrap().to_owned();
    for (body, expected) in [
        (String::new(), "event: expected a value, found nothing"),
        (cut, "broken percent code at byte"),
        ("event=x&data[a=1".to_owned(), "never closed"),
        (nested, "nested deeper than 16 levels"),
        ("a=1&".repeat(5000), "more than 4096 fields"),
        (wrong_type, "data.PARAMS.MESSAGE_ID: expected a number, found the text \"five\""),
        ("event=ONIMBOTMESSAGEADD&data=text&auth=text".to_owned(), "auth: expected an object"),
    ] {
        let (status, reason) = post(&home, body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{reason}");
        assert!(reason.contains(expected), "{reason}");
    }
    let (status, reason) = post(&home, vec![b'%', b'f', b'f', b'=', 0xff]).await;
    assert_eq!((status, reason.trim()), (StatusCode::BAD_REQUEST, "the form holds bytes that are not UTF-8"));
    assert!(said_nothing(&home).await);
}

#[tokio::test]
async fn a_body_of_ten_megabytes_is_not_read_to_its_end() {
    let home = Home::start().await;
    let request = reqwest::Client::new().post(home.bot.handler_url()).body(vec![b'a'; 10 * 1024 * 1024]).send().await;
    // The answer may be lost with the connection that is closed while the body is still being sent.
    if let Ok(response) = request {
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
    let (status, _) = post(&home, event(&home, "ONIMBOTMESSAGEADD", MESSAGE, &home.app.application_token)).await;
    assert_eq!(status, StatusCode::OK, "the bot goes on");
}

#[tokio::test]
async fn a_browser_that_opens_the_address_is_told_what_it_is_for() {
    let home = Home::start().await;
    let response = reqwest::get(home.bot.handler_url()).await.unwrap();
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(response.text().await.unwrap().contains("takes events of Bitrix24"));
}

#[tokio::test]
async fn a_bot_behind_a_webhook_believes_only_who_knows_its_address() {
    let portal = b24_portal::Portal::start().await.unwrap();
    let webhook = portal.webhook(portal.admin().id(), ["imbot", "im"]);
    let settings = Settings::local(Credentials::Webhook(webhook.as_str().into()));
    let bot = App::new(EchoBot, settings).store(MemoryStore::default()).start().await.unwrap();
    let chat = portal.user("Ann Lee").open("echobot").await.unwrap();
    chat.reply().await.unwrap();
    chat.say("/echo through the webhook").await.unwrap();
    assert_eq!(chat.reply().await.unwrap().text(), "through the webhook");
    // The same event without the key at the end of the address.
    let form = format!("event=ONIMBOTMESSAGEADD{MESSAGE}&auth[domain]=d&auth[member_id]=m&auth[application_token]=t");
    let request = reqwest::Client::new().post(bot.handler_url()).body(form);
    let response = request.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_start_without_a_portal_behind_the_webhook_says_so() {
    let portal = b24_portal::Portal::start().await.unwrap();
    let app = portal.add_app(b24_portal::NewApp::new("unused"));
    drop(credentials(&portal, &app));
    let webhook = "http://127.0.0.1:1/rest/1/code/";
    let settings = Settings::local(Credentials::Webhook(webhook.into()));
    let error = App::new(EchoBot, settings).start().await.unwrap_err().to_string();
    assert!(error.contains("could not be registered") && error.contains("refused"), "{error}");
    assert!(!error.contains("code"), "the webhook is a secret: {error}");
}
