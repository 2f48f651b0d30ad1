use serde_json::json;

use crate::{bot::Bot, person::Person};

#[tokio::test]
async fn an_application_puts_values_aside_for_all_its_users() {
    let bot = Bot::install().await;
    assert_eq!(bot.ok("app.option.get", json!({})).await, json!([]));

    assert_eq!(bot.ok("app.option.set", json!({"options": {"color": "red", "size": 5}})).await, true);
    bot.ok("app.option.set", json!({"options": {"color": "blue", "deep": {"a": [1]}}})).await;
    let all = json!({"color": "blue", "size": 5, "deep": {"a": [1]}});
    assert_eq!(bot.ok("app.option.get", json!({})).await, all);
    assert_eq!(bot.ok("app.option.get", json!({"option": "color"})).await, "blue");
    assert_eq!(bot.ok("app.option.get", json!({"option": "shape"})).await, json!(null));
    assert_eq!(bot.member("Ann Lee").await.ok("app.option.get", json!({})).await, all);
}

#[tokio::test]
async fn only_administrators_put_values_aside_for_all() {
    let bot = Bot::install().await;
    let options = json!({"options": {"color": "red"}});

    let ann = bot.member("Ann Lee").await;
    assert_eq!(ann.refused("app.option.set", options.clone()).await, (400, "AccessException".to_owned()));
    let webhook = Person::new(&bot.portal, bot.portal.admin());
    for method in ["app.option.set", "app.option.get", "user.option.set", "user.option.get"] {
        assert_eq!(webhook.error(method, options.clone()).await, "AccessException", "{method}");
    }
}

#[tokio::test]
async fn there_must_be_something_to_put_aside() {
    let bot = Bot::install().await;
    for method in ["app.option.set", "user.option.set"] {
        assert_eq!(bot.error(method, json!({})).await, "ArgumentNullException", "{method}");
        assert_eq!(bot.error(method, json!({"options": []})).await, "ArgumentNullException", "{method}");
    }
}

#[tokio::test]
async fn each_user_has_values_of_its_own() {
    let bot = Bot::install().await;
    let ann = bot.member("Ann Lee").await;
    assert_eq!(ann.ok("user.option.set", json!({"options": {"color": "red"}})).await, true);

    assert_eq!(ann.ok("user.option.get", json!({"option": "color"})).await, "red");
    assert_eq!(bot.ok("user.option.get", json!({"option": "color"})).await, json!(null));
    assert_eq!(bot.ok("app.option.get", json!({})).await, json!([]));
}
