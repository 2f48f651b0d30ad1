use serde_json::json;

use super::{Desk, SIDEWAYS};

#[tokio::test]
async fn every_code_of_the_documentation_is_drawn() {
    let desk = Desk::open().await;
    let cases = [
        ("[B]bold[/B]", "b"),
        ("[I]italic[/I]", "i"),
        ("[U]underlined[/U]", "u"),
        ("[S]strikethrough[/S]", "s"),
        ("[size=20]large[/size]", ".sized"),
        ("[color=#ff0000]red[/color]", ".tinted"),
        ("one[BR]two#BR#three", "p"),
        ("[URL=https://example.com/a]link[/URL]", "a[href='https://example.com/a']"),
        ("[URL]https://example.com/b[/URL]", "a[href='https://example.com/b']"),
        ("see www.example.com.", "a[href='https://www.example.com/']"),
        ("[USER=1]You[/USER]", "button[data-deed=dialog]"),
        ("[USER=all]everybody[/USER]", ".mention"),
        ("[CHAT=12]chat[/CHAT]", "button[data-deed=chat]"),
        ("[CONTEXT=chat1/2]there[/CONTEXT]", "button[data-deed=context]"),
        ("[DIALOG=1]dialog[/DIALOG]", "button[data-deed=dialog]"),
        ("[CALL=84012334455]call[/CALL]", "button[data-deed=call]"),
        ("[CALL]+19991234567[/CALL]", "button[data-value='+19991234567']"),
        ("[PCH=7]recording[/PCH]", "button[data-deed=record]"),
        ("[SEND=/help]help[/SEND]", "button[data-deed=send]"),
        ("[PUT=/help]help[/PUT]", "button[data-deed=put]"),
        ("[DISK=5]", "button[data-deed=file]"),
        ("[TIMESTAMP=1645844720 FORMAT=LONG_DATE_FORMAT]", "time[datetime='2022-02-26T03:05:20.000Z']"),
        (">>quoted\n>>twice", "blockquote"),
        (
            "------------------------------------------------------\nAnn Lee [04/08/2016 13:06:49]\nHi\n------------------------------------------------------",
            "blockquote .quote-byline",
        ),
        ("[CODE]let a = [B]1[/B];[/CODE]", "pre code"),
        ("hello :) there", "svg.reaction-slightlySmilingFace"),
    ];
    for (message, drawn) in cases {
        let id = desk.say(message, json!({})).await;
        desk.until(&format!("document.querySelector(\"[data-message='{id}'] .bb {drawn}\")")).await;
    }
    desk.close().await;
}

#[tokio::test]
async fn what_a_bot_writes_never_becomes_markup() {
    let desk = Desk::open().await;
    let evil =
        "<img src=x onerror=\"document.title='owned'\"> [URL=javascript:alert(1)]x[/URL] [ICON=javascript:alert(1)]";
    let id = desk.say(evil, json!({"ATTACH": [{"MESSAGE": "<b>no</b>"}]})).await;
    let inside = format!("document.querySelector(\"[data-message='{id}'] .content\")");
    let found = desk.js(&format!("return {inside}.querySelectorAll('img, script, a, .bb b').length")).await;
    assert_eq!(found, 0, "nothing but text");
    let text = desk.js(&format!("return {inside}.textContent")).await;
    assert!(text.as_str().unwrap().contains("onerror"), "{text}");
    desk.close().await;
}

#[tokio::test]
async fn a_link_has_a_card_unless_its_bot_wants_none() {
    let desk = Desk::open().await;
    let message = "read https://docs.example.com/release-notes.html today";
    let with = desk.say(message, json!({})).await;
    let without = desk.say(message, json!({"URL_PREVIEW": "N"})).await;
    let card =
        |id: u64| format!("return document.querySelector(\"[data-message='{id}'] .link-card\")?.innerText ?? null");
    let text = desk.js(&card(with)).await;
    assert!(text.as_str().unwrap().contains("Release notes"), "{text}");
    assert!(desk.js(&card(without)).await.is_null());
    desk.close().await;
}

#[tokio::test]
async fn every_block_of_an_attachment_is_drawn() {
    let desk = Desk::sized(400, 800).await;
    let row =
        |display: &str| json!({"NAME": "Name", "VALUE": "Value", "DISPLAY": display, "COLOR": "#ff0000", "WIDTH": 250});
    let attach = json!({"ID": 1, "COLOR": "#29619b", "BLOCKS": [
        {"USER": {"NAME": "Ann Lee", "USER_ID": 1}},
        {"LINK": {"NAME": "Ticket", "DESC": "[B]soon[/B]", "LINK": "https://example.com/"}},
        {"MESSAGE": "in [B]16.0[/B]"},
        {"DELIMITER": {"SIZE": 200, "COLOR": "#c6c6c6"}},
        {"GRID": [row("BLOCK")]}, {"GRID": [row("LINE")]}, {"GRID": [row("COLUMN")]}, {"GRID": [row("ROW"), row("TABLE")]},
        {"IMAGE": {"NAME": "Picture", "LINK": "http://127.0.0.1:9/picture.png"}},
        {"FILE": {"NAME": "report.pdf", "LINK": "http://127.0.0.1:9/report.pdf", "SIZE": 1_500_000}},
    ]});
    let id = desk.say("card", json!({"ATTACH": attach})).await;
    let parts = [
        ".attach-user [data-deed=dialog]",
        ".attach-link a",
        ".attach .bb b",
        ".attach-delimiter",
        ".grid-block",
        ".grid-line",
        ".grid-column",
        ".grid-table",
        ".grid dd.tinted",
        ".attach-images figcaption",
        ".attach-file a[download]",
    ];
    for part in parts {
        desk.until(&format!("document.querySelector(\"[data-message='{id}'] {part}\")")).await;
    }
    assert_eq!(desk.js(SIDEWAYS).await, false, "nothing is wider than the phone");
    desk.close().await;
}

#[tokio::test]
async fn buttons_stand_in_their_rows_and_do_what_they_say() {
    let desk = Desk::open().await;
    let keyboard = json!([
        {"TEXT": "One", "ACTION": "PUT", "ACTION_VALUE": "/help", "DISPLAY": "LINE"},
        {"TEXT": "Two", "ACTION": "SEND", "ACTION_VALUE": "said by a button", "DISPLAY": "LINE", "BG_COLOR_TOKEN": "alert"},
        {"TYPE": "NEWLINE"},
        {"TEXT": "Three", "LINK": "https://example.com/", "BG_COLOR": "#29619b", "TEXT_COLOR": "#fff"},
        {"TEXT": "Off", "COMMAND": "help", "DISPLAY": "LINE", "DISABLED": "Y"},
        {"TEXT": "Once", "COMMAND": "help", "DISPLAY": "LINE", "BLOCK": "Y"},
        {"TEXT": "On a phone", "COMMAND": "help", "DISPLAY": "LINE", "CONTEXT": "MOBILE"},
    ]);
    desk.say("choose", json!({"KEYBOARD": keyboard})).await;
    let rows = "return [...document.querySelectorAll('.keyboard-row')].map((row) => row.innerText.split(/\\s*\\n\\s*/).join(' '))";
    assert_eq!(desk.js(rows).await, json!(["One Two", "Three", "Off Once"]));
    desk.until("document.querySelector('[data-button=\"4\"]').disabled").await;

    desk.browser.find_text("button", "One").await.click().await.unwrap();
    desk.until("document.querySelector('#input').value === '/help '").await;
    desk.browser.find_text("button", "Two").await.click().await.unwrap();
    desk.browser.find_text("message", "said by a button").await;
    desk.browser.find_text("button", "Once").await.click().await.unwrap();
    desk.until("[...document.querySelectorAll('button.key')].every((key) => key.disabled)").await;
    desk.close().await;
}

#[tokio::test]
async fn it_is_readable_when_everything_is_twice_as_large() {
    let desk = Desk::sized(640, 480).await;
    desk.say("a long-word-without-any-space-in-it-".repeat(8).as_str(), json!({})).await;
    assert_eq!(desk.js(SIDEWAYS).await, false);
    let composer =
        desk.js("return document.querySelector('#input').getBoundingClientRect().bottom <= innerHeight").await;
    assert_eq!(composer, true, "one can write without scrolling");
    desk.close().await;
}
