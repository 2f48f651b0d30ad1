use std::time::Duration;

use b24_portal::{App, NewApp, Portal};
use reqwest::{StatusCode, Url, redirect};
use serde_json::{Value, json};

use crate::bot::{fetch, http};

/// Where the application waits for its users. Nobody needs to listen there.
const BACK: &str = "https://app.example/back?from=portal";

async fn portal() -> (Portal, App) {
    let portal = Portal::start().await.expect("a portal");
    let app = portal.add_app(NewApp { redirect_uri: Some(BACK.to_owned()), ..NewApp::new("Time <tracker>") });
    (portal, app)
}

fn door(portal: &Portal, app: &App, more: &str) -> String {
    format!("{}/oauth/authorize/?client_id={}{more}", portal.url(), app.client_id)
}

/// Where a browser is sent, without going there.
async fn sent(url: String) -> Url {
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).redirect(redirect::Policy::none()).build();
    let response = client.expect("a client").get(url).send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::FOUND);
    let location = response.headers()["location"].to_str().expect("an address");
    location.parse().expect("an address")
}

fn param(url: &Url, name: &str) -> String {
    url.query_pairs().find(|(known, _)| known == name).map_or(String::new(), |(_, value)| value.into_owned())
}

async fn buy(portal: &Portal, app: &App, code: &str) -> (StatusCode, Value) {
    let url = format!("{}/oauth/token/", portal.url());
    let query = [
        ("grant_type", "authorization_code"),
        ("client_id", &app.client_id),
        ("client_secret", &app.client_secret),
        ("code", code),
    ];
    let response = http().get(url).query(&query).send().await.expect("an answer");
    (response.status(), response.json().await.expect("JSON"))
}

#[tokio::test]
async fn a_person_is_asked_who_it_is_and_comes_back_with_a_code() {
    let (portal, app) = portal().await;
    let ann = portal.user("Ann Lee").id();
    let url = door(&portal, &app, "&state=a%26b&response_type=code");
    let page = fetch(&url).await.expect("an answer").text().await.expect("a page");
    assert!(
        page.contains("Time &lt;tracker&gt;") && page.contains(&format!("<button name=user value={ann}>Ann Lee")),
        "{page}"
    );
    assert!(page.contains(r#"name="state" value="a&amp;b""#), "{page}");

    let back = sent(format!("{url}&user={ann}")).await;
    assert!(back.as_str().starts_with(&format!("{BACK}&code=")), "{back}");
    assert_eq!((param(&back, "state"), param(&back, "scope")), ("a&b".to_owned(), "imbot,im".to_owned()));
    assert!(back.query().is_some_and(|query| query.contains("scope=imbot%2Cim")));
    assert_eq!(
        (param(&back, "domain"), param(&back, "server_domain")),
        (portal.domain().to_owned(), portal.domain().to_owned())
    );
    assert_eq!(param(&back, "member_id").len(), 32);

    let (status, grant) = buy(&portal, &app, &param(&back, "code")).await;
    assert_eq!(
        (status.as_u16(), &grant["user_id"], &grant["member_id"]),
        (200, &json!(ann), &json!(param(&back, "member_id")))
    );
    let info = format!("{}/rest/app.info?auth={}", portal.url(), grant["access_token"].as_str().expect("a token"));
    assert_eq!(fetch(info).await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn a_code_buys_one_pair() {
    let (portal, app) = portal().await;
    let code = param(&sent(door(&portal, &app, "&user=1")).await, "code");
    assert_eq!(buy(&portal, &app, &code).await.0, 200);
    let (status, answer) = buy(&portal, &app, &code).await;
    assert_eq!((status.as_u16(), &answer["error"]), (400, &json!("invalid_grant")));
}

#[tokio::test]
async fn a_code_lives_thirty_seconds() {
    let (portal, app) = portal().await;
    let code = param(&sent(door(&portal, &app, "&user=1")).await, "code");
    portal.advance(Duration::from_secs(32));
    assert_eq!(buy(&portal, &app, &code).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn a_code_is_for_the_application_that_asked_for_it() {
    let (portal, app) = portal().await;
    let code = param(&sent(door(&portal, &app, "&user=1")).await, "code");
    let other = portal.add_app(NewApp::new("Other"));
    assert_eq!(buy(&portal, &other, &code).await.1["error"], "invalid_grant");
    let thief = App { client_secret: other.client_secret, ..app.clone() };
    assert_eq!(buy(&portal, &thief, &code).await.1["error"], "invalid_client");
    assert_eq!(buy(&portal, &app, &code).await.0, 200);
}

#[tokio::test]
async fn the_request_may_name_the_way_back_and_without_any_the_code_is_shown() {
    let (portal, app) = portal().await;
    let back = sent(door(&portal, &app, "&user=1&redirect_uri=http%3A%2F%2Flocalhost%3A9%2Fcb")).await;
    assert!(back.as_str().starts_with("http://localhost:9/cb?code="), "{back}");

    let app = portal.add_app(NewApp::new("No address"));
    let page = fetch(door(&portal, &app, "&user=1")).await.expect("an answer").text().await.expect("a page");
    let code = page.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next()).expect("a code");
    assert_eq!(buy(&portal, &app, code).await.0, 200);
}

#[tokio::test]
async fn what_goes_wrong_is_told_to_the_person_alone() {
    let (portal, app) = portal().await;
    let bot = crate::bot::Bot::install_on(portal.clone()).await;
    let bot = bot.add_bot("echo", json!({})).await;
    let cases = [
        (format!("{}/oauth/authorize/", portal.url()), "invalid_request"),
        (format!("{}/oauth/authorize?client_id=local.1", portal.url()), "invalid_client"),
        (door(&portal, &app, "&response_type=token"), "invalid_request"),
        (door(&portal, &app, "&scope=im,crm"), "invalid_scope"),
        (door(&portal, &app, "&user=99"), "invalid_request"),
        (door(&portal, &app, &format!("&user={bot}")), "invalid_request"),
        (door(&portal, &app, "&user=1&redirect_uri=nowhere"), "invalid_request"),
    ];
    for (url, code) in cases {
        let response = fetch(&url).await.expect("an answer");
        assert_eq!(response.status(), 400, "{url}");
        assert!(response.text().await.expect("a page").contains(code), "{url}");
    }
}

#[tokio::test]
async fn more_than_the_card_of_the_application_names_is_not_given() {
    let (portal, app) = portal().await;
    let code = param(&sent(door(&portal, &app, "&user=1&scope=im")).await, "code");
    let url = format!(
        "{}/oauth/token/?grant_type=authorization_code&client_id={}&client_secret={}&code={code}&scope=im%20crm",
        portal.url(),
        app.client_id,
        app.client_secret
    );
    let answer: Value = fetch(url).await.expect("an answer").json().await.expect("JSON");
    assert_eq!(answer["error"], "invalid_scope");
}

#[tokio::test]
async fn somebody_who_is_no_administrator_authorizes_for_itself_alone() {
    let (portal, app) = portal().await;
    let ann = portal.user("Ann Lee").id();
    let code = param(&sent(door(&portal, &app, &format!("&user={ann}"))).await, "code");
    let (_, grant) = buy(&portal, &app, &code).await;
    let token = grant["access_token"].as_str().expect("a token");
    let url = format!(
        "{}/rest/event.bind?auth={token}&event=ONAPPUPDATE&handler=http://127.0.0.1:9/&auth_type=1",
        portal.url()
    );
    assert_eq!(fetch(url).await.expect("an answer").status(), 403);
}
