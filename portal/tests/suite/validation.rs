use serde_json::{Value, json};

use crate::bot::Bot;

async fn add(bot: &Bot, more: Value) -> Result<Value, String> {
    let mut params = json!({"DIALOG_ID": 1, "MESSAGE": "hi"});
    if let (Some(params), Value::Object(more)) = (params.as_object_mut(), more) {
        params.extend(more);
    }
    let (status, mut answer) = bot.call("imbot.message.add", params).await;
    if status == 200 {
        Ok(answer["result"].take())
    } else {
        Err(answer["error"].as_str().unwrap_or_default().to_owned())
    }
}

#[tokio::test]
async fn what_is_missing_has_its_own_code() {
    let (bot, _) = Bot::register("echo").await;
    assert_eq!(bot.error("imbot.message.add", json!({"DIALOG_ID": 1})).await, "MESSAGE_EMPTY");
    assert_eq!(bot.error("imbot.message.add", json!({"DIALOG_ID": 1, "MESSAGE": "  "})).await, "MESSAGE_EMPTY");
    assert_eq!(bot.error("imbot.message.add", json!({"MESSAGE": "hi"})).await, "DIALOG_ID_EMPTY");
    assert_eq!(bot.error("imbot.message.add", json!({"MESSAGE": "hi", "DIALOG_ID": "sg"})).await, "DIALOG_ID_EMPTY");
    assert_eq!(bot.error("event.bind", json!({"EVENT": "ONAPPUPDATE"})).await, "ERROR_ARGUMENT");
    assert_eq!(bot.error("no.such.method", json!({})).await, "ERROR_METHOD_NOT_FOUND");
}

#[tokio::test]
async fn half_a_pair_is_no_target() {
    let (bot, _) = Bot::register("echo").await;
    assert_eq!(bot.error("imbot.message.add", json!({"MESSAGE": "hi", "FROM_USER_ID": 1})).await, "DIALOG_ID_EMPTY");
}

#[tokio::test]
async fn a_keyboard_is_checked_button_by_button() {
    let (bot, _) = Bot::register("echo").await;
    let good = [
        json!([{"TEXT": "A", "COMMAND": "a"}, {"TYPE": "NEWLINE"}, {"TEXT": "B", "LINK": "https://example.com", "DISPLAY": "LINE"}]),
        json!({"BUTTONS": [{"TEXT": "A", "COMMAND": "a"}]}),
        json!("[{\"TEXT\": \"A\", \"COMMAND\": \"a\"}]"),
        json!("N"),
        json!([]),
    ];
    for keyboard in good {
        assert!(add(&bot, json!({"KEYBOARD": keyboard})).await.is_ok(), "{keyboard}");
    }
    let bad = [
        json!("no JSON"),
        json!([1]),
        json!([{"TEXT": "nothing to do"}]),
        json!([{"COMMAND": "a"}]),
        json!([{"TEXT": "A", "COMMAND": "a", "DISPLAY": "DIAGONAL"}]),
        json!([{"TEXT": "A", "LINK": "nowhere"}]),
        json!([{"TEXT": "A", "COMMAND": "a", "BLOCK": "maybe"}]),
    ];
    for keyboard in bad {
        assert_eq!(add(&bot, json!({"KEYBOARD": keyboard})).await, Err("KEYBOARD_ERROR".to_owned()), "{keyboard}");
    }
}

#[tokio::test]
async fn an_attachment_is_blocks_alone_or_a_card() {
    let (bot, _) = Bot::register("echo").await;
    let blocks = json!([
        {"MESSAGE": "text"},
        {"USER": {"NAME": "Ann", "USER_ID": 1}},
        {"LINK": {"NAME": "Site", "LINK": "https://example.com"}},
        {"DELIMITER": {"SIZE": 200, "COLOR": "#c6c6c6"}},
        {"GRID": [{"NAME": "Key", "VALUE": "Value", "DISPLAY": "LINE"}]},
        {"IMAGE": {"LINK": "https://example.com/a.png"}},
        {"FILE": [{"LINK": "https://example.com/a.pdf"}]},
    ]);
    for attach in [blocks.clone(), json!({"ID": 1, "COLOR": "#29619b", "BLOCKS": blocks})] {
        let added = add(&bot, json!({"ATTACH": attach})).await;
        assert!(added.is_ok(), "{added:?}");
        let last = bot.portal.admin().open("echo").await.expect("a dialog").last().await.expect("a message");
        assert_eq!(last.attach()[0]["BLOCKS"], blocks, "always shown in the full form");
    }
    for attach in [
        json!([{"NOTE": "x"}]),
        json!([{"MESSAGE": "x", "LINK": {}}]),
        json!({"BLOCKS": "x"}),
        json!([{"LINK": {"NAME": "x"}}]),
    ] {
        assert_eq!(add(&bot, json!({"ATTACH": attach})).await, Err("ATTACH_ERROR".to_owned()), "{attach}");
    }
    assert_eq!(add(&bot, json!({"MENU": [{"LINK": "https://example.com"}]})).await, Err("MENU_ERROR".to_owned()));
}

#[tokio::test]
async fn thirty_kilobytes_are_the_most() {
    let (bot, _) = Bot::register("echo").await;
    let text = "x".repeat(30 * 1024);
    let keyboard = json!([{"TEXT": text, "COMMAND": "a"}]);
    assert_eq!(add(&bot, json!({"KEYBOARD": keyboard})).await, Err("KEYBOARD_OVERSIZE".to_owned()));
    assert_eq!(add(&bot, json!({"ATTACH": [{"MESSAGE": text}]})).await, Err("ATTACH_OVERSIZE".to_owned()));
    assert_eq!(add(&bot, json!({"MENU": [{"TEXT": text, "COMMAND": "a"}]})).await, Err("MENU_OVERSIZE".to_owned()));
    assert!(add(&bot, json!({"MESSAGE": text})).await.is_ok(), "a text has no such limit");
}

#[tokio::test]
async fn a_birthday_is_a_date() {
    let bot = Bot::install().await;
    let with = |date: &str| json!({"CODE": "e", "EVENT_HANDLER": bot.handler, "PROPERTIES": {"NAME": "E", "PERSONAL_BIRTHDAY": date}});
    assert_eq!(bot.error("imbot.register", with("2016-13-01")).await, "ERROR_ARGUMENT");
    assert!(bot.ok("imbot.register", with("2016-03-11")).await.is_u64());
}

#[tokio::test]
async fn a_photo_that_is_none_does_not_keep_a_bot_from_its_registration() {
    let bot = Bot::install().await;
    bot.add_bot(
        "echo",
        json!({"PROPERTIES": {"NAME": "Echo", "PERSONAL_PHOTO": "cut off...", "PERSONAL_WWW": "test.ru"}}),
    )
    .await;
    let (_, state) = bot.get(&format!("{}/portal/state?user=1", bot.portal.url())).await;
    assert!(state["users"].as_array().is_some_and(|users| users.iter().all(|user| user["avatar"] == "")));
}
