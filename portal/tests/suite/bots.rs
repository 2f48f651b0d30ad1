use serde_json::json;

use crate::bot::Bot;

#[tokio::test]
async fn a_registered_bot_is_a_user_of_the_portal() {
    let bot = Bot::install().await;
    let id = bot
        .add_bot(
            "echo",
            json!({"PROPERTIES": {"NAME": "Echo", "LAST_NAME": "Bot", "WORK_POSITION": "Repeats", "COLOR": "MINT"}}),
        )
        .await;

    let (_, state) = bot.get(&format!("{}/portal/state?user=1", bot.portal.url())).await;
    let users = state["users"].as_array().expect("users");
    let user = users.iter().find(|user| user["id"] == id).expect("the bot");
    assert_eq!((&user["name"], &user["position"], &user["bot"]), (&json!("Echo Bot"), &json!("Repeats"), &json!(true)));
    assert_eq!(user["color"], "#4ba984");
    assert_eq!(
        bot.ok("imbot.bot.list", json!({})).await,
        json!({id.to_string(): {"ID": id, "NAME": "Echo Bot", "CODE": "echo", "OPENLINE": "N"}})
    );
}

#[tokio::test]
async fn a_bot_registered_again_keeps_its_id() {
    let (bot, id) = Bot::register("echo").await;
    assert_eq!(bot.add_bot("echo", json!({})).await, id);
    let other = Bot::install_on(bot.portal.clone()).await;
    assert_ne!(other.add_bot("echo", json!({})).await, id, "codes are unique within an application only");
}

#[tokio::test]
async fn an_application_has_five_bots_at_most() {
    let bot = Bot::install().await;
    for code in 1..=5 {
        bot.add_bot(&code.to_string(), json!({})).await;
    }
    let sixth = json!({"CODE": "6", "EVENT_HANDLER": bot.handler, "PROPERTIES": {"NAME": "Six"}});
    assert_eq!(bot.error("imbot.register", sixth).await, "MAX_COUNT_ERROR");
}

#[tokio::test]
async fn the_bots_of_an_application_share_their_addresses() {
    let (bot, id) = Bot::register("first").await;
    let (own, other) = (bot.handler.as_str(), format!("{}/other", bot.handler));
    let second = |add: &str, welcome: &str, delete: &str| {
        json!({
            "CODE": "second", "PROPERTIES": {"NAME": "Second"},
            "EVENT_MESSAGE_ADD": add, "EVENT_WELCOME_MESSAGE": welcome, "EVENT_BOT_DELETE": delete,
        })
    };
    let cases = [
        (second(&other, own, own), "EVENT_MESSAGE_ADD_ERROR"),
        (second(own, &other, own), "EVENT_WELCOME_MESSAGE_ERROR"),
        (second(own, own, &other), "EVENT_BOT_DELETE_ERROR"),
    ];
    for (params, code) in cases {
        assert_eq!(bot.error("imbot.register", params.clone()).await, code, "{params}");
    }
    assert_ne!(bot.ok("imbot.register", second(own, own, own)).await, id);
}

#[tokio::test]
async fn a_bot_registered_again_may_move() {
    let (bot, id) = Bot::register("first").await;
    bot.add_bot("second", json!({})).await;
    let other = format!("{}/other", bot.handler);
    assert_eq!(bot.add_bot("first", json!({"EVENT_HANDLER": other})).await, id, "or nobody could ever move");
}

#[tokio::test]
async fn a_registration_names_what_it_lacks() {
    let bot = Bot::install().await;
    let url = bot.handler.as_str();
    let cases = [
        (json!({"EVENT_HANDLER": url, "PROPERTIES": {"NAME": "E"}}), "CODE_ERROR"),
        (json!({"CODE": "e", "EVENT_HANDLER": url}), "NAME_ERROR"),
        (json!({"CODE": "e", "EVENT_HANDLER": url, "PROPERTIES": {"COLOR": "MINT"}}), "NAME_ERROR"),
        (json!({"CODE": "e", "PROPERTIES": {"NAME": "E"}}), "EVENT_MESSAGE_ADD_ERROR"),
        (json!({"CODE": "e", "EVENT_MESSAGE_ADD": url, "PROPERTIES": {"NAME": "E"}}), "EVENT_WELCOME_MESSAGE_ERROR"),
        (
            json!({"CODE": "e", "EVENT_MESSAGE_ADD": url, "EVENT_WELCOME_MESSAGE": url, "PROPERTIES": {"NAME": "E"}}),
            "EVENT_BOT_DELETE_ERROR",
        ),
        (json!({"CODE": "e", "EVENT_HANDLER": "nowhere", "PROPERTIES": {"NAME": "E"}}), "EVENT_MESSAGE_ADD_ERROR"),
        (json!({"CODE": "e", "EVENT_HANDLER": "/path", "PROPERTIES": {"NAME": "E"}}), "EVENT_MESSAGE_ADD_ERROR"),
    ];
    for (params, code) in cases {
        assert_eq!(bot.error("imbot.register", params.clone()).await, code, "{params}");
    }
}

#[tokio::test]
async fn an_update_changes_the_name_and_the_addresses() {
    let (bot, id) = Bot::register("echo").await;
    let fields = json!({"CODE": "renamed", "EVENT_HANDLER": bot.handler, "PROPERTIES": {"NAME": "New"}});
    assert_eq!(bot.ok("imbot.update", json!({"BOT_ID": id, "FIELDS": fields})).await, true);

    let list = bot.ok("imbot.bot.list", json!({})).await;
    assert_eq!((&list[id.to_string()]["NAME"], &list[id.to_string()]["CODE"]), (&json!("New"), &json!("renamed")));
    assert_eq!(bot.error("imbot.update", json!({"BOT_ID": 99, "FIELDS": fields})).await, "BOT_ID_ERROR");
}

#[tokio::test]
async fn an_unregistered_bot_is_gone_without_an_event() {
    let (bot, id) = Bot::register("echo").await;
    bot.portal.admin().open("echo").await.expect("a dialog");
    bot.event().await;

    assert_eq!(bot.ok("imbot.unregister", json!({"BOT_ID": id})).await, true);
    assert!(bot.portal.admin().open("echo").await.is_err());
    assert_eq!(bot.ok("imbot.bot.list", json!({})).await, json!([]));
    assert!(bot.all_events().await.is_empty());
    assert_eq!(bot.error("imbot.unregister", json!({"BOT_ID": id})).await, "BOT_ID_ERROR");
}

#[tokio::test]
async fn a_webhook_client_names_its_bot() {
    let bot = Bot::install().await;
    let webhook = bot.portal.webhook(&bot.portal.admin(), ["imbot"]);
    let call = async |method: &str, params| bot.post(&format!("{webhook}{method}"), &params).await;
    let register = json!({"CODE": "hook", "EVENT_HANDLER": bot.handler, "PROPERTIES": {"NAME": "Hook"}});

    let (status, answer) = call("imbot.register", register.clone()).await;
    assert_eq!((status, &answer["error"]), (403, &json!("ACCESS_DENIED")));
    let mut named = register;
    named["CLIENT_ID"] = "secret-name".into();
    let (status, answer) = call("imbot.register", named).await;
    assert_eq!(status, 200, "{answer}");

    let (status, answer) =
        call("imbot.message.add", json!({"CLIENT_ID": "secret-name", "DIALOG_ID": 1, "MESSAGE": "hi"})).await;
    assert_eq!(status, 200, "{answer}");
    bot.portal.admin().open("hook").await.expect("a dialog");
    let event = bot.event().await;
    assert_eq!(event.get("auth[application_token]"), "secret-name");
    assert!(!event.has("auth[access_token]"), "a webhook client has its own way in");
}
