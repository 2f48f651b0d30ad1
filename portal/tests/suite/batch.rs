use serde_json::{Value, json};

use crate::bot::Bot;

fn add(text: &str) -> String {
    format!("imbot.message.add?DIALOG_ID=1&MESSAGE={text}")
}

#[tokio::test]
async fn commands_run_in_the_order_they_were_written() {
    let (bot, _) = Bot::register("echo").await;
    let cmd = json!({"z": add("first"), "a": add("second"), "info": "app.info"});

    let answer = bot.ok("batch", json!({"cmd": cmd, "halt": 0})).await;
    let id = |key: &str| answer["result"][key].as_u64().expect("an id");
    assert!(id("z") < id("a"));
    assert_eq!(answer["result_error"], json!([]), "an empty section is a list");
    assert_eq!((&answer["result_total"], &answer["result_next"]), (&json!([]), &json!([])));
    assert!(answer["result_time"]["info"]["duration"].is_number());
}

#[tokio::test]
async fn a_list_of_commands_has_a_list_of_results() {
    let (bot, _) = Bot::register("echo").await;
    let answer = bot.ok("batch", json!({"cmd": ["im.revision.get", "im.revision.get"]})).await;
    assert_eq!(answer["result"][1]["rest"], 36);

    let answer = bot.ok("batch", json!({"cmd": ["nothing.such", "im.revision.get"]})).await;
    assert_eq!(answer["result"]["1"]["rest"], 36, "a gap makes PHP write an object");
    assert_eq!(answer["result_error"][0]["error"], "ERROR_METHOD_NOT_FOUND");
}

#[tokio::test]
async fn later_commands_use_earlier_results() {
    let (bot, _) = Bot::register("echo").await;
    for reference in ["$result[chat]", "%24result%5Bchat%5D"] {
        let cmd = json!({
            "chat": "imbot.chat.add?USERS[0]=1&TITLE=Team",
            "said": format!("imbot.message.add?DIALOG_ID=chat{reference}&MESSAGE=hi"),
            "users": format!("imbot.chat.user.list?CHAT_ID={reference}"),
            "more": "imbot.chat.add?USERS=$result[users]&TITLE=$result[users][1] of $result[chat]$result[none][x]",
        });
        let answer = bot.ok("batch", json!({"cmd": cmd})).await;
        assert_eq!(answer["result_error"], json!([]), "{reference}");
        let dialog = json!({"DIALOG_ID": format!("chat{}", answer["result"]["more"])});
        let title = format!("1 of {}", answer["result"]["chat"]);
        assert_eq!(bot.ok("imbot.dialog.get", dialog).await["title"], title);
    }
}

#[tokio::test]
async fn a_batch_halts_at_the_first_error_if_asked_to() {
    let (bot, _) = Bot::register("echo").await;
    let cmd = json!({"one": add("1"), "bad": "imbot.message.add", "two": add("2")});
    let count = |answer: &Value| answer["result"].as_object().map(serde_json::Map::len);

    for halt in [json!(1), json!("true"), json!(true), json!("1")] {
        let answer = bot.ok("batch", json!({"cmd": cmd, "halt": halt})).await;
        assert_eq!(count(&answer), Some(1), "{halt}");
        assert_eq!(answer["result_error"]["bad"]["error"], "MESSAGE_EMPTY");
    }
    for halt in [json!(0), json!("false"), json!(null)] {
        assert_eq!(count(&bot.ok("batch", json!({"cmd": cmd, "halt": halt})).await), Some(2), "{halt}");
    }
}

#[tokio::test]
async fn what_comes_after_fifty_commands_is_not_run() {
    let bot = Bot::install().await;
    let cmd = |count: usize| json!({"cmd": vec!["im.revision.get"; count]});
    assert_eq!(bot.ok("batch", cmd(50)).await["result_error"], json!([]));

    let answer = bot.ok("batch", cmd(52)).await;
    assert_eq!(answer["result"].as_array().map(Vec::len), Some(50));
    let errors = answer["result_error"].as_object().expect("an object");
    assert_eq!(errors.keys().collect::<Vec<_>>(), ["50", "51"]);
    assert!(errors.values().all(|error| error["error"] == "ERROR_BATCH_LENGTH_EXCEEDED"), "{errors:?}");
    assert_eq!(bot.error("batch", json!({})).await, "ERROR_ARGUMENT");
}

#[tokio::test]
async fn a_batch_in_a_batch_is_not_allowed() {
    let bot = Bot::install().await;
    let answer = bot.ok("batch", json!({"cmd": {"inner": "batch?cmd[a]=app.info"}})).await;
    assert_eq!(answer["result_error"]["inner"]["error"], "ERROR_BATCH_METHOD_NOT_ALLOWED");
}

#[tokio::test]
async fn each_command_of_a_batch_is_in_the_journal() {
    let (bot, _) = Bot::register("echo").await;
    bot.ok("batch", json!({"cmd": {"a": add("hi")}})).await;
    let calls = bot.portal.calls();
    let names: Vec<&str> = calls.iter().map(b24_portal::Entry::name).collect();
    assert_eq!(names, ["imbot.register", "batch", "imbot.message.add"]);
    assert_eq!(calls[2].request()["MESSAGE"], "hi");
}
