use serde_json::{Value, json};

use crate::{
    bot::Bot,
    v2::{V2, add_bot},
};

async fn with_help(more: Value) -> (V2, u64) {
    let bot = V2::register(json!({})).await;
    let id = add(&bot, "help", more).await;
    (bot, id)
}

async fn add(bot: &V2, word: &str, more: Value) -> u64 {
    let mut fields = json!({"command": word, "title": {"en": "Helps", "de": "Hilft"}, "params": {"en": "topic"}});
    crate::bot::extend(&mut fields, more);
    let answer = bot.ok("Command.register", json!({"fields": fields})).await;
    answer["command"]["id"].as_u64().expect("a command id")
}

async fn listed(bot: &V2) -> Value {
    bot.ok("Command.list", json!({})).await["commands"].take()
}

#[tokio::test]
async fn a_registration_answers_the_command() {
    let bot = V2::register(json!({})).await;
    let answer = bot.ok("Command.register", json!({"fields": {"command": "/help", "title": {"en": "Helps"}}})).await;
    let id = &answer["command"]["id"];
    let command = json!({
        "id": id, "botId": bot.id, "command": "/help", "common": false, "hidden": false, "extranetSupport": false,
    });
    assert_eq!(answer["command"], command);
}

#[tokio::test]
async fn a_second_registration_changes_nothing() {
    let (bot, id) = with_help(json!({})).await;
    assert_eq!(add(&bot, "help", json!({"title": {"en": "Other"}, "common": true})).await, id);
    let list = listed(&bot).await;
    assert_eq!((&list[0]["title"], &list[0]["common"]), (&json!("Helps"), &json!(false)));
}

#[tokio::test]
async fn a_visible_command_needs_a_title() {
    let bot = V2::register(json!({})).await;
    let register = |fields: Value| json!({"fields": fields});
    let error = async |fields: Value| bot.error("Command.register", register(fields)).await;
    assert_eq!(error(json!({"command": "bare"})).await, "COMMAND_TITLE_REQUIRED");
    assert_eq!(error(json!({"title": {"en": "T"}})).await, "COMMAND_REQUIRED");
    assert_eq!(error(json!({"command": ["x"], "title": {"en": "T"}})).await, "COMMAND_NAME_INVALID");
    assert_eq!(error(json!({"command": "two words", "title": {"en": "T"}})).await, "COMMAND_NAME_INVALID");
    bot.ok("Command.register", register(json!({"command": "bare", "hidden": "Y"}))).await;
}

#[tokio::test]
async fn commands_are_listed_in_the_language_of_the_portal() {
    let portal = b24_portal::Portal::builder().revision(36).language("de").start().await.expect("a portal");
    let app = Bot::install_on(portal).await;
    let bot = V2 { id: add_bot(&app, "echo", json!({})).await, app };
    add(&bot, "help", json!({})).await;
    add(&bot, "english", json!({"title": {"en": "Only English"}})).await;

    let list = listed(&bot).await;
    assert_eq!((&list[0]["title"], &list[0]["params"]), (&json!("Hilft"), &json!("")));
    assert_eq!((&list[1]["title"], &list[1]["params"]), (&json!("Only English"), &json!("topic")), "a fallback");
    assert_eq!((&list[0]["category"], &list[0]["command"]), (&json!("EchoBot"), &json!("/help")));
}

#[tokio::test]
async fn an_update_changes_removes_and_keeps_translations() {
    let (bot, id) = with_help(json!({})).await;
    let update = |fields: Value| json!({"commandId": id, "fields": fields});
    let answer = bot
        .ok("Command.update", update(json!({"title": {"de": null}, "params": {"en": "ignored"}, "hidden": true})))
        .await;
    assert_eq!((&answer["command"]["hidden"], &answer["command"]["id"]), (&json!(true), &json!(id)));
    let list = listed(&bot).await;
    assert_eq!((&list[0]["title"], &list[0]["params"]), (&json!("Helps"), &json!("topic")));
    bot.ok("Command.update", update(json!({"title": {"en": "Aids"}, "params": {"en": "subject"}, "command": "aid"})))
        .await;
    let list = listed(&bot).await;
    assert_eq!(
        (&list[0]["title"], &list[0]["params"], &list[0]["command"]),
        (&json!("Aids"), &json!("subject"), &json!("/aid"))
    );
}

#[tokio::test]
async fn a_new_word_must_be_one_that_is_free() {
    let (bot, id) = with_help(json!({})).await;
    add(&bot, "echo", json!({})).await;
    let error =
        async |word: Value| bot.error("Command.update", json!({"commandId": id, "fields": {"command": word}})).await;
    assert_eq!(error(json!("")).await, "COMMAND_NAME_EMPTY");
    assert_eq!(error(json!({"a": 1})).await, "COMMAND_NAME_INVALID");
    assert_eq!(error(json!("echo")).await, "COMMAND_ALREADY_EXISTS");
    bot.ok("Command.update", json!({"commandId": id, "fields": {"command": "help"}})).await;
}

#[tokio::test]
async fn commands_belong_to_their_bot() {
    let (bot, id) = with_help(json!({})).await;
    let other = add_bot(&bot.app, "other", json!({})).await;
    for method in ["Command.update", "Command.unregister"] {
        let params = |bot: u64, id: u64| json!({"botId": bot, "commandId": id, "fields": {"hidden": "Y"}});
        assert_eq!(bot.error(method, params(other, id)).await, "COMMAND_NOT_FOUND");
        assert_eq!(bot.error(method, params(bot.id, 999)).await, "COMMAND_NOT_FOUND");
    }
    assert_eq!(bot.ok("Command.unregister", json!({"commandId": id})).await, json!({"result": true}));
    assert_eq!(listed(&bot).await, json!([]));
}

#[tokio::test]
async fn every_command_of_a_message_is_an_event() {
    let (bot, help) = with_help(json!({})).await;
    let echo = add(&bot, "echo", json!({})).await;
    let chat = bot.dialog().await;
    let message = chat.say("/help me\n/echo").await.expect("a message").id();

    let news = bot.news().await;
    let commands: Vec<_> = news.iter().map(|(_, data)| data["command"].clone()).collect();
    assert!(news.iter().all(|(name, _)| name == "ONIMBOTV2COMMANDADD"));
    let command =
        |id: u64, word: &str, params: &str| json!({"id": id, "command": word, "params": params, "context": "textarea"});
    assert_eq!(commands, [command(help, "/help", "me"), command(echo, "/echo", "")]);
    assert!(news.iter().all(|(_, data)| data["message"]["id"] == json!(message)));
}

#[tokio::test]
async fn a_button_and_a_menu_say_how_a_command_was_called() {
    let (bot, _) = with_help(json!({"hidden": true})).await;
    let chat = bot.dialog().await;
    let keyboard = json!([{"TEXT": "Help", "COMMAND": "help", "COMMAND_PARAMS": "now"}]);
    let id = bot.send(json!({"message": "Press", "keyboard": keyboard})).await;

    chat.press("Help").await.expect("a press");
    let data = bot.only("ONIMBOTV2COMMANDADD").await;
    assert_eq!((&data["command"]["context"], &data["command"]["params"]), (&json!("keyboard"), &json!("now")));
    assert_eq!((&data["message"]["id"], &data["user"]["id"]), (&json!(id), &json!(1)));
}

#[tokio::test]
async fn a_keyboard_that_names_a_bot_calls_the_command_of_that_bot() {
    let (bot, _) = with_help(json!({})).await;
    let other = V2 { id: add_bot(&bot.app, "other", json!({})).await, app: bot.app };
    add(&other, "help", json!({})).await;
    let bot = V2 { id: bot.id, app: other.app };
    let chat = bot.dialog().await;
    let keyboard = json!({"BOT_ID": other.id, "BUTTONS": [{"TEXT": "Help", "COMMAND": "help"}]});
    bot.send(json!({"message": "Press", "keyboard": keyboard})).await;

    chat.press("Help").await.expect("a press");
    assert!(bot.news().await.is_empty());
    let other = V2 { id: other.id, app: bot.app };
    assert_eq!(other.only("ONIMBOTV2COMMANDADD").await["bot"]["code"], "other");
}

#[tokio::test]
async fn a_command_is_answered_where_it_was_called() {
    let (bot, id) = with_help(json!({"common": true})).await;
    let team = bot.app.portal.admin().group("Team", []).await.expect("a chat");
    let called = team.say("/help me").await.expect("a message").id();
    let answer = |message: Value, dialog: String| json!({"commandId": id, "messageId": message, "dialogId": dialog, "fields": {"message": "at once"}});
    let dialog = format!("chat{}", team.id());

    assert_eq!(bot.ok("Command.answer", answer(json!(called), dialog.clone())).await, json!({"result": true}));
    assert_eq!(team.transcript(), "You: /help me\nSystem: EchoBot\n  at once", "the bot is not in the chat");
    team.invite_bot("echo").await.expect("an invitation");
    bot.ok("Command.answer", answer(json!(called), dialog.clone())).await;
    assert_eq!(team.last().await.expect("a message").author(), "EchoBot");
    assert_eq!(bot.error("Command.answer", answer(json!(999), dialog)).await, "COMMAND_ANSWER_FAILED");
    assert_eq!(bot.error("Command.answer", answer(json!(called), "chat999".into())).await, "COMMAND_ANSWER_FAILED");
}

#[tokio::test]
async fn a_local_command_is_answered_only_where_the_bot_is() {
    let (bot, id) = with_help(json!({})).await;
    let team = bot.app.portal.admin().group("Team", []).await.expect("a chat");
    let called = team.say("/help me").await.expect("a message").id();
    let answer = json!({
        "commandId": id, "messageId": called, "dialogId": format!("chat{}", team.id()), "fields": {"message": "no"},
    });
    assert_eq!(bot.error("Command.answer", answer).await, "COMMAND_ANSWER_FAILED");
}
