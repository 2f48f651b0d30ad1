use reqwest::{Method, Version, header::HeaderMap};
use serde_json::{Value, json};

use crate::bot::{Bot, http};

/// What a browser asks before it lets a page of another server call.
async fn preflight(url: String) -> HeaderMap {
    let request = http().request(Method::OPTIONS, url).header("origin", "https://page.example");
    let request = request
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,content-type");
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    response.headers().clone()
}

#[tokio::test]
async fn pages_of_other_servers_may_call() {
    let bot = Bot::install().await;
    for path in ["/rest/app.info", "/rest/1/code/batch", "/oauth/token/"] {
        let headers = preflight(format!("{}{path}", bot.portal.url())).await;
        assert_eq!(headers["access-control-allow-origin"], "*", "{path}");
        assert_eq!(headers["access-control-allow-methods"], "POST", "{path}");
        assert_eq!(headers["access-control-allow-headers"], "authorization,content-type", "{path}");
    }
    let request = http().get(format!("{}/rest/app.info", bot.portal.url())).header("origin", "https://page.example");
    let refused = request.send().await.expect("an answer");
    assert_eq!(
        (refused.status().as_u16(), &refused.headers()["access-control-allow-origin"]),
        (401, &"*".parse().expect("a value"))
    );
}

#[tokio::test]
async fn the_messenger_is_for_its_own_page_alone() {
    let bot = Bot::install().await;
    let request =
        http().get(format!("{}/portal/state?user=1", bot.portal.url())).header("origin", "https://page.example");
    assert!(!request.send().await.expect("an answer").headers().contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn a_client_may_begin_with_http_2() {
    let bot = Bot::install().await;
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).http2_prior_knowledge().build();
    let request = client.expect("a client").post(format!("{}/rest/app.info", bot.portal.url()));
    let response = request.json(&json!({"auth": bot.token()})).send().await.expect("an answer");
    assert_eq!((response.version(), response.status().as_u16()), (Version::HTTP_2, 200));
    let answer: Value = response.json().await.expect("JSON");
    assert_eq!(answer["result"]["INSTALLED"], true);
}

#[tokio::test]
async fn rest_3_has_an_address_and_errors_of_its_own() {
    let bot = Bot::install().await;
    let url = format!("{}/rest/api/app.info", bot.portal.url());
    let (status, answer) = bot.post(&url, &json!({"auth": bot.token()})).await;
    let code = "BITRIX_REST_V3_EXCEPTION_METHODNOTFOUNDEXCEPTION";
    assert_eq!((status, &answer["error"]["code"]), (404, &json!(code)), "app.info is none of REST 3.0");
    assert!(answer["error"]["message"].is_string());
    assert_eq!(bot.portal.calls().pop().expect("a call").error(), Some(code));
}
