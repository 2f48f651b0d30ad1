use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::bot::{Bot, fetch, http};

/// The ways to say the same thing, each as a request that has no method in its address yet.
struct Way {
    name: &'static str,
    build: fn(&Bot, &str) -> reqwest::RequestBuilder,
}

const FORM: &str = "application/x-www-form-urlencoded";
const MESSAGE: &str = "DIALOG_ID=1&MESSAGE=hi+there&KEYBOARD[0][TEXT]=Go&KEYBOARD[0][COMMAND]=go&SYSTEM=N";

fn url(bot: &Bot, method: &str) -> String {
    format!("{}/rest/{method}", bot.portal.url())
}

const WAYS: [Way; 7] = [
    Way {
        name: "a query",
        build: |bot, method| http().get(format!("{}?auth={}&{MESSAGE}", url(bot, method), bot.token())),
    },
    Way {
        name: "a form",
        build: |bot, method| {
            let body = format!("{MESSAGE}&auth={}", bot.token());
            http().post(url(bot, method)).header("content-type", FORM).body(body)
        },
    },
    Way {
        name: "a form with escaped brackets and the token in the query",
        build: |bot, method| {
            let body = MESSAGE.replace('[', "%5B").replace(']', "%5D");
            http().post(format!("{}?auth={}", url(bot, method), bot.token())).header("content-type", FORM).body(body)
        },
    },
    Way { name: "JSON", build: |bot, method| http().post(url(bot, method)).json(&message(json!(bot.token()))) },
    Way {
        name: "JSON with the whole auth block of an event",
        build: |bot, method| http().post(url(bot, method)).json(&message(json!({"access_token": bot.token()}))),
    },
    Way {
        name: "JSON with a bearer token",
        build: |bot, method| http().post(url(bot, method)).bearer_auth(bot.token()).json(&message(Value::Null)),
    },
    Way {
        name: "multipart",
        build: |bot, method| {
            let form = reqwest::multipart::Form::new().text("DIALOG_ID", "1").text("MESSAGE", "hi there");
            let form = form.text("KEYBOARD[0][TEXT]", "Go").text("KEYBOARD[0][COMMAND]", "go");
            http().post(url(bot, method)).multipart(form.text("auth", bot.token().to_owned()))
        },
    },
];

fn message(auth: Value) -> Value {
    let mut message = json!({
        "DIALOG_ID": "1", "MESSAGE": "hi there", "SYSTEM": "N",
        "KEYBOARD": [{"TEXT": "Go", "COMMAND": "go"}], "bx24_request_id": "unknown",
    });
    if !auth.is_null() {
        message["auth"] = auth;
    }
    message
}

#[tokio::test]
async fn every_encoding_says_the_same() {
    let (bot, _) = Bot::register("echo").await;
    for way in WAYS {
        let response = (way.build)(&bot, "imbot.message.add").send().await.expect("an answer");
        let (status, text) = (response.status(), response.text().await.expect("a body"));
        assert_eq!(status, 200, "{}: {text}", way.name);
        let last = bot.portal.admin().open("echo").await.expect("a dialog").last().await.expect("a message");
        assert_eq!((last.text(), last.buttons()), ("hi there", vec!["Go".to_owned()]), "{}", way.name);
    }
}

#[tokio::test]
async fn the_word_before_a_bearer_token_is_read_in_any_letter_case() {
    let bot = Bot::install().await;
    for word in ["Bearer", "bearer", "BEARER"] {
        let request = http().get(url(&bot, "app.info")).header("authorization", format!("{word} {}", bot.token()));
        assert_eq!(request.send().await.expect("an answer").status(), 200, "{word}");
    }
    let request = http().get(url(&bot, "app.info")).basic_auth(bot.token(), None::<&str>);
    assert_eq!(request.send().await.expect("an answer").status(), 401);
}

#[tokio::test]
async fn a_method_is_found_however_it_is_written() {
    let (bot, _) = Bot::register("echo").await;
    let urls = [
        "imbot.bot.list",
        "IMBOT.BOT.LIST",
        "imbot.bot.list.json",
        "imbot.bot.list/",
        "/imbot.bot.list",
        "Imbot.Bot.List.JSON",
    ];
    for written in urls {
        let (status, answer) = bot.post(&url(&bot, written), &json!({"auth": bot.token()})).await;
        assert_eq!((status, answer["error"].as_str()), (200, None), "{written}");
    }
    let glued = format!("{}/restimbot.bot.list", bot.portal.url());
    assert_eq!(bot.post(&glued, &json!({"auth": bot.token()})).await.0, 200, "the classic sample forgets the slash");
    assert!(bot.portal.calls().iter().skip(1).all(|call| call.name() == "imbot.bot.list"));
}

#[tokio::test]
async fn xml_is_answered_where_it_is_asked_for() {
    let bot = Bot::install().await;
    let response =
        fetch(format!("{}/rest/im.revision.get.xml?auth={}", bot.portal.url(), bot.token())).await.expect("an answer");
    assert!(response.headers()["content-type"].to_str().is_ok_and(|kind| kind.contains("xml")));
    let text = response.text().await.expect("a body");
    assert!(text.contains("<response><result><rest>36</rest>"), "{text}");
}

#[tokio::test]
async fn an_answer_has_a_time_block() {
    let bot = Bot::install().await;
    let (_, answer) = bot.call("im.revision.get", json!({})).await;
    let time = answer["time"].as_object().expect("a time block");
    for key in
        ["start", "finish", "duration", "processing", "date_start", "date_finish", "operating", "operating_reset_at"]
    {
        assert!(time.contains_key(key), "{key}");
    }
    assert_eq!(answer.as_object().and_then(|answer| answer.keys().next()).map(String::as_str), Some("result"));
}

#[tokio::test]
async fn an_offer_to_upgrade_is_passed_over() {
    let bot = Bot::install().await;
    let request = http().get(format!("{}/rest/app.info?auth={}", bot.portal.url(), bot.token()));
    let request = request
        .header("connection", "Upgrade, HTTP2-Settings")
        .header("upgrade", "h2c")
        .header("http2-settings", "AAMAAABkAAQ");
    assert_eq!(request.send().await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn scalars_are_loose() {
    let (bot, id) = Bot::register("echo").await;
    for system in [json!("Y"), json!(1), json!("1"), json!(true), json!("true"), json!("True"), json!("y")] {
        let params = json!({"bot_id": id.to_string(), "Dialog_Id": 1, "MESSAGE": 42, "SYSTEM": system});
        bot.ok("imbot.message.add", params).await;
        let last = bot.portal.admin().open("echo").await.expect("a dialog").last().await.expect("a message");
        assert_eq!((last.text(), last.author()), ("42", "System"), "{system}");
    }
}

#[tokio::test]
async fn broken_bodies_are_refused_politely() {
    let bot = Bot::install().await;
    let send = async |kind: &str, body: &str| {
        let url = format!("{}/rest/app.info?auth={}", bot.portal.url(), bot.token());
        let request = http().post(url).header("content-type", kind).body(body.to_owned());
        request.send().await.expect("an answer").status().as_u16()
    };
    assert_eq!(send("application/json", "{").await, 400);
    assert_eq!(send("application/json", "[1]").await, 400);
    assert_eq!(send("application/json", "[]").await, 200);
    assert_eq!(send("application/json", "").await, 200);
    assert_eq!(send("multipart/form-data; boundary=x", "--y").await, 400);
    assert_eq!(send("multipart/form-data", "x").await, 400);
    assert_eq!(send(FORM, "%ff%fe=%00&[[[]]]=&a[b][c][d]=1&a=2&==&&").await, 200);
}

#[tokio::test]
async fn no_request_breaks_the_portal() {
    let (bot, _) = Bot::register("echo").await;
    let odd = [
        "[USER=",
        "[USER=99999999999999999999]x[/USER]",
        "/",
        "//",
        "/echo",
        "\u{0}",
        "ü[",
        "$result[",
        "chat",
        "chat0",
        "-1",
        "99999999999999999999",
        "1e9",
        "NaN",
        "{\"a\":",
        "[[[[",
        "%",
        "&&==",
        "Y",
        "2016-02-30",
        "data:;base64,",
    ];
    for value in odd {
        for shape in [
            json!(value),
            json!([value]),
            json!({"BLOCKS": [value], value: value}),
            json!([{"TEXT": value, "COMMAND": value}]),
        ] {
            let params = json!({
                "BOT_ID": shape, "DIALOG_ID": 1, "MESSAGE": shape, "ATTACH": shape, "KEYBOARD": shape, "MENU": shape,
                "SYSTEM": shape, "USERS": shape, "CHAT_ID": shape, "cmd": shape, "FIELDS": shape, "PROPERTIES": shape,
                "CODE": value, "EVENT_HANDLER": shape, "LANG": shape, "COMMAND": value, "halt": shape,
            });
            for method in [
                "imbot.message.add",
                "imbot.register",
                "imbot.update",
                "imbot.chat.add",
                "imbot.command.register",
                "batch",
                value,
            ] {
                let path = utf8_percent_encode(method, NON_ALPHANUMERIC).to_string();
                bot.call(&path, params.clone()).await;
            }
        }
        let chat = bot.portal.admin().open("echo").await.expect("a dialog");
        chat.say(value).await.expect("a message");
    }
    bot.ok("app.info", json!({})).await;
}
