//! The calls: what a bot does all day, in the encodings that clients use, over an incoming webhook.

use b24_portal::Portal;
use serde_json::{Value, json};

use super::load::Connection;
use crate::Result;

const CLIENT: &str = "bench";

/// The requests, written beforehand; each is repeated again and again.
pub(super) async fn prepare(portal: &Portal) -> Result<Vec<Vec<u8>>> {
    let webhook = portal.webhook(portal.admin().id(), ["imbot", "im"]);
    let path = webhook.strip_prefix(portal.url()).unwrap_or(&webhook);
    let post = |method: &str, kind: &str, body: &str| {
        let length = body.len();
        let head =
            format!("POST {path}{method} HTTP/1.1\r\nHost: portal\r\nContent-Type: {kind}\r\nContent-Length: {length}");
        format!("{head}\r\n\r\n{body}").into_bytes()
    };
    let json = |method: &str, body: Value| post(method, "application/json", &body.to_string());
    let form = |method: &str, body: &str| post(method, "application/x-www-form-urlencoded", body);
    let get = |query: &str| format!("GET {path}{query} HTTP/1.1\r\nHost: portal\r\n\r\n").into_bytes();

    let mut connection = Connection::open(portal.domain()).await?;
    let register = json!({
        "CLIENT_ID": CLIENT, "CODE": "bench", "EVENT_HANDLER": "http://127.0.0.1:1/", "PROPERTIES": {"NAME": "Bench"},
    });
    let bot = connection.call(&json("imbot.register", register)).await?;
    let message = json!({"BOT_ID": bot, "CLIENT_ID": CLIENT, "DIALOG_ID": 1, "MESSAGE": "How are you?"});
    connection.call(&json("imbot.message.add", message.clone())).await?;

    let keyboard = json!([{"TEXT": "Fine", "COMMAND": "fine", "BG_COLOR": "#29619b"}, {"TYPE": "NEWLINE"},
        {"TEXT": "Site", "LINK": "https://example.com"}]);
    let attach =
        json!([{"MESSAGE": "All [b]well[/b]"}, {"GRID": [{"NAME": "Mood", "VALUE": "Good", "DISPLAY": "LINE"}]}]);
    let mut rich = message.clone();
    (rich["KEYBOARD"], rich["ATTACH"]) = (keyboard, attach);
    let add = format!("imbot.message.add?CLIENT_ID={CLIENT}&DIALOG_ID=1&MESSAGE=One+of+many");
    let batch = json!({"halt": 0, "cmd": {
        "list": format!("imbot.bot.list?CLIENT_ID={CLIENT}"), "add": add,
        "update": format!("imbot.message.update?CLIENT_ID={CLIENT}&MESSAGE_ID=$result[add]&MESSAGE=Two+of+many"),
        "delete": format!("imbot.message.delete?CLIENT_ID={CLIENT}&MESSAGE_ID=$result[add]&COMPLETE=Y"),
    }});
    Ok(vec![
        get("im.revision.get"),
        json("imbot.message.add", message),
        form(
            "imbot.message.add.json",
            &format!("BOT_ID={bot}&CLIENT_ID={CLIENT}&DIALOG_ID=1&MESSAGE=Said+in+a+form&SYSTEM=N"),
        ),
        json("imbot.message.add", rich),
        get(&format!("imbot.chat.sendtyping?BOT_ID={bot}&CLIENT_ID={CLIENT}&DIALOG_ID=1")),
        json("imbot.bot.list", json!({"CLIENT_ID": CLIENT})),
        get(&format!("imbot.dialog.get?CLIENT_ID={CLIENT}&DIALOG_ID=1")),
        json("batch", batch),
    ])
}
