//! Open lines in the page, from both sides.

use serde_json::{Value, json};

use crate::{bot::http, desk::Desk};

/// What the page does in the name of somebody.
async fn act(desk: &Desk, user: u64, deed: &str, mut body: Value) -> (u16, Value) {
    body["user"] = user.into();
    let response = http().post(format!("{}/portal/{deed}", desk.portal.url())).json(&body).send().await;
    let response = response.expect("an answer");
    (response.status().as_u16(), response.json().await.expect("JSON"))
}

async fn done(desk: &Desk, user: u64, deed: &str, body: Value) -> Value {
    let (status, answer) = act(desk, user, deed, body).await;
    assert_eq!(status, 200, "{deed}: {answer}");
    answer
}

/// What the page of somebody knows.
async fn state(desk: &Desk, user: u64) -> Value {
    let url = format!("{}/portal/state?user={user}", desk.portal.url());
    http().get(url).send().await.expect("an answer").json().await.expect("JSON")
}

#[tokio::test]
async fn a_conversation_is_led_from_both_sides() {
    let desk = Desk::open().await;
    let ann = desk.ann.id();
    let made = done(&desk, 1, "new_line", json!({"name": "Sales", "operators": [ann]})).await;
    let visit = done(&desk, 1, "visit", json!({"line": made["line"], "name": "Eve Fox"})).await;
    let client = visit["user"].as_u64().expect("a user");
    done(&desk, client, "say", json!({"dialog": visit["dialog"], "text": "hello"})).await;

    let lines = state(&desk, ann).await["lines"].take();
    let session = lines[1]["sessions"][0].clone();
    assert_eq!(
        (&session["stage"], &session["asked"], &session["client"]),
        (&json!("queue"), &json!(true), &json!(client))
    );
    let dialog = json!({"dialog": session["dialog"]});
    done(&desk, ann, "take", dialog.clone()).await;
    done(&desk, ann, "say", json!({"dialog": session["dialog"], "text": "Good morning"})).await;
    done(&desk, ann, "finish", dialog.clone()).await;
    done(&desk, client, "rate", json!({"dialog": visit["dialog"], "liked": true})).await;

    let session = state(&desk, ann).await["lines"][1]["sessions"][0].take();
    assert_eq!((&session["stage"], &session["vote"]), (&json!("closed"), &json!(true)));
    let seen = state(&desk, client).await;
    let dialogs: Vec<&Value> = seen["dialogs"].as_array().expect("dialogs").iter().collect();
    assert_eq!(dialogs.iter().map(|dialog| &dialog["id"]).collect::<Vec<_>>(), [&visit["dialog"]], "only its own chat");
    assert_eq!((&dialogs[0]["kind"], &seen["lines"][1]["sessions"]), (&json!("livechat"), &json!([])));
}

#[tokio::test]
async fn what_cannot_be_done_with_a_conversation_is_said_in_words() {
    let desk = Desk::open().await;
    let (_, chat) = desk.client("Eve Fox", "hello").await;
    let stranger = desk.ann.colleague("Cid Poe").id();
    let (status, answer) = act(&desk, stranger, "take", json!({"dialog": format!("chat{chat}")})).await;
    assert_eq!((status, &answer["error"]), (409, &json!("you have nothing to do with this conversation")));
    let (status, _) = act(&desk, desk.ann.id(), "take", json!({"dialog": "1"})).await;
    assert_eq!(status, 400);
    let (status, _) = act(&desk, 1, "visit", json!({"line": 99, "name": "Eve Fox"})).await;
    assert_eq!(status, 409);
}

#[tokio::test]
async fn files_cross_over_to_the_other_side() {
    let desk = Desk::open().await;
    let (client, chat) = desk.client("Eve Fox", "hello").await;
    let member = client.messages().first().expect("a message").author_id().0;
    let form = reqwest::multipart::Form::new()
        .text("user", member.to_string())
        .text("dialog", format!("chat{}", client.id()))
        .text("text", "my bill")
        .part("file", reqwest::multipart::Part::bytes(b"hello".to_vec()).file_name("bill.txt"));
    let response = http().post(format!("{}/portal/upload", desk.portal.url())).multipart(form).send().await;
    assert_eq!(response.expect("an answer").status(), 200);

    let history = desk.ann.ok("imopenlines.session.history.get", json!({"CHAT_ID": chat})).await;
    let files = history["files"].as_object().expect("files");
    let file = files.values().next().expect("a file");
    assert_eq!((&file["name"], &file["chatid"]), (&json!("bill.txt"), &json!(chat)));
    let address = file["urldownload"].as_str().expect("an address");
    let text = http().get(address).send().await.expect("an answer").text().await.expect("text");
    assert_eq!(text, "hello");
}
