use super::*;

const BOT: &str = "http://www.hazz/chatApi/bot.php";

fn english() -> CommandTranslation {
    CommandTranslation::new(Language::En, "Get echo message").params("some text")
}

#[test]
fn a_command_is_registered() {
    assert_sends(
        api::imbot::command::register("echo", [english()], BOT)
            .bot_id(62)
            .common(true)
            .hidden(false)
            .extranet_support(false),
        "imbot.command.register",
        json!({
            "BOT_ID": 62, "COMMAND": "echo", "COMMON": "Y", "HIDDEN": "N", "EXTRANET_SUPPORT": "N",
            "LANG": [{"LANGUAGE_ID": "en", "TITLE": "Get echo message", "PARAMS": "some text"}],
            "EVENT_COMMAND_ADD": BOT
        }),
    );
}

#[test]
fn a_command_is_unregistered() {
    assert_sends(
        api::imbot::command::unregister(13).client_id("own"),
        "imbot.command.unregister",
        json!({"COMMAND_ID": 13, "CLIENT_ID": "own"}),
    );
}

/// The sample has `CLIENT_ID` inside `FIELDS`; it is a parameter of the call (see `spec/DISCREPANCIES.md`).
#[test]
fn a_command_changes() {
    let fields = api::imbot::command::UpdateFields::new()
        .event_command_add(BOT)
        .hidden(false)
        .extranet_support(false)
        .lang([english()]);
    assert_sends(
        api::imbot::command::update(13, fields).client_id("own"),
        "imbot.command.update",
        json!({
            "COMMAND_ID": 13,
            "CLIENT_ID": "own",
            "FIELDS": {
                "EVENT_COMMAND_ADD": BOT, "HIDDEN": "N", "EXTRANET_SUPPORT": "N",
                "LANG": [{"LANGUAGE_ID": "en", "TITLE": "Get echo message", "PARAMS": "some text"}]
            }
        }),
    );
}

#[test]
fn a_command_is_answered_by_id_or_by_name() {
    assert_sends(
        api::imbot::command::answer(CommandId(13), 1122, "answer text").system(false).url_preview(true),
        "imbot.command.answer",
        json!({"COMMAND_ID": 13, "MESSAGE_ID": 1122, "MESSAGE": "answer text", "SYSTEM": "N", "URL_PREVIEW": "Y"}),
    );
    assert_sends(
        api::imbot::command::answer("echo", 1122, "answer text"),
        "imbot.command.answer",
        json!({"COMMAND": "echo", "MESSAGE_ID": 1122, "MESSAGE": "answer text"}),
    );
}
