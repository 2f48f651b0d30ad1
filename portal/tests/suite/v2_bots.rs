use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use crate::{
    bot::Bot,
    v2::{V2, add_bot, fields},
};

const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async fn registered(app: &Bot, code: &str, more: Value) -> Value {
    app.ok("imbot.v2.Bot.register", json!({"fields": fields(code, more)})).await
}

async fn refused(app: &Bot, code: &str, more: Value) -> String {
    app.error("imbot.v2.Bot.register", json!({"fields": fields(code, more)})).await
}

#[tokio::test]
async fn a_registration_answers_the_bot_and_its_user() {
    let app = Bot::install_on(b24_portal::Portal::builder().revision(36).start().await.expect("a portal")).await;
    let more =
        json!({"properties": {"name": "Echo", "lastName": "Bot", "workPosition": "Repeats", "color": "lightBlue"}});
    let answer = registered(&app, "echo", more).await;

    let id = answer["bot"]["id"].clone();
    let bot = json!({
        "id": id, "code": "echo", "type": "bot", "isHidden": false, "isSupportOpenline": false,
        "isReactionsEnabled": true, "backgroundId": null, "language": "en", "moduleId": "rest", "eventMode": "fetch",
        "countMessage": 0, "countCommand": 0, "countChat": 0, "countUser": 0,
    });
    assert_eq!(answer["bot"], bot);
    let user = &answer["users"][0];
    assert_eq!((&user["id"], &user["name"], &user["workPosition"]), (&id, &json!("Echo Bot"), &json!("Repeats")));
    assert_eq!((&user["color"], &user["type"], &user["bot"]), (&json!("#4ba5c3"), &json!("bot"), &json!(true)));
}

#[tokio::test]
async fn a_second_registration_changes_nothing() {
    let bot = V2::register(json!({"isHidden": true})).await;
    let again = registered(&bot.app, "echo", json!({"properties": {"name": "Other"}, "type": "supervisor"})).await;

    assert_eq!(again["bot"]["id"], bot.id);
    assert_eq!((&again["bot"]["type"], &again["bot"]["isHidden"]), (&json!("bot"), &json!(true)));
    assert_eq!(again["users"][0]["name"], "EchoBot");
}

#[tokio::test]
async fn an_incomplete_registration_is_told_what_it_lacks() {
    let app = Bot::install().await;
    for (fields, code) in [
        (json!({"properties": {"name": "E"}}), "BOT_CODE_REQUIRED"),
        (json!({"code": "echo"}), "BOT_PROPERTIES_REQUIRED"),
        (json!({"code": "echo", "properties": {"lastName": "E"}}), "BOT_PROPERTIES_REQUIRED"),
    ] {
        assert_eq!(app.error("imbot.v2.Bot.register", json!({"fields": fields})).await, code);
    }
    for (more, code) in [
        (json!({"type": "oracle"}), "BOT_INVALID_TYPE"),
        (json!({"eventMode": "pigeon"}), "BOT_INVALID_EVENT_MODE"),
        (json!({"eventMode": "webhook"}), "BOT_WEBHOOK_URL_REQUIRED"),
        (json!({"eventMode": "webhook", "webhookUrl": "nowhere"}), "BOT_INVALID_CALLBACK"),
        (json!({"properties": {"name": "E", "avatar": "bm8gcGljdHVyZQ=="}}), "BOT_AVATAR_INCORRECT_TYPE"),
        (json!({"properties": {"name": "E", "avatar": wide_picture()}}), "BOT_AVATAR_INCORRECT_SIZE"),
    ] {
        assert_eq!(refused(&app, "echo", more.clone()).await, code, "{more}");
    }
    registered(&app, "echo", json!({"properties": {"name": "E", "avatar": PIXEL}})).await;
}

/// The head of a picture that is 5001 pixels wide.
pub(crate) fn wide_picture() -> String {
    let mut bytes = BASE64_STANDARD.decode(PIXEL).expect("a picture");
    bytes[16..20].copy_from_slice(&5001_u32.to_be_bytes());
    BASE64_STANDARD.encode(bytes)
}

#[tokio::test]
async fn an_unknown_background_gives_way_to_that_of_the_user() {
    let bot = V2::register(json!({"backgroundId": "frost"})).await;
    assert_eq!(bot.ok("Bot.get", json!({})).await["bot"]["backgroundId"], "frost");
    for (sent, kept) in [(json!("teal"), json!("teal")), (json!("Tael"), json!(null)), (json!(null), json!(null))] {
        let answer = bot.ok("Bot.update", json!({"fields": {"backgroundId": sent}})).await;
        assert_eq!(answer["bot"]["backgroundId"], kept);
    }
}

#[tokio::test]
async fn an_application_may_have_a_hundred_bots() {
    let app = Bot::install().await;
    for number in 0..100 {
        add_bot(&app, &format!("bot{number}"), json!({})).await;
    }
    assert_eq!(refused(&app, "one_more", json!({})).await, "BOT_LIMIT_EXCEEDED");
    add_bot(&app, "bot7", json!({})).await;
}

#[tokio::test]
async fn the_code_of_another_application_is_taken() {
    let bot = V2::register(json!({})).await;
    let other = Bot::install_on(bot.app.portal.clone()).await;
    assert_eq!(refused(&other, "echo", json!({})).await, "BOT_CODE_ALREADY_TAKEN");
}

#[tokio::test]
async fn a_bot_is_changed_by_what_is_sent() {
    let bot = V2::register(json!({"properties": {"name": "EchoBot", "lastName": "Jr", "color": "mint"}})).await;
    let change =
        json!({"fields": {"properties": {"name": "Parrot", "color": "no such colour"}, "isReactionsEnabled": "N"}});
    let answer = bot.ok("Bot.update", change).await;

    assert_eq!((&answer["users"][0]["name"], &answer["users"][0]["color"]), (&json!("Parrot Jr"), &json!("#4ba984")));
    assert_eq!(answer["bot"]["isReactionsEnabled"], false);
    assert_eq!(bot.error("Bot.update", json!({"fields": {"eventMode": "pigeon"}})).await, "BOT_INVALID_EVENT_MODE");
    assert_eq!(bot.error("Bot.update", json!({"fields": {"eventMode": "webhook"}})).await, "BOT_INVALID_CALLBACK");
}

#[tokio::test]
async fn only_the_owner_acts_as_a_bot() {
    let bot = V2::register(json!({})).await;
    let other = Bot::install_on(bot.app.portal.clone()).await;
    for method in ["Bot.update", "Bot.unregister", "Command.list", "Event.get"] {
        let method = format!("imbot.v2.{method}");
        let named = |id: u64| json!({"botId": id, "fields": {"isHidden": "Y"}});
        assert_eq!(other.error(&method, named(bot.id)).await, "BOT_OWNERSHIP_ERROR", "{method}");
        assert_eq!(other.error(&method, named(999)).await, "BOT_NOT_FOUND", "{method}");
        assert_eq!(other.error(&method, json!({"fields": {"isHidden": "Y"}})).await, "BOT_ID_REQUIRED", "{method}");
    }
}

#[tokio::test]
async fn its_owner_sees_more_of_a_bot_than_others() {
    let bot = V2::register(json!({})).await;
    let other = Bot::install_on(bot.app.portal.clone()).await;

    let own = bot.app.ok("imbot.v2.Bot.get", json!({"code": "echo"})).await;
    let foreign = other.ok("imbot.v2.Bot.get", json!({"botId": bot.id})).await;
    assert_eq!((&own["bot"]["eventMode"], &own["bot"]["code"]), (&json!("fetch"), &json!("echo")));
    assert_eq!((&foreign["bot"]["eventMode"], &foreign["bot"]["code"]), (&json!(null), &json!("echo")));
    assert_eq!(other.error("imbot.v2.Bot.get", json!({})).await, "PARAMS_REQUIRED");
    assert_eq!(other.error("imbot.v2.Bot.get", json!({"code": "none"})).await, "BOT_NOT_FOUND");
}

#[tokio::test]
async fn the_bots_of_an_application_are_listed_in_pages_and_by_kind() {
    let bot = V2::register(json!({})).await;
    for (code, kind) in [("boss", "supervisor"), ("aide", "personal"), ("line", "openline")] {
        add_bot(&bot.app, code, json!({"type": kind})).await;
    }
    let codes = |answer: &Value| {
        let bots = answer["bots"].as_array().expect("bots").iter();
        bots.map(|bot| bot["code"].as_str().expect("a code").to_owned()).collect::<Vec<_>>()
    };
    let list = async |params: Value| bot.app.ok("imbot.v2.Bot.list", params).await;

    let first = list(json!({"limit": 3})).await;
    assert_eq!(
        (codes(&first), &first["hasNextPage"]),
        (vec!["echo".into(), "boss".into(), "aide".into()], &json!(true))
    );
    assert_eq!(first["users"].as_array().map(Vec::len), Some(3));
    let second = list(json!({"limit": 3, "offset": 3})).await;
    assert_eq!((codes(&second), &second["hasNextPage"]), (vec!["line".into()], &json!(false)));
    assert_eq!(codes(&list(json!({"filter": {"type": "personal"}})).await), ["aide"]);
    assert!(codes(&list(json!({"filter": {"type": "oracle"}})).await).is_empty());
}

#[tokio::test]
async fn what_a_bot_has_done_is_counted() {
    let bot = V2::register(json!({})).await;
    bot.send(json!({"message": "one"})).await;
    bot.send(json!({"message": "two"})).await;
    bot.team().await;
    bot.ok("Command.register", json!({"fields": {"command": "help", "hidden": true}})).await;

    let told = bot.ok("Bot.get", json!({})).await["bot"].take();
    assert_eq!((&told["countMessage"], &told["countCommand"]), (&json!(2), &json!(1)));
    assert_eq!((&told["countChat"], &told["countUser"]), (&json!(2), &json!(1)));
}

#[tokio::test]
async fn a_deleted_bot_is_gone() {
    let bot = V2::register(json!({})).await;
    let chat = bot.dialog().await;
    assert_eq!(bot.ok("Bot.unregister", json!({})).await, json!({"result": true}));
    assert_eq!(bot.error("Bot.update", json!({"fields": {"isHidden": "Y"}})).await, "BOT_NOT_FOUND");
    assert!(chat.say("still there?").await.is_err());
}

#[tokio::test]
async fn both_apis_reach_the_same_bot_and_its_events_keep_the_format_of_its_registration() {
    let bot = V2::register(json!({})).await;
    let first = bot.app.add_bot("first", json!({})).await;

    assert_eq!(bot.app.add_bot("echo", json!({})).await, bot.id, "known to imbot.register");
    assert_eq!(add_bot(&bot.app, "first", json!({})).await, first, "known to imbot.v2.Bot.register");
    let listed = bot.app.ok("imbot.bot.list", json!({})).await;
    assert_eq!(
        (&listed[bot.id.to_string()]["CODE"], &listed[first.to_string()]["CODE"]),
        (&json!("echo"), &json!("first"))
    );
    assert_eq!(bot.ok("Bot.get", json!({"botId": first})).await["bot"]["eventMode"], "webhook");

    bot.app.portal.admin().open("first").await.expect("a dialog");
    assert_eq!(bot.app.event().await.name(), "ONIMBOTJOINCHAT");
    bot.app.portal.admin().open("echo").await.expect("a dialog");
    bot.only("ONIMBOTV2JOINCHAT").await;
    assert!(bot.app.all_events().await.is_empty());
}

#[tokio::test]
async fn a_bot_moves_to_the_api_that_says_where_its_events_go() {
    let bot = V2::register(json!({})).await;
    let first = bot.app.add_bot("first", json!({})).await;
    let chat = bot.app.portal.admin().open("first").await.expect("a dialog");
    assert_eq!(bot.app.event().await.name(), "ONIMBOTJOINCHAT");

    let fetch = json!({"botId": first, "fields": {"eventMode": "fetch"}});
    assert_eq!(bot.ok("Bot.update", fetch).await["bot"]["eventMode"], "fetch");
    chat.say("waits").await.expect("a message");
    let waiting = bot.ok("Event.get", json!({"botId": first})).await["events"].take();
    assert_eq!(waiting[0]["type"], "ONIMBOTV2MESSAGEADD");
    let post = json!({"botId": first, "fields": {"eventMode": "webhook", "webhookUrl": bot.app.handler}});
    bot.ok("Bot.update", post).await;
    chat.say("in the new format").await.expect("a message");
    assert_eq!(bot.app.event().await.name(), "ONIMBOTV2MESSAGEADD");

    let back = json!({"BOT_ID": first, "FIELDS": {"EVENT_HANDLER": bot.app.handler, "PROPERTIES": {"NAME": "First"}}});
    bot.app.ok("imbot.update", back).await;
    chat.say("in the old format").await.expect("a message");
    assert_eq!(bot.app.event().await.name(), "ONIMBOTMESSAGEADD");
    assert!(bot.app.all_events().await.is_empty(), "each came once");
}

#[tokio::test]
async fn a_webhook_client_names_its_bot_by_a_token() {
    let bot = V2::register(json!({})).await;
    let hook = bot.app.portal.webhook(1, ["imbot"]);
    let call = async |method: &str, params: Value| bot.app.post(&format!("{hook}imbot.v2.{method}"), &params).await;
    let code = |(_, answer): (u16, Value)| answer["error"].as_str().expect("a code").to_owned();

    assert_eq!(
        code(call("Bot.register", json!({"fields": fields("hook", json!({}))})).await),
        "BOT_TOKEN_NOT_SPECIFIED"
    );
    let long = fields("hook", json!({"botToken": "x".repeat(41)}));
    assert_eq!(code(call("Bot.register", json!({"fields": long})).await), "BOT_TOKEN_INVALID_LENGTH");
    let (status, answer) = call("Bot.register", json!({"fields": fields("hook", json!({"botToken": "old"}))})).await;
    assert_eq!(status, 200, "{answer}");
    let id = answer["result"]["bot"]["id"].clone();

    assert_eq!(code(call("Command.list", json!({"botId": id})).await), "BOT_TOKEN_NOT_SPECIFIED");
    assert_eq!(code(call("Command.list", json!({"botId": id, "botToken": "guess"})).await), "BOT_OWNERSHIP_ERROR");
    assert_eq!(call("Command.list", json!({"botId": id, "botToken": "old"})).await.0, 200);
    assert_eq!(call("Revision.get", json!({})).await.1["result"]["rest"], 36, "for everybody");
}

#[tokio::test]
async fn a_new_token_takes_the_place_of_the_old_one() {
    let bot = V2::register(json!({})).await;
    let hook = bot.app.portal.webhook(1, ["imbot"]);
    let call = async |method: &str, params: Value| bot.app.post(&format!("{hook}imbot.v2.{method}"), &params).await;
    let (_, answer) = call("Bot.register", json!({"fields": fields("one", json!({"botToken": "first"}))})).await;
    call("Bot.register", json!({"fields": fields("two", json!({"botToken": "second"}))})).await;
    let id = &answer["result"]["bot"]["id"];
    let rotate = |token: &str| json!({"botId": id, "botToken": "first", "fields": {"botToken": token}});
    let code = |(_, answer): (u16, Value)| answer["error"].as_str().map(str::to_owned);

    assert_eq!(code(call("Bot.update", rotate("second")).await).as_deref(), Some("BOT_TOKEN_ROTATION_FAILED"));
    assert_eq!(code(call("Bot.update", rotate(&"x".repeat(41))).await).as_deref(), Some("BOT_TOKEN_INVALID_LENGTH"));
    assert_eq!(call("Bot.update", rotate("  ")).await.0, 200, "blank is ignored");
    assert_eq!(call("Bot.update", rotate("third")).await.0, 200);
    assert_eq!(code(call("Bot.update", rotate("fourth")).await).as_deref(), Some("BOT_OWNERSHIP_ERROR"));
    assert_eq!(call("Command.list", json!({"botId": id, "botToken": "third"})).await.0, 200);
}

#[tokio::test]
async fn an_old_portal_tells_the_application_of_a_bot() {
    for (revision, is_told) in [(34, true), (35, false)] {
        let portal = b24_portal::Portal::builder().revision(revision).start().await.expect("a portal");
        let app = Bot::install_on(portal).await;
        let answer = registered(&app, "echo", json!({})).await;
        assert_eq!(answer["bot"]["appId"] == app.app.client_id, is_told, "{revision}");
    }
}
