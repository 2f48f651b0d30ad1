use super::*;

fn author() -> Value {
    json!({
        "ID": "27", "NAME": "Svetlana Ivanova", "FIRST_NAME": "Svetlana", "LAST_NAME": "Ivanova", "WORK_POSITION": "",
        "GENDER": "F", "IS_BOT": "N", "IS_CONNECTOR": "N", "IS_NETWORK": "N", "IS_EXTRANET": "N"
    })
}

/// What the portal says about every new message and no bot needs.
fn ballast() -> Value {
    let mut all: Map<String, Value> = [
        "PUSH_IMPORTANT",
        "RECENT_SKIP_AUTHOR",
        "CONVERT",
        "SKIP_COMMAND",
        "SKIP_COUNTER_INCREMENTS",
        "SILENT_CONNECTOR",
        "SKIP_CONNECTOR",
        "IMPORTANT_CONNECTOR",
        "NO_SESSION_OL",
        "SKIP_URL_INDEX",
        "SYSTEM",
    ]
    .into_iter()
    .map(|key| (key.to_owned(), "N".into()))
    .collect();
    for (key, value) in [
        ("PUSH", "Y"),
        ("FAKE_RELATION", "0"),
        ("COMMAND_CONTEXT", "TEXTAREA"),
        ("CHAT_USER_COUNT", "2"),
        ("PLATFORM_CONTEXT", "web"),
        ("TEMPLATE_ID", "796c45aa-70e5-45aa-930c-c7fb32710c62"),
        ("AUTHOR_ID", "27"),
    ] {
        all.insert(key.to_owned(), value.into());
    }
    all.into()
}

fn group_chat() -> Value {
    json!({
        "CHAT_ID": "1157", "CHAT_PARENT_ID": "0", "CHAT_PARENT_MID": "0", "CHAT_TITLE": "Brown Chat #18",
        "CHAT_AUTHOR_ID": "27", "CHAT_TYPE": "C", "CHAT_AVATAR": "0", "CHAT_COLOR": "BROWN",
        "CHAT_ENTITY_TYPE": "THREAD", "CHAT_ENTITY_ID": "", "CHAT_ENTITY_DATA_1": "", "CHAT_ENTITY_DATA_2": "",
        "CHAT_ENTITY_DATA_3": "", "CHAT_EXTRANET": "N", "CHAT_PREV_MESSAGE_ID": "80961",
        "CHAT_CAN_POST": "MEMBER", "RID": "27", "IS_MANAGER": "N", "MENTIONED_LIST": {"567": "567"},
        "BOT_IN_CHAT": {"567": "567"}, "RELATIONS": {"27": {"ID": "1", "USER_ID": "27"}}
    })
}

#[test]
fn a_message_in_a_private_dialog() {
    let params = with(
        ballast(),
        json!({
            "MESSAGE": "Hello", "MESSAGE_TYPE": "P", "FROM_USER_ID": "27", "DIALOG_ID": "27", "TO_CHAT_ID": "1407",
            "TO_USER_ID": "567", "MESSAGE_ID": "84331", "CHAT_TYPE": "P", "LANGUAGE": "en"
        }),
    );
    let (auth, event) = decoded(&wrapped(
        "ONIMBOTMESSAGEADD",
        json!({"BOT": {"567": bot("567", "BOT1")}, "PARAMS": params, "USER": author()}),
    ));
    assert_eq!(
        (auth.user_id, auth.expires, auth.status),
        (Some(UserId(27)), Some(1_772_094_439), Some(AppStatus::Free))
    );
    assert_eq!(auth.client_endpoint.as_deref(), Some("https://some-domain.bitrix24.com/rest/"));
    assert_eq!(auth.server_endpoint.as_deref(), Some("https://oauth.bitrix.info/rest/"));
    let Event::ImbotMessageAdd(add) = event else { panic!("{event:?}") };
    let own = &add.bot[&BotId(567)].auth;
    assert_eq!((own.user_id, own.client_id.as_deref()), (Some(UserId(567)), Some("local.1")), "the token of the bot");
    assert_eq!(own.access_token.as_ref().map(b24_runtime::types::Secret::expose), Some("access-567"));
    assert_eq!((add.params.dialog_id, add.params.message.as_str()), (UserId(27).into(), "Hello"));
    assert_eq!((add.params.chat_entity_type, add.params.message_original), (None, None));
    assert_eq!(
        add.user.map(|user| (user.id, user.gender, user.is_bot)),
        Some((UserId(27), Gender::Female, Some(false)))
    );
}

#[test]
fn a_message_in_a_group_chat() {
    let params = with(
        with(ballast(), group_chat()),
        json!({
            "MESSAGE": ", how to set up the left menu", "MESSAGE_TYPE": "C", "FROM_USER_ID": "27",
            "DIALOG_ID": "chat1157", "TO_CHAT_ID": "1157", "TO_USER_ID": "567", "MESSAGE_ID": "84351", "LANGUAGE": "en",
            "MESSAGE_ORIGINAL": "[USER=567]NewBot[/USER] , how to set up the left menu"
        }),
    );
    let (_, event) = decoded(&wrapped(
        "ONIMBOTMESSAGEADD",
        json!({"BOT": {"567": bot("567", "BOT1")}, "PARAMS": params, "USER": author()}),
    ));
    let Event::ImbotMessageAdd(add) = event else { panic!("{event:?}") };
    assert_eq!((add.params.dialog_id, add.params.chat_type), (ChatId(1157).into(), ChatType::Group));
    assert_eq!(add.params.chat_entity_type, Some(ChatEntityType::Thread));
    assert_eq!(add.params.message, ", how to set up the left menu");
    assert_eq!(add.params.message_original.as_deref(), Some("[USER=567]NewBot[/USER] , how to set up the left menu"));
}

#[test]
fn a_change_in_a_group_chat_names_no_author() {
    let params = json!({
        "ID": "84537", "CHAT_ID": "1157", "AUTHOR_ID": "27", "MESSAGE": "create a task list", "MESSAGE_TYPE": "C",
        "CHAT_AUTHOR_ID": "27", "CHAT_ENTITY_TYPE": "THREAD", "CHAT_ENTITY_ID": "", "CHAT_ENTITY_DATA_1": "",
        "CHAT_USER_COUNT": "2", "MENTIONED_LIST": {"571": "571"}, "PLATFORM_CONTEXT": "web",
        "MESSAGE_ORIGINAL": "[USER=571]NewBot[/USER], create a task list", "TO_USER_ID": "571",
        "DIALOG_ID": "chat1157", "MESSAGE_ID": "84537", "CHAT_TYPE": "C", "LANGUAGE": "en"
    });
    let (_, event) =
        decoded(&wrapped("ONIMBOTMESSAGEUPDATE", json!({"BOT": {"571": bot("571", "BOT")}, "PARAMS": params})));
    let Event::ImbotMessageUpdate(update) = event else { panic!("{event:?}") };
    assert_eq!((update.user, update.params.from_user_id), (None, None));
    assert_eq!(update.params.message, "create a task list");
}

#[test]
fn a_deletion_in_a_group_chat_names_nobody() {
    let params = json!({
        "ID": "84537", "CHAT_ID": "1157", "AUTHOR_ID": "27", "MESSAGE_TYPE": "C", "CHAT_AUTHOR_ID": "27",
        "MESSAGE": "Message from 02/26/2026 11:14:02 has been deleted", "CHAT_ENTITY_TYPE": "THREAD",
        "CHAT_ENTITY_ID": "", "DIALOG_ID": "chat1157", "MESSAGE_ID": "84537", "CHAT_TYPE": "C", "LANGUAGE": "de"
    });
    let (_, event) =
        decoded(&wrapped("ONIMBOTMESSAGEDELETE", json!({"BOT": {"571": bot("571", "BOT")}, "PARAMS": params})));
    let Event::ImbotMessageDelete(delete) = event else { panic!("{event:?}") };
    assert_eq!((delete.user, delete.params.from_user_id, delete.params.to_user_id), (None, None, None));
    assert_eq!(delete.params.message, "Message from 02/26/2026 11:14:02 has been deleted");
    assert_eq!(delete.params.language, Language::De);
}

#[test]
fn a_bot_in_a_private_dialog() {
    let params = json!({
        "CHAT_TYPE": "P", "MESSAGE_TYPE": "P", "BOT_ID": "571", "USER_ID": "27", "TO_USER_ID": "27",
        "FROM_USER_ID": "571", "DIALOG_ID": "27", "LANGUAGE": "de"
    });
    let (_, event) = decoded(&wrapped(
        "ONIMBOTJOINCHAT",
        json!({"BOT": {"571": bot("571", "BOT")}, "PARAMS": params, "USER": author()}),
    ));
    let Event::ImbotJoinChat(join) = event else { panic!("{event:?}") };
    assert_eq!((join.params.dialog_id, join.params.user_id), (UserId(27).into(), UserId(27)));
    assert_eq!(join.params.chat_entity_type, None);
}

#[test]
fn a_bot_in_a_group_chat() {
    let params = json!({
        "CHAT_TYPE": "C", "MESSAGE_TYPE": "C", "BOT_ID": "571", "USER_ID": "27", "CHAT_ID": "1157",
        "CHAT_AUTHOR_ID": "27", "CHAT_ENTITY_TYPE": "THREAD", "CHAT_ENTITY_ID": "", "ACCESS_HISTORY": "1",
        "DIALOG_ID": "chat1157", "LANGUAGE": "de"
    });
    let (_, event) = decoded(&wrapped(
        "ONIMBOTJOINCHAT",
        json!({"BOT": {"571": bot("571", "BOT")}, "PARAMS": params, "USER": author()}),
    ));
    let Event::ImbotJoinChat(join) = event else { panic!("{event:?}") };
    assert_eq!((join.params.dialog_id, join.params.chat_type), (ChatId(1157).into(), ChatType::Group));
}

fn command(id: &str, bot_id: &str, params: &str, context: &str) -> Value {
    with(
        bot(bot_id, "BOT_GM"),
        json!({
            "COMMAND": "echo", "COMMAND_ID": id, "COMMAND_PARAMS": params, "COMMAND_CONTEXT": context,
            "MESSAGE_ID": "33899"
        }),
    )
}

#[test]
fn a_command_in_a_private_dialog_and_in_a_group_chat() {
    let user = json!({"ID": "1269", "NAME": "John Smith", "FIRST_NAME": "John", "LAST_NAME": "Smith", "GENDER": "M"});
    let message = json!({"MESSAGE": "/echo test", "FROM_USER_ID": "1269", "MESSAGE_ID": "33899", "LANGUAGE": "en"});
    let private = with(
        with(ballast(), message.clone()),
        json!({
            "MESSAGE_TYPE": "P", "DIALOG_ID": "1269", "TO_CHAT_ID": "2737", "TO_USER_ID": "1291", "CHAT_TYPE": "P",
            "SKIP_USER_CHECK": "Y", "RECENT_ADD": "Y"
        }),
    );
    let group = with(
        with(with(ballast(), group_chat()), message),
        json!({
            "MESSAGE_TYPE": "C", "DIALOG_ID": "chat2725", "TO_CHAT_ID": "2725"
        }),
    );
    for (params, dialog) in [(private, DialogId::from(UserId(1269))), (group, ChatId(2725).into())] {
        let commands = json!({"103": command("103", "1291", "test", "TEXTAREA")});
        let (_, event) =
            decoded(&wrapped("ONIMCOMMANDADD", json!({"COMMAND": commands, "PARAMS": params, "USER": user})));
        let Event::ImCommandAdd(add) = event else { panic!("{event:?}") };
        assert_eq!(add.params.dialog_id, dialog);
        assert_eq!(add.command[&CommandId(103)].auth.user_id, Some(UserId(1291)));
        assert_eq!(add.user.and_then(|user| user.work_position), None);
    }
}

#[test]
fn several_bots_come_in_one_event_each_with_its_own_token() {
    let data = json!({
        "BOT": {"571": bot("571", "FIRST"), "572": bot("572", "SECOND")},
        "PARAMS": {"MESSAGE": "x", "DIALOG_ID": "chat1", "MESSAGE_ID": "1", "CHAT_TYPE": "C", "LANGUAGE": "en"}
    });
    let (_, event) = decoded(&wrapped("ONIMBOTMESSAGEADD", data));
    let Event::ImbotMessageAdd(add) = event else { panic!("{event:?}") };
    let bots: Vec<_> = add.bot.iter().map(|(id, bot)| (id.0, bot.bot_code.as_str(), bot.auth.user_id)).collect();
    assert_eq!(bots, [(571, "FIRST", Some(UserId(571))), (572, "SECOND", Some(UserId(572)))]);
}

#[test]
fn several_commands_come_in_one_event() {
    let data = json!({
        "COMMAND": {"9": command("9", "571", "", "KEYBOARD"), "103": command("103", "571", "two", "MENU")},
        "PARAMS": {
            "MESSAGE": "x", "DIALOG_ID": "chat1", "MESSAGE_ID": "1", "CHAT_TYPE": "C", "FROM_USER_ID": "27",
            "LANGUAGE": "en"
        }
    });
    let (_, event) = decoded(&wrapped("ONIMCOMMANDADD", data));
    let Event::ImCommandAdd(add) = event else { panic!("{event:?}") };
    let commands: Vec<_> = add
        .command
        .values()
        .map(|command| (command.command_id.0, command.command_params.as_str(), &command.command_context))
        .collect();
    assert_eq!(commands, [(9, "", &CommandContext::Keyboard), (103, "two", &CommandContext::Menu)]);
}

#[test]
fn an_installation_tells_more_than_the_course_lists() {
    let data = json!({"VERSION": "1.0.0", "ACTIVE": "Y", "INSTALLED": "Y", "LANGUAGE_ID": "de"});
    let (_, event) = decoded(&wrapped("ONAPPINSTALL", data));
    let Event::AppInstall(install) = event else { panic!("{event:?}") };
    assert_eq!((install.version.as_str(), install.language_id), ("1.0.0", Language::De));
}
