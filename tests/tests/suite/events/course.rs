use super::*;

fn install_auth() -> Value {
    json!({
        "access_token": "lh8ze36o8ulgribyscr36c7ay5inva",
        "scope": "imbot",
        "domain": "b24.hazz",
        "application_token": "c917d38f6bdb84e9d9e0bfe9d585be73",
        "expires_in": 3600,
        "member_id": "d41d8cd98f00b204e9800998ecf8427e",
        "refresh_token": "5f1ih5tsnsb11sc5heg3kp4ywqnjhd09"
    })
}

#[track_caller]
fn assert_install_auth(auth: &EventAuth) {
    let secret = |secret: &Option<b24_runtime::types::Secret>| secret.as_ref().map(|secret| secret.expose().to_owned());
    assert_eq!(secret(&auth.access_token).as_deref(), Some("lh8ze36o8ulgribyscr36c7ay5inva"));
    assert_eq!(secret(&auth.refresh_token).as_deref(), Some("5f1ih5tsnsb11sc5heg3kp4ywqnjhd09"));
    assert_eq!(auth.application_token.expose(), "c917d38f6bdb84e9d9e0bfe9d585be73");
    assert_eq!((auth.scope.as_deref(), auth.expires_in), (Some("imbot"), Some(3600)));
    assert_eq!((auth.domain.as_str(), auth.member_id.as_str()), ("b24.hazz", "d41d8cd98f00b204e9800998ecf8427e"));
    assert_eq!((auth.user_id, auth.status.clone(), auth.expires), (None, None, None), "not in the listing");
}

#[test]
fn an_application_is_installed() {
    let (auth, event) = decoded(&json!({
        "event": "ONAPPINSTALL", "data": {"LANGUAGE_ID": "ru", "VERSION": 1}, "auth": install_auth()
    }));
    let Event::AppInstall(install) = event else { panic!("{event:?}") };
    assert_eq!((install.language_id, install.version.as_str()), (Language::Ru, "1"));
    assert_install_auth(&auth);
}

#[test]
fn an_application_is_updated() {
    let (auth, event) = decoded(&json!({
        "event": "ONAPPUPDATE",
        "data": {"LANGUAGE_ID": "ru", "VERSION": 2, "PREVIOUS_VERSION": 1},
        "auth": install_auth()
    }));
    let Event::AppUpdate(update) = event else { panic!("{event:?}") };
    assert_eq!(update.language_id, Language::Ru);
    assert_eq!((update.version.as_str(), update.previous_version.as_str()), ("2", "1"));
    assert_install_auth(&auth);
}

fn message_params() -> Value {
    json!({
        "DIALOG_ID": 1, "CHAT_TYPE": "P", "CHAT_ENTITY_TYPE": "LINES", "CHAT_ENTITY_ID": 13, "MESSAGE_ID": 392,
        "MESSAGE": "test3", "MESSAGE_ORIGINAL": "[USER=39]NewBot[/USER] test3", "FROM_USER_ID": 1, "TO_USER_ID": 1,
        "TO_CHAT_ID": 6, "LANGUAGE": "ru"
    })
}

fn message_user() -> Value {
    with(course_user(), json!({"IS_BOT": "Y", "IS_CONNECTOR": "Y", "IS_NETWORK": "Y", "IS_EXTRANET": "N"}))
}

#[track_caller]
fn assert_course_bot(bots: &std::collections::BTreeMap<BotId, b24_runtime::types::EventBot>) {
    let bot = &bots[&BotId(39)];
    assert_eq!((bots.len(), bot.bot_id, bot.bot_code.as_str()), (1, BotId(39), "newbot"));
    assert_eq!(
        (bot.auth.domain.as_str(), bot.auth.member_id.as_str()),
        ("b24.hazz", "d41d8cd98f00b204e9800998ecf8427e")
    );
    assert_eq!(bot.auth.application_token.expose(), "8006ddd764e69deb28af0c768b10ed65");
    assert_eq!(bot.auth.access_token, None);
}

#[track_caller]
fn assert_course_user(user: Option<EventUser>, flags: [Option<bool>; 4]) {
    let user = user.unwrap();
    assert_eq!(user.id, UserId(1));
    assert_eq!(
        (user.name.as_str(), user.first_name.as_str(), user.last_name.as_str()),
        ("Evgeny Shelenkov", "Evgeny", "Shelenkov")
    );
    assert_eq!((user.work_position, user.gender), (None, Gender::Male));
    assert_eq!([user.is_bot, user.is_connector, user.is_network, user.is_extranet], flags);
}

#[test]
fn a_message_arrives() {
    let data = json!({"BOT": course_bots(), "PARAMS": message_params(), "USER": message_user()});
    let (_, event) = decoded(&wrapped("ONIMBOTMESSAGEADD", data));
    let Event::ImbotMessageAdd(ImbotMessageAdd { bot, params, user }) = event else { panic!("{event:?}") };
    assert_course_bot(&bot);
    assert_eq!(params.dialog_id, DialogId::User(UserId(1)));
    assert_eq!(params.chat_type, ChatType::Private);
    assert_eq!((params.chat_entity_type, params.chat_entity_id.as_deref()), (Some(ChatEntityType::Lines), Some("13")));
    assert_eq!((params.message_id, params.message.as_str()), (MessageId(392), "test3"));
    assert_eq!(params.message_original.as_deref(), Some("[USER=39]NewBot[/USER] test3"));
    assert_eq!((params.from_user_id, params.to_user_id), (Some(UserId(1)), Some(UserId(1))));
    assert_eq!((params.to_chat_id, params.language), (Some(ChatId(6)), Language::Ru));
    assert_course_user(user, [Some(true), Some(true), Some(true), Some(false)]);
}

#[test]
fn a_message_changes() {
    let data = json!({"BOT": course_bots(), "PARAMS": message_params(), "USER": message_user()});
    let (_, added) = decoded(&wrapped("ONIMBOTMESSAGEADD", data.clone()));
    let (_, event) = decoded(&wrapped("ONIMBOTMESSAGEUPDATE", data));
    let (Event::ImbotMessageAdd(added), Event::ImbotMessageUpdate(update)) = (added, event) else { panic!() };
    assert_eq!((update.bot, update.params, update.user), (added.bot, added.params, added.user), "the same keys");
}

#[test]
fn a_message_is_deleted() {
    let mut params = message_params();
    for absent in ["MESSAGE_ORIGINAL", "TO_USER_ID"] {
        params.as_object_mut().unwrap().remove(absent);
    }
    let data = json!({"BOT": course_bots(), "PARAMS": params, "USER": message_user()});
    let (_, event) = decoded(&wrapped("ONIMBOTMESSAGEDELETE", data));
    let Event::ImbotMessageDelete(delete) = event else { panic!("{event:?}") };
    assert_course_bot(&delete.bot);
    assert_eq!((delete.params.message_id, delete.params.message.as_str()), (MessageId(392), "test3"));
    assert_eq!((delete.params.message_original, delete.params.to_user_id), (None, None));
    assert_eq!((delete.params.from_user_id, delete.params.to_chat_id), (Some(UserId(1)), Some(ChatId(6))));
    assert_course_user(delete.user, [Some(true), Some(true), Some(true), Some(false)]);
}

#[test]
fn a_command_is_called() {
    let data = json!({
        "COMMAND": {"14": {
            "AUTH": course_auth(), "BOT_ID": 62, "BOT_CODE": "echobot", "COMMAND": "echo", "COMMAND_ID": 14,
            "COMMAND_PARAMS": "test", "COMMAND_CONTEXT": "TEXTAREA", "MESSAGE_ID": 1221
        }},
        "PARAMS": {
            "DIALOG_ID": 1, "CHAT_TYPE": "P", "MESSAGE_ID": 1221, "MESSAGE": "/echo test",
            "MESSAGE_ORIGINAL": "/echo test", "FROM_USER_ID": 1, "TO_USER_ID": 2, "TO_CHAT_ID": 6, "LANGUAGE": "ru"
        },
        "USER": course_user()
    });
    let (_, event) = decoded(&wrapped("ONIMCOMMANDADD", data));
    let Event::ImCommandAdd(ImCommandAdd { command, params, user }) = event else { panic!("{event:?}") };
    let called = &command[&CommandId(14)];
    assert_eq!((command.len(), called.command_id, called.command.as_str()), (1, CommandId(14), "echo"));
    assert_eq!((called.command_params.as_str(), &called.command_context), ("test", &CommandContext::Textarea));
    assert_eq!((called.message_id, called.bot_id, called.bot_code.as_str()), (MessageId(1221), BotId(62), "echobot"));
    assert_eq!(called.auth.application_token.expose(), "8006ddd764e69deb28af0c768b10ed65");
    assert_eq!((params.dialog_id, params.chat_type), (UserId(1).into(), ChatType::Private));
    assert_eq!((params.message_id, params.message.as_str()), (MessageId(1221), "/echo test"));
    assert_eq!(params.message_original.as_deref(), Some("/echo test"));
    assert_eq!((params.from_user_id, params.to_user_id), (UserId(1), Some(UserId(2))));
    assert_eq!((params.to_chat_id, params.language), (Some(ChatId(6)), Language::Ru));
    assert_course_user(user, [None; 4]);
}

fn join() -> Value {
    json!({
        "BOT": course_bots(),
        "PARAMS": {
            "DIALOG_ID": 1, "BOT_ID": 39, "CHAT_TYPE": "P", "CHAT_ENTITY_TYPE": "LINES", "USER_ID": 1, "LANGUAGE": "ru"
        },
        "USER": course_user()
    })
}

#[test]
fn a_bot_comes_into_a_chat() {
    let (_, event) = decoded(&wrapped("ONIMBOTJOINCHAT", join()));
    let Event::ImbotJoinChat(ImbotJoinChat { bot, params, user }) = event else { panic!("{event:?}") };
    assert_course_bot(&bot);
    assert_eq!((params.dialog_id, params.bot_id, params.chat_type), (UserId(1).into(), BotId(39), ChatType::Private));
    assert_eq!(params.chat_entity_type, Some(ChatEntityType::Lines));
    assert_eq!((params.user_id, params.language), (UserId(1), Language::Ru));
    assert_course_user(user, [None; 4]);
}

#[test]
fn the_other_name_of_the_same_event_is_understood() {
    let (_, named) = decoded(&wrapped("ONIMBOTJOINCHAT", join()));
    let (_, alias) = decoded(&wrapped("ONIMJOINCHAT", join()));
    assert_eq!(named, alias);
}

#[test]
fn a_bot_is_deleted() {
    let (_, event) = decoded(&wrapped("ONIMBOTDELETE", json!({"BOT_ID": 39, "BOT_CODE": "giphy"})));
    let Event::ImbotDelete(delete) = event else { panic!("{event:?}") };
    assert_eq!((delete.bot_id, delete.bot_code.as_str()), (BotId(39), "giphy"));
}
