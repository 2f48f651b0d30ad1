use std::time::Duration;

use serde_json::{Value, json};

use crate::{desk::Desk, person::dialog};

fn message(desk: &Desk, user: u64, more: Value) -> Value {
    let mut params = json!({"CODE": desk.line.code(), "USER_ID": user, "MESSAGE": "We have news"});
    if let (Some(params), Value::Object(more)) = (params.as_object_mut(), more) {
        params.extend(more);
    }
    params
}

#[tokio::test]
async fn a_line_that_is_joined_is_a_bot_to_write_to() {
    let desk = Desk::open().await;
    let cid = desk.ann.colleague("Cid Poe");
    let join = json!({"CODE": desk.line.code()});

    let bot = cid.ok("imopenlines.network.join", join.clone()).await.as_u64().expect("a bot");
    assert_eq!(cid.ok("imopenlines.network.join", join).await, json!(bot), "it is joined once");
    cid.say(bot, "I have a question").await;
    let chat = desk.line.conversations().first().expect("a conversation").0;
    let code = desk.look(chat).await["entity_id"].as_str().expect("a code").to_owned();
    assert!(
        code.starts_with(&format!("network|{}|", desk.line.id())) && code.ends_with(&format!("|{}", cid.id())),
        "{code}"
    );
    desk.ann.say(dialog(chat), "Go ahead").await;

    let private = cid.ok("im.dialog.messages.get", json!({"DIALOG_ID": bot})).await;
    assert_eq!(
        (&private["messages"][0]["text"], &private["messages"][0]["author_id"]),
        (&json!("Go ahead"), &json!(bot))
    );
    let recent = cid.ok("im.recent.get", json!({"ONLY_OPENLINES": "Y"})).await;
    assert_eq!(recent, json!([]), "the chat of the operators is not theirs to see");
}

#[tokio::test]
async fn only_lines_that_are_there_and_at_work_are_joined() {
    let desk = Desk::open().await;
    let join = |code: &str| desk.ann.error("imopenlines.network.join", json!({"CODE": code}));
    assert_eq!(join("short").await, "CODE");
    assert_eq!(join("").await, "CODE");
    assert_eq!(join(&"0".repeat(32)).await, "NOT_FOUND");
    desk.set(json!({"ACTIVE": "N"})).await;
    assert_eq!(join(&desk.line.code()).await, "INACTIVE");
}

#[tokio::test]
async fn a_user_gets_at_most_one_message_a_week_from_a_line() {
    let desk = Desk::open().await;
    let cid = desk.ann.colleague("Cid Poe");
    let add = "imopenlines.network.message.add";
    let params = message(&desk, cid.id(), json!({}));

    assert_eq!(desk.ann.ok(add, params.clone()).await, true);
    assert_eq!(desk.ann.error(add, params.clone()).await, "USER_MESSAGE_LIMIT");
    assert_eq!(desk.ann.ok(add, message(&desk, desk.bob.id(), json!({}))).await, true, "somebody else");
    desk.portal.advance(Duration::from_hours(7 * 24 - 1));
    assert_eq!(desk.ann.error(add, params.clone()).await, "USER_MESSAGE_LIMIT");
    desk.portal.advance(Duration::from_hours(2));
    assert_eq!(desk.ann.ok(add, params).await, true);
    let bot = desk.ann.ok("imopenlines.network.join", json!({"CODE": desk.line.code()})).await;
    let messages = cid.ok("im.dialog.messages.get", json!({"DIALOG_ID": bot})).await;
    assert_eq!(messages["messages"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_message_of_a_line_is_checked_before_it_goes() {
    let desk = Desk::open().await;
    let user = desk.bob.id();
    let link = json!([{"TEXT": "Site", "LINK": "https://example.com"}]);
    for (more, code) in [
        (json!({"CODE": "short"}), "CODE"),
        (json!({"CODE": "0".repeat(32)}), "NOT_FOUND"),
        (json!({"USER_ID": 0}), "USER_ID_EMPTY"),
        (json!({"USER_ID": 999}), "WRONG_REQUEST"),
        (json!({"MESSAGE": ""}), "MESSAGE_EMPTY"),
        (json!({"KEYBOARD": [{"TEXT": "Go", "COMMAND": "go"}]}), "KEYBOARD_ERROR"),
        (json!({"ATTACH": [{"MESSAGE": "x".repeat(31 * 1024)}]}), "ATTACH_OVERSIZE"),
    ] {
        let params = message(&desk, user, more.clone());
        assert_eq!(desk.ann.error("imopenlines.network.message.add", params).await, code, "{more}");
    }
    let params = message(&desk, user, json!({"KEYBOARD": link}));
    assert_eq!(desk.ann.ok("imopenlines.network.message.add", params).await, true);
}
