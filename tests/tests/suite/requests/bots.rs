use super::*;

fn properties() -> BotProperties {
    BotProperties::new()
        .name("NewBot")
        .color(Color::Green)
        .email("test@test.ru")
        .personal_birthday("2016-03-11".parse().unwrap())
        .work_position("My first bot")
        .personal_www("http://test.ru")
        .personal_gender(Gender::Female)
        .personal_photo(Base64::encode("picture"))
}

fn properties_sent() -> Value {
    json!({
        "NAME": "NewBot", "COLOR": "GREEN", "EMAIL": "test@test.ru", "PERSONAL_BIRTHDAY": "2016-03-11",
        "WORK_POSITION": "My first bot", "PERSONAL_WWW": "http://test.ru", "PERSONAL_GENDER": "F",
        "PERSONAL_PHOTO": "cGljdHVyZQ=="
    })
}

#[test]
fn a_bot_is_registered_with_one_handler() {
    assert_sends(
        api::imbot::register(HANDLER, "newbot", properties()).r#type(BotType::Human).openline(true),
        "imbot.register",
        json!({
            "CODE": "newbot", "TYPE": "H", "EVENT_HANDLER": HANDLER, "OPENLINE": "Y", "PROPERTIES": properties_sent()
        }),
    );
}

#[test]
fn a_bot_is_registered_with_a_handler_for_each_event() {
    let handlers = api::imbot::RegisterHandler::EventMessageAddAndEventWelcomeMessageAndEventBotDelete {
        event_message_add: HANDLER.into(),
        event_welcome_message: HANDLER.into(),
        event_bot_delete: HANDLER.into(),
    };
    assert_sends(
        api::imbot::register(handlers, "newbot", properties())
            .event_message_update(HANDLER)
            .event_message_delete(HANDLER)
            .client_id("own"),
        "imbot.register",
        json!({
            "CODE": "newbot", "EVENT_MESSAGE_ADD": HANDLER, "EVENT_WELCOME_MESSAGE": HANDLER,
            "EVENT_BOT_DELETE": HANDLER, "EVENT_MESSAGE_UPDATE": HANDLER, "EVENT_MESSAGE_DELETE": HANDLER,
            "CLIENT_ID": "own", "PROPERTIES": properties_sent()
        }),
    );
}

#[test]
fn a_bot_is_unregistered() {
    assert_sends(api::imbot::unregister().bot_id(39), "imbot.unregister", json!({"BOT_ID": 39}));
}

#[test]
fn a_bot_is_updated_by_its_fields() {
    let properties = BotProperties::new()
        .name("UpdatedBot")
        .color(Color::Mint)
        .email("test2@test.ru")
        .personal_birthday("2016-03-12".parse().unwrap())
        .work_position("My second bot")
        .personal_www("http://test2.ru")
        .personal_gender(Gender::Male);
    assert_sends(
        api::imbot::update(api::imbot::UpdateFields::new(HANDLER, properties).code("newbot")).bot_id(39),
        "imbot.update",
        json!({
            "BOT_ID": 39,
            "FIELDS": {
                "CODE": "newbot", "EVENT_HANDLER": HANDLER,
                "PROPERTIES": {
                    "NAME": "UpdatedBot", "COLOR": "MINT", "EMAIL": "test2@test.ru",
                    "PERSONAL_BIRTHDAY": "2016-03-12", "WORK_POSITION": "My second bot",
                    "PERSONAL_WWW": "http://test2.ru", "PERSONAL_GENDER": "M"
                }
            }
        }),
    );
}

#[test]
fn bots_are_listed() {
    assert_sends(api::imbot::bot::list(), "imbot.bot.list", json!({}));
}
