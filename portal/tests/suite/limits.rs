use std::time::Duration;

use b24_portal::{Portal, RateLimit};
use serde_json::json;

use crate::bot::Bot;

#[tokio::test]
async fn a_full_bucket_refuses_and_leaks() {
    let bot =
        Bot::install_on(Portal::builder().rate_limit(RateLimit::new(3, 1.0)).start().await.expect("a portal")).await;
    for _ in 0..3 {
        bot.ok("app.info", json!({})).await;
    }
    let (status, answer) = bot.call("app.info", json!({})).await;
    assert_eq!((status, &answer["error"]), (503, &json!("QUERY_LIMIT_EXCEEDED")));

    bot.portal.advance(Duration::from_secs(2));
    bot.ok("app.info", json!({})).await;
}

#[tokio::test]
async fn a_batch_is_one_drop() {
    let bot =
        Bot::install_on(Portal::builder().rate_limit(RateLimit::new(1, 0.001)).start().await.expect("a portal")).await;
    let answer = bot.ok("batch", json!({"cmd": vec!["app.info"; 20]})).await;
    assert_eq!(answer["result"].as_array().map(Vec::len), Some(20));
}

#[tokio::test]
async fn without_a_limit_nothing_is_refused() {
    let bot = Bot::install().await;
    for _ in 0..60 {
        bot.ok("app.info", json!({})).await;
    }
}
