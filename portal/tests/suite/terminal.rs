use b24_portal::terminal;
use serde_json::json;
use tokio::io::BufReader;

use crate::bot::Bot;

/// Runs the terminal over a script; after each line the bot answers, as a runtime would.
async fn typed(bot: &Bot, script: &str) -> String {
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    let mut output = Vec::new();
    let settled = async || answer(bot).await;
    terminal::run(chat, BufReader::new(script.as_bytes()), &mut output, false, settled).await.expect("no trouble");
    String::from_utf8(output).expect("text")
}

/// What a bot does with what has come: repeats messages, offers a button, edits when it is pressed.
async fn answer(bot: &Bot) {
    for event in bot.all_events().await {
        match event.name() {
            "ONIMBOTJOINCHAT" => {
                bot.ok("imbot.message.add", json!({"DIALOG_ID": 1, "MESSAGE": "[b]Welcome[/b]"})).await;
            }
            "ONIMCOMMANDADD" => {
                let params = json!({"MESSAGE_ID": event.command("MESSAGE_ID"), "MESSAGE": "pressed"});
                bot.ok("imbot.message.update", params).await;
            }
            _ => {
                let keyboard = json!([{"TEXT": "Next", "COMMAND": "next"}]);
                let params = json!({"DIALOG_ID": 1, "MESSAGE": event.param("MESSAGE"), "KEYBOARD": keyboard});
                bot.ok("imbot.message.add", params).await;
            }
        }
    }
}

#[tokio::test]
async fn a_pipe_prints_the_answers_line_by_line() {
    let (bot, id) = Bot::register("echo").await;
    bot.add_command(id, "next", json!({})).await;

    let output = typed(&bot, "hello\n\n#1\n#7\n").await;
    let expected = "\
EchoBot: Welcome
EchoBot: hello
  [1] Next
EchoBot (edited): pressed
  [1] Next
! there is no button \"#7\" in this chat; there is 1 on the latest keyboard
";
    assert_eq!(output, expected);
}
