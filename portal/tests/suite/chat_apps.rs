use serde_json::{Value, json};

use crate::bot::{Bot, extend};

const HASH: &str = "d1ab17949a572b0979d8db0d5b349cd2";
const TEXTS: [(&str, &str); 2] = [("en", "Open"), ("de", "Öffnen")];

fn page(more: Value) -> Value {
    let texts = TEXTS.map(|(language, title)| json!({"LANGUAGE_ID": language, "TITLE": title, "COPYRIGHT": "us"}));
    let mut params = json!({
        "CODE": "page", "IFRAME": "https://app.example/page?a=1", "HASH": HASH, "CONTEXT": "ALL", "LANG": texts,
    });
    extend(&mut params, more);
    params
}

fn command(more: Value) -> Value {
    let mut params = json!({
        "CODE": "help", "JS_METHOD": "SEND", "JS_PARAM": "/help", "LANG": [{"LANGUAGE_ID": "en", "TITLE": "Help"}],
    });
    extend(&mut params, more);
    params
}

async fn register(bot: &Bot, params: Value) -> u64 {
    bot.ok("imbot.app.register", params).await.as_u64().expect("an application id")
}

/// The icons that a user sees in a dialog.
async fn icons(bot: &Bot, user: u64, dialog: &str) -> Vec<Value> {
    let (_, mut answer) = bot.get(&format!("{}/portal/apps?user={user}&dialog={dialog}", bot.portal.url())).await;
    answer["apps"].as_array_mut().expect("a list").drain(..).collect()
}

#[tokio::test]
async fn an_icon_is_a_command_or_a_page() {
    let (bot, id) = Bot::register("echo").await;
    register(&bot, command(json!({}))).await;
    register(&bot, page(json!({"IFRAME_WIDTH": 500, "IFRAME_HEIGHT": "50", "IFRAME_POPUP": "Y"}))).await;

    let icons = icons(&bot, 1, &id.to_string()).await;
    assert_eq!(
        (&icons[0]["title"], &icons[0]["action"]),
        (&json!("Help"), &json!({"method": "SEND", "param": "/help"}))
    );
    assert_eq!(icons[1]["action"], json!({"width": 500, "height": 50, "popup": true}));
    assert_eq!((&icons[1]["title"], &icons[1]["copyright"]), (&json!("Open"), &json!("us")));
}

#[tokio::test]
async fn an_application_without_its_parts_is_refused() {
    let (bot, _) = Bot::register("echo").await;
    for (params, code) in [
        (json!({"CODE": "x"}), "PARAMS_ERROR"),
        (page(json!({"HASH": ""})), "HASH_ERROR"),
        (page(json!({"HASH": "short"})), "HASH_ERROR"),
        (page(json!({"IFRAME": "http://app.example/"})), "IFRAME_HTTPS"),
        (page(json!({"IFRAME_WIDTH": 249})), "PARAMS_ERROR"),
        (page(json!({"IFRAME_HEIGHT": 49})), "PARAMS_ERROR"),
        (page(json!({"LANG": []})), "LANG_ERROR"),
        (page(json!({"BOT_ID": 999})), "BOT_ID_ERROR"),
        (command(json!({"JS_METHOD": "SHOUT"})), "PARAMS_ERROR"),
        (command(json!({"JS_PARAM": "alert(1)"})), "PARAMS_ERROR"),
        (command(json!({"JS_METHOD": "SUPPORT", "JS_PARAM": "short"})), "PARAMS_ERROR"),
        (command(json!({"JS_METHOD": "CALL", "JS_PARAM": "nobody"})), "PARAMS_ERROR"),
    ] {
        assert_eq!(bot.error("imbot.app.register", params.clone()).await, code, "{params}");
    }
    register(&bot, page(json!({"LANG": [], "HIDDEN": "Y"}))).await;
    register(&bot, page(json!({"CODE": "here", "IFRAME": "http://127.0.0.1:3000/"}))).await;
    register(&bot, command(json!({"CODE": "call", "JS_METHOD": "CALL", "JS_PARAM": "+1 (555) 01-02"}))).await;
}

#[tokio::test]
async fn an_icon_stands_in_the_chats_of_its_context() {
    let (bot, id) = Bot::register("echo").await;
    for context in ["ALL", "USER", "CHAT", "BOT", "LINES", "CALL", "CHAT-admin"] {
        register(&bot, page(json!({"CODE": context, "CONTEXT": context}))).await;
    }
    let ann = bot.portal.user("Ann Lee");
    ann.open_with(&bot.portal.admin()).await.expect("a dialog");
    let team = bot.portal.admin().group("Team", [&ann]).await.expect("a chat");
    let codes = async |user: u64, dialog: String| {
        let icons = icons(&bot, user, &dialog).await;
        icons.iter().map(|icon| icon["code"].as_str().expect("a code").to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(codes(1, id.to_string()).await, "ALL USER BOT");
    assert_eq!(codes(1, ann.id().to_string()).await, "ALL USER");
    assert_eq!(codes(1, format!("chat{}", team.id())).await, "ALL CHAT CHAT-admin");
    assert_eq!(codes(ann.id().0, format!("chat{}", team.id())).await, "ALL CHAT");
}

#[tokio::test]
async fn a_page_is_opened_with_hashes_that_it_can_check() {
    let (bot, id) = Bot::register("echo").await;
    let app = register(&bot, page(json!({}))).await;
    let open = async |more: &str| {
        let ask = format!("{}/portal/app?user=1&dialog={id}&app={app}{more}", bot.portal.url());
        let (status, answer) = bot.get(&ask).await;
        assert_eq!(status, 200, "{answer}");
        let url = reqwest::Url::parse(answer["url"].as_str().expect("an address")).expect("an address");
        url.query_pairs().into_owned().collect::<std::collections::BTreeMap<_, _>>()
    };

    let told = open("").await;
    let expected = [
        ("a", "1".to_owned()),
        ("BOT_ID", id.to_string()),
        ("BOT_CODE", "echo".to_owned()),
        ("APP_ID", app.to_string()),
        ("APP_CODE", "page".to_owned()),
        ("DOMAIN", bot.portal.url().to_owned()),
        // MD5 of "127.0.0.1" and of "1", each followed by the hash.
        ("DOMAIN_HASH", "b9b38597795533f10597f994993352bc".to_owned()),
        ("USER_ID", "1".to_owned()),
        ("USER_HASH", "be3f19ee5aa6fdba21983f3b93e0bd2a".to_owned()),
        ("DIALOG_ID", id.to_string()),
        ("CONTEXT", "textarea".to_owned()),
        ("LANG", "en".to_owned()),
        ("IS_CHROME", "N".to_owned()),
    ];
    assert_eq!(told, expected.map(|(name, value)| (name.to_owned(), value)).into());
    let told = open("&message=7&params=a%20b&chrome=Y").await;
    assert_eq!((told["CONTEXT"].as_str(), told["MESSAGE_ID"].as_str()), ("button", "7"));
    assert_eq!((told["BUTTON_PARAMS"].as_str(), told["IS_CHROME"].as_str()), ("a b", "Y"));
}

#[tokio::test]
async fn an_update_changes_what_is_sent_and_a_command_goes_before_a_page() {
    let (bot, id) = Bot::register("echo").await;
    let app = register(&bot, page(json!({}))).await;
    let update = async |fields: Value| bot.ok("imbot.app.update", json!({"APP_ID": app, "FIELDS": fields})).await;
    let action = async || icons(&bot, 1, &id.to_string()).await[0]["action"].clone();

    assert_eq!(update(json!({"IFRAME_WIDTH": 400})).await, true);
    assert_eq!(action().await, json!({"width": 400, "height": 150, "popup": false}));
    update(json!({"IFRAME": "https://app.example/", "JS_METHOD": "PUT", "JS_PARAM": "/echo"})).await;
    assert_eq!(action().await, json!({"method": "PUT", "param": "/echo"}));
    update(json!({"LANG": [{"LANGUAGE_ID": "en", "TITLE": "New"}], "CONTEXT": "BOT"})).await;
    assert_eq!(icons(&bot, 1, &id.to_string()).await[0]["title"], "New");

    let error = async |fields: Value| bot.error("imbot.app.update", json!({"APP_ID": app, "FIELDS": fields})).await;
    assert_eq!(error(json!({"IFRAME": "http://app.example/", "HASH": HASH})).await, "IFRAME_HTTPS");
    assert_eq!(error(json!({"JS_METHOD": "SHOUT"})).await, "WRONG_REQUEST");
}

#[tokio::test]
async fn applications_belong_to_who_registered_them_and_go_with_their_bot() {
    let (bot, id) = Bot::register("echo").await;
    let app = register(&bot, page(json!({}))).await;
    assert_eq!(register(&bot, page(json!({}))).await, app, "registered again, it keeps its number");
    let other = Bot::install_on(bot.portal.clone()).await;
    let named = |app: u64| json!({"APP_ID": app, "FIELDS": {"CONTEXT": "ALL"}});
    for method in ["imbot.app.update", "imbot.app.unregister"] {
        assert_eq!(other.error(method, named(app)).await, "APP_ID_ERROR");
        assert_eq!(bot.error(method, named(999)).await, "CHAT_APP_ID_ERROR");
    }
    assert_eq!(bot.ok("imbot.app.unregister", named(app)).await, true);
    assert_eq!(bot.error("imbot.app.unregister", named(app)).await, "CHAT_APP_ID_ERROR");

    let app = register(&bot, page(json!({}))).await;
    bot.ok("imbot.unregister", json!({"BOT_ID": id})).await;
    assert_eq!(bot.error("imbot.app.unregister", named(app)).await, "CHAT_APP_ID_ERROR");
}
