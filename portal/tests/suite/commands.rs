use serde_json::json;

use crate::bot::Bot;

async fn echo() -> (Bot, u64, u64) {
    let (bot, id) = Bot::register("echo").await;
    let command = bot.add_command(id, "echo", json!({})).await;
    (bot, id, command)
}

#[tokio::test]
async fn a_typed_command_fires_instead_of_a_message() {
    let (bot, id, command) = echo().await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    bot.event().await;

    let message = chat.say("/echo a  b").await.expect("a message");
    let event = bot.event().await;
    assert_eq!(event.name(), "ONIMCOMMANDADD");
    let block = |name: &str| event.get(&format!("data[COMMAND][{command}][{name}]")).to_owned();
    assert_eq!((block("COMMAND"), block("COMMAND_PARAMS")), ("echo".to_owned(), "a  b".to_owned()));
    assert_eq!((block("COMMAND_ID"), block("COMMAND_CONTEXT")), (command.to_string(), "TEXTAREA".to_owned()));
    assert_eq!((block("MESSAGE_ID"), block("BOT_ID")), (message.id().to_string(), id.to_string()));
    assert!(!block("access_token").is_empty());
    assert_eq!(event.param("MESSAGE"), "/echo a  b");
    assert!(!event.has("data[USER][IS_BOT]"), "not sent with commands");
    assert!(bot.all_events().await.is_empty());
}

#[tokio::test]
async fn a_slash_that_is_no_command_is_a_message() {
    let (bot, ..) = echo().await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    bot.event().await;

    for text in ["/echoes", "/ echo", "say /echo", "first\n/echo"] {
        chat.say(text).await.expect("a message");
        assert_eq!(bot.event().await.name(), "ONIMBOTMESSAGEADD", "{text}");
    }
}

#[tokio::test]
async fn every_line_may_call_a_command() {
    let (bot, id, _) = echo().await;
    bot.add_command(id, "help", json!({})).await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    bot.event().await;

    chat.say("/echo a\n/help").await.expect("a message");
    let event = bot.event().await;
    assert_eq!((event.command("COMMAND"), event.command("COMMAND_PARAMS")), ("echo", "a"));
    assert!(bot.all_events().await.is_empty(), "both in one request");
}

#[tokio::test]
async fn a_local_command_works_where_the_bot_is_and_a_common_one_everywhere() {
    let (bot, id, _) = echo().await;
    bot.add_command(id, "giphy", json!({"COMMON": "Y"})).await;
    let ann = bot.portal.user("Ann Lee");
    let team = ann.group("Team", []).await.expect("a chat");

    team.say("/echo hi").await.expect("a message");
    assert!(bot.all_events().await.is_empty());
    let called = team.say("/giphy cat").await.expect("a message");
    let event = bot.event().await;
    assert_eq!((event.command("COMMAND"), event.param("CHAT_TYPE")), ("giphy", "C"));

    bot.ok("imbot.command.answer", json!({"COMMAND": "giphy", "MESSAGE_ID": called.id(), "MESSAGE": "a cat"})).await;
    assert_eq!(team.reply().await.expect("a reply").text(), "a cat");

    team.invite_bot("echo").await.expect("an invitation");
    bot.event().await;
    team.say(&format!("[USER={id}]EchoBot[/USER] /echo hi")).await.expect("a message");
    assert_eq!(bot.event().await.command("COMMAND_PARAMS"), "hi");
}

#[tokio::test]
async fn a_button_calls_its_command_unseen() {
    let (bot, _, command) = echo().await;
    bot.ok("imbot.command.update", json!({"COMMAND_ID": command, "FIELDS": {"HIDDEN": "Y"}})).await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    bot.event().await;
    let keyboard =
        json!([{"TEXT": "Again", "COMMAND": "echo", "COMMAND_PARAMS": "once more", "BLOCK": "Y"}, {"TYPE": "NEWLINE"}]);
    let menu = json!([{"TEXT": "Menu", "COMMAND": "echo", "COMMAND_PARAMS": "from the menu"}]);
    let params = json!({"DIALOG_ID": 1, "MESSAGE": "Press", "KEYBOARD": keyboard, "MENU": menu});
    let message = bot.ok("imbot.message.add", params).await;

    chat.press("Again").await.expect("a press");
    let event = bot.event().await;
    assert_eq!((event.name(), event.command("COMMAND_CONTEXT")), ("ONIMCOMMANDADD", "KEYBOARD"));
    assert_eq!(
        (event.command("COMMAND_PARAMS"), event.command("MESSAGE_ID")),
        ("once more", message.to_string().as_str())
    );
    assert_eq!((event.param("MESSAGE"), event.param("FROM_USER_ID")), ("/echo once more", "1"));

    chat.pick("Menu").await.expect("a pick");
    let event = bot.event().await;
    assert_eq!((event.command("COMMAND_CONTEXT"), event.command("COMMAND_PARAMS")), ("MENU", "from the menu"));
    assert_eq!(chat.messages().len(), 1, "the chat saw neither");
}

#[tokio::test]
async fn buttons_that_cannot_be_pressed_say_why() {
    let (bot, ..) = echo().await;
    let keyboard = json!([
        {"TEXT": "Off", "COMMAND": "echo", "DISABLED": "Y"},
        {"TEXT": "Site", "LINK": "https://example.com"},
        {"TEXT": "Lost", "COMMAND": "unregistered"},
        {"TEXT": "Say", "ACTION": "SEND", "ACTION_VALUE": "said"},
    ]);
    bot.ok("imbot.message.add", json!({"DIALOG_ID": 1, "MESSAGE": "Press", "KEYBOARD": keyboard})).await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");

    for (caption, why) in
        [("Off", "disabled"), ("Site", "no command"), ("Lost", "not registered"), ("None", "\"Off\", \"Site\"")]
    {
        let error = chat.press(caption).await.expect_err("a refusal").to_string();
        assert!(error.contains(why), "{error}");
    }
    chat.press("Say").await.expect("a press");
    assert_eq!(chat.last().await.expect("a message").text(), "said");
}

#[tokio::test]
async fn a_command_registered_again_keeps_its_id_and_takes_the_new_texts() {
    let (bot, id, command) = echo().await;

    let again = bot.add_command(id, "/echo", json!({"LANG": [{"LANGUAGE_ID": "en", "TITLE": "New"}]})).await;
    assert_eq!(again, command);
    let (_, state) = bot.get(&format!("{}/portal/state?user=1", bot.portal.url())).await;
    assert_eq!(
        state["offers"]["commands"],
        json!([{"bot": id, "command": "/echo", "title": "New", "params": "", "common": false}])
    );
}

#[tokio::test]
async fn a_visible_command_needs_texts_and_shows_them_by_language() {
    let (bot, id) = Bot::register("echo").await;
    let texts = json!({"LANG": [{"LANGUAGE_ID": "ru", "TITLE": "Повторить"}]});
    bot.add_command(id, "hushed", texts).await;
    bot.add_command(id, "hidden", json!({"HIDDEN": "Y"})).await;

    let (_, state) = bot.get(&format!("{}/portal/state?user=1", bot.portal.url())).await;
    assert_eq!(state["offers"]["commands"], json!([]), "no English text, so an English portal does not list it");
    let params = json!({"BOT_ID": id, "COMMAND": "bare", "EVENT_COMMAND_ADD": bot.handler});
    assert_eq!(bot.error("imbot.command.register", params).await, "LANG_ERROR");
}

#[tokio::test]
async fn a_command_is_a_word_of_latin_letters_and_digits() {
    let (bot, id, command) = echo().await;
    let texts = json!([{"LANGUAGE_ID": "en", "TITLE": "T"}]);
    for word in ["two words", "помощь", "what?", "/", "a/b"] {
        let params = json!({"BOT_ID": id, "COMMAND": word, "EVENT_COMMAND_ADD": bot.handler, "LANG": texts});
        assert_eq!(bot.error("imbot.command.register", params).await, "COMMAND_ERROR", "{word}");
        let update = json!({"COMMAND_ID": command, "FIELDS": {"COMMAND": word}});
        assert_eq!(bot.error("imbot.command.update", update).await, "WRONG_REQUEST", "{word}");
    }
    bot.add_command(id, "turn-2_left", json!({})).await;
}

#[tokio::test]
async fn an_update_may_rename_a_command_but_not_to_one_that_is_there() {
    let (bot, id, command) = echo().await;
    bot.add_command(id, "help", json!({})).await;
    let rename = |word: &str| json!({"COMMAND_ID": command, "FIELDS": {"COMMAND": word}});
    assert_eq!(bot.error("imbot.command.update", rename("help")).await, "WRONG_REQUEST");
    bot.ok("imbot.command.update", rename("parrot")).await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    bot.event().await;
    chat.say("/parrot hi").await.expect("a message");
    assert_eq!(bot.event().await.command("COMMAND"), "parrot");
    assert_eq!(bot.error("imbot.command.update", json!({"COMMAND_ID": command, "FIELDS": {}})).await, "WRONG_REQUEST");
}

#[tokio::test]
async fn an_application_has_one_address_for_commands() {
    let (bot, id, _) = echo().await;
    let (other, mut events) = crate::bot::listen().await;
    bot.add_command(id, "help", json!({"EVENT_COMMAND_ADD": other})).await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    bot.event().await;
    chat.say("/echo").await.expect("a message");
    assert_eq!(events.recv().await.expect("an event").command("COMMAND"), "echo", "the last one holds for all");
    assert!(bot.all_events().await.is_empty());
}

#[tokio::test]
async fn people_from_outside_call_the_commands_that_are_for_them() {
    let (bot, id, _) = echo().await;
    bot.add_command(id, "help", json!({"EXTRANET_SUPPORT": "Y"})).await;
    let guest = bot.portal.guest("Gus Guest");
    let team = bot.portal.admin().group("Team", [&guest]).await.expect("a chat");
    team.invite_bot("echo").await.expect("an invitation");
    bot.all_events().await;
    let team = guest.join(team.id()).await.expect("the chat");
    for text in ["/echo hi", "/help me"] {
        team.say(text).await.expect("a message");
    }
    let events = bot.all_events().await;
    assert_eq!(events.iter().map(|event| event.command("COMMAND")).collect::<Vec<_>>(), ["help"]);
}

#[tokio::test]
async fn a_button_of_a_person_calls_the_command_of_whichever_bot_has_it() {
    let (bot, id, _) = echo().await;
    let keyboard = json!([{"TEXT": "Go", "COMMAND": "echo", "COMMAND_PARAMS": "hi"}]);
    bot.ok("im.message.add", json!({"DIALOG_ID": id, "MESSAGE": "Press", "KEYBOARD": keyboard})).await;
    bot.all_events().await;
    bot.portal.admin().open("echo").await.expect("a dialog").press("Go").await.expect("a press");
    assert_eq!(bot.event().await.command("COMMAND_PARAMS"), "hi");
}

#[tokio::test]
async fn commands_belong_to_their_application() {
    let (bot, id, command) = echo().await;
    let other = Bot::install_on(bot.portal.clone()).await;

    assert_eq!(other.error("imbot.command.unregister", json!({"COMMAND_ID": command})).await, "APP_ID_ERROR");
    assert_eq!(bot.error("imbot.command.unregister", json!({"COMMAND_ID": 99})).await, "COMMAND_ID_ERROR");
    assert_eq!(bot.ok("imbot.command.unregister", json!({"COMMAND_ID": command})).await, true);
    let params = json!({"BOT_ID": id, "COMMAND": "x y", "EVENT_COMMAND_ADD": bot.handler, "LANG": [{"LANGUAGE_ID": "en", "TITLE": "T"}]});
    assert_eq!(bot.error("imbot.command.register", params).await, "COMMAND_ERROR");
}

#[tokio::test]
async fn an_answer_goes_where_the_command_was_called() {
    let (bot, ..) = echo().await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    let called = chat.say("/echo hi").await.expect("a message").id();

    let answer = |message: u64| json!({"COMMAND": "echo", "MESSAGE_ID": message, "MESSAGE": "hi"});
    bot.ok("imbot.command.answer", answer(called.0)).await;
    assert_eq!(chat.reply().await.expect("a reply").text(), "hi");
    assert_eq!(bot.error("imbot.command.answer", answer(999)).await, "WRONG_REQUEST");
    assert_eq!(
        bot.error("imbot.command.answer", json!({"MESSAGE_ID": called, "MESSAGE": "hi"})).await,
        "COMMAND_ID_ERROR"
    );
}
