use serde_json::{Map, Value, json};

use super::mention;
use crate::{
    ids::{MessageId, UserId},
    state::{
        State,
        bots::{Bot, Owner},
        chats::{Chat, ChatKind},
        clock::seconds,
        messages::{Event, Message},
        secret,
        users::UserKind,
    },
    views::file,
};

type Object = Map<String, Value>;

/// How to call back: with tokens for an application, without for a webhook client, which has its own way in.
pub(crate) fn auth(state: &mut State, owner: &Owner, user: UserId) -> Object {
    let mut auth = Object::new();
    if let Owner::App(app) = owner {
        let grant = state.grant(*app, user);
        let left = grant.expires.as_second() - state.clock.now().as_second();
        auth.insert("access_token".to_owned(), grant.access.into());
        auth.insert("expires".to_owned(), grant.expires.as_second().into());
        auth.insert("expires_in".to_owned(), left.min(seconds(state.settings.token_life)).into());
        auth.insert("refresh_token".to_owned(), grant.refresh.into());
        auth.insert("user_id".to_owned(), user.into());
    }
    let (scopes, token) = match owner {
        Owner::App(app) => {
            state.apps.get(*app).map(|app| (app.scopes.join(","), app.application_token.clone())).unwrap_or_default()
        }
        Owner::Client(client) => ("imbot".to_owned(), client.clone()),
    };
    let endpoint = format!("{}/rest/", state.settings.url());
    auth.insert("scope".to_owned(), scopes.into());
    auth.insert("domain".to_owned(), state.settings.domain.clone().into());
    auth.insert("server_endpoint".to_owned(), endpoint.clone().into());
    auth.insert("status".to_owned(), "L".into());
    auth.insert("client_endpoint".to_owned(), endpoint.into());
    auth.insert("member_id".to_owned(), state.settings.member_id.clone().into());
    auth.insert("application_token".to_owned(), token.into());
    auth
}

/// How to act as a bot: the same keys flat and, once more, under `AUTH`.
pub(crate) fn bot(state: &mut State, bot: &Bot) -> Object {
    let mut auth = auth(state, &bot.owner, bot.id);
    let client_id = match &bot.owner {
        Owner::App(app) => state.apps.get(*app).map(|app| app.client_id.clone()).unwrap_or_default(),
        Owner::Client(client) => client.clone(),
    };
    auth.insert("client_id".to_owned(), client_id.into());
    let mut block = auth.clone();
    block.insert("AUTH".to_owned(), Value::Object(auth));
    block.insert("BOT_ID".to_owned(), bot.id.into());
    block.insert("BOT_CODE".to_owned(), bot.code.clone().into());
    block
}

/// Who caused the event. What kind of user it is stands in the events about messages only.
pub(crate) fn user(state: &State, user: UserId, with_kind: bool) -> Value {
    let Some(account) = state.users.get(user) else { return json!([]) };
    let mut block = json!({
        "ID": account.id,
        "NAME": account.name(),
        "FIRST_NAME": account.first_name,
        "LAST_NAME": account.last_name,
        "WORK_POSITION": account.position,
        "GENDER": account.gender_letter(),
    });
    if with_kind {
        block["IS_BOT"] = yes_no(account.is_bot());
        block["IS_CONNECTOR"] = yes_no(account.kind == UserKind::Connector);
        block["IS_NETWORK"] = yes_no(false);
        block["IS_EXTRANET"] = yes_no(account.kind == UserKind::Extranet);
    }
    block
}

/// What a reader is told in place of a deleted text.
const GONE: &str = "This message has been deleted.";

/// `PARAMS` of a message that appeared, with the mentions of its readers left out of the text.
pub(crate) fn message(state: &State, chat: &Chat, message: &Message, readers: &[UserId]) -> Value {
    let mut params = basics(state, chat, message, readers);
    extend(&mut params, flags(message));
    extend(&mut params, json!({"COMMAND_CONTEXT": "TEXTAREA", "PLATFORM_CONTEXT": "web"}));
    if chat.kind != ChatKind::Private {
        extend(&mut params, looks(state, chat, message));
        extend(&mut params, json!({"CHAT_USER_COUNT": chat.members.len(), "MENTIONED_LIST": mentioned(message)}));
    }
    extend(&mut params, belongings(state, message));
    Value::Object(params)
}

/// `PARAMS` of a message that called commands of these bots.
pub(crate) fn command(state: &State, chat: &Chat, message: &Message, bots: &[UserId]) -> Value {
    let mut params = basics(state, chat, message, bots);
    extend(&mut params, flags(message));
    extend(&mut params, json!({"SKIP_USER_CHECK": "Y", "RECENT_ADD": "Y"}));
    if chat.kind != ChatKind::Private {
        params.shift_remove("TO_USER_ID");
        extend(&mut params, looks(state, chat, message));
        let present: Object =
            bots.iter().filter(|bot| chat.has(**bot)).map(|bot| (bot.to_string(), bot.0.into())).collect();
        extend(&mut params, json!({"CHAT_PARENT_ID": 0, "CHAT_PARENT_MID": 0, "BOT_IN_CHAT": present}));
    }
    extend(&mut params, belongings(state, message));
    Value::Object(params)
}

/// `PARAMS` of a message that was edited or deleted.
pub(crate) fn change(state: &State, chat: &Chat, message: &Message, readers: &[UserId], event: Event) -> Value {
    let mut params = basics(state, chat, message, readers);
    extend(&mut params, json!({"ID": message.id, "CHAT_ID": chat.id, "CHAT_AUTHOR_ID": chat.owner}));
    if event == Event::Delete {
        params.insert("MESSAGE".to_owned(), GONE.into());
        for key in ["MESSAGE_ORIGINAL", "TO_USER_ID"] {
            params.shift_remove(key);
        }
        return Value::Object(params);
    }
    extend(&mut params, json!({"CHAT_USER_COUNT": chat.members.len(), "PLATFORM_CONTEXT": "web"}));
    if chat.kind != ChatKind::Private {
        params.insert("MENTIONED_LIST".to_owned(), mentioned(message).into());
    }
    extend(&mut params, belongings(state, message));
    Value::Object(params)
}

/// What the `PARAMS` of every message have.
fn basics(state: &State, chat: &Chat, message: &Message, readers: &[UserId]) -> Object {
    let text = &message.content.text;
    let is_private = chat.kind == ChatKind::Private;
    let addressee = match chat.companion(message.sender) {
        Some(companion) => companion.0,
        None => mention::users(text).first().map_or(0, |user| user.0),
    };
    // A bot answers the writer in a private dialog, and the chat everywhere else.
    let dialog = if is_private { message.sender.to_string() } else { format!("chat{}", chat.id) };
    let heard = if is_private { text.clone() } else { mention::strip(text, readers) };
    let mut params = Object::new();
    extend(
        &mut params,
        json!({
            "MESSAGE": heard,
            "MESSAGE_TYPE": chat.kind.letter(),
            "CHAT_TYPE": chat.kind.letter(),
            "FROM_USER_ID": message.sender,
            "AUTHOR_ID": message.sender,
            "TO_USER_ID": addressee,
            "TO_CHAT_ID": chat.id,
            "DIALOG_ID": dialog,
            "MESSAGE_ID": message.id,
            "LANGUAGE": state.settings.language,
        }),
    );
    if !is_private {
        extend(
            &mut params,
            json!({
                "MESSAGE_ORIGINAL": text,
                "CHAT_ID": chat.id,
                "CHAT_AUTHOR_ID": chat.owner,
                "CHAT_ENTITY_TYPE": chat.entity.kind,
                "CHAT_ENTITY_ID": chat.entity.id,
                "CHAT_ENTITY_DATA_1": chat.entity.data[0],
                "CHAT_ENTITY_DATA_2": chat.entity.data[1],
                "CHAT_ENTITY_DATA_3": chat.entity.data[2],
            }),
        );
    }
    params
}

/// How the platform treats a new message.
fn flags(message: &Message) -> Value {
    let template = if message.uuid.is_empty() { secret::hex(32) } else { message.uuid.clone() };
    json!({
        "TEMPLATE_ID": template,
        "SYSTEM": "N",
        "PUSH": "Y",
        "PUSH_IMPORTANT": "N",
        "RECENT_SKIP_AUTHOR": "N",
        "CONVERT": "N",
        "SKIP_COMMAND": "N",
        "SKIP_COUNTER_INCREMENTS": "N",
        "SILENT_CONNECTOR": "N",
        "SKIP_CONNECTOR": "N",
        "IMPORTANT_CONNECTOR": "N",
        "NO_SESSION_OL": "N",
        "FAKE_RELATION": 0,
        "SKIP_URL_INDEX": "N",
    })
}

/// The chat around a new message, as its writer sees it.
fn looks(state: &State, chat: &Chat, message: &Message) -> Value {
    let before = chat.messages.iter().rev().find(|id| **id < message.id).map_or(0, |id| id.0);
    json!({
        "CHAT_TITLE": chat.title,
        "CHAT_AVATAR": 0,
        "CHAT_COLOR": chat.color,
        "CHAT_EXTRANET": yes_no(state.has_outsiders(chat)),
        "CHAT_PREV_MESSAGE_ID": before,
        "CHAT_CAN_POST": "MEMBER",
        "RID": message.sender,
        "IS_MANAGER": yes_no(chat.is_managed_by(message.sender)),
    })
}

/// Who is mentioned, keyed by the same ids.
fn mentioned(message: &Message) -> Object {
    mention::users(&message.content.text).into_iter().map(|user| (user.to_string(), user.0.into())).collect()
}

/// What a message carries besides its text, where there is any.
fn belongings(state: &State, message: &Message) -> Value {
    let content = &message.content;
    let (mut belongings, mut params) = (Object::new(), Object::new());
    if !content.files.is_empty() {
        belongings.insert("FILES".to_owned(), file::by_id(state, message.chat, &content.files).into());
        params.insert("FILE_ID".to_owned(), content.files.iter().map(|file| file.0).collect());
    }
    if let Some(answered) = content.reply {
        params.insert("REPLY_ID".to_owned(), answered.into());
    }
    if !params.is_empty() {
        belongings.insert("PARAMS".to_owned(), params.into());
    }
    belongings.into()
}

/// `PARAMS` of a bot that came into a chat.
pub(crate) fn join(state: &State, chat: &Chat, bot: UserId, by: UserId) -> Value {
    let letter = chat.kind.letter();
    let sees_history = chat.member(bot).is_none_or(|member| member.hidden_upto == MessageId(0));
    let mut params = Object::new();
    extend(&mut params, json!({"CHAT_TYPE": letter, "MESSAGE_TYPE": letter, "BOT_ID": bot, "USER_ID": by}));
    if chat.kind == ChatKind::Private {
        extend(&mut params, json!({"TO_USER_ID": by, "FROM_USER_ID": bot, "DIALOG_ID": by.to_string()}));
    } else {
        extend(
            &mut params,
            json!({
                "CHAT_ID": chat.id,
                "CHAT_AUTHOR_ID": chat.owner,
                "CHAT_ENTITY_TYPE": chat.entity.kind,
                "CHAT_ENTITY_ID": chat.entity.id,
                "ACCESS_HISTORY": u8::from(sees_history),
                "DIALOG_ID": format!("chat{}", chat.id),
            }),
        );
    }
    params.insert("LANGUAGE".to_owned(), state.settings.language.clone().into());
    Value::Object(params)
}

fn yes_no(flag: bool) -> Value {
    if flag { "Y" } else { "N" }.into()
}

fn extend(object: &mut Object, more: Value) {
    if let Value::Object(more) = more {
        object.extend(more);
    }
}
