//! The events of the bot course and the full shapes of the current documentation, as PHP forms.

mod course;
mod documentation;
mod variations;

use b24_runtime::{
    decode_event,
    events::{Event, ImCommandAdd, ImbotJoinChat, ImbotMessageAdd},
    types::{
        AppStatus, BotId, ChatEntityType, ChatId, ChatType, CommandContext, CommandId, DialogId, EventAuth, EventUser,
        Gender, Language, MessageId, UserId,
    },
    wire::{FromNode, Node, Untyped},
};
use serde_json::{Map, Value, json};

use crate::php::http_build_query;

/// Decodes an event from its form; the JSON of the same event must give the same.
#[track_caller]
fn decoded(event: &Value) -> (EventAuth, Event) {
    let from_form = decode_event(http_build_query(event).as_bytes()).unwrap_or_else(|error| panic!("{error}: {event}"));
    let auth = EventAuth::from_node(Node::from(&event["auth"])).unwrap();
    let from_json = Event::decode(event["event"].as_str().unwrap(), Node::from(&event["data"])).unwrap();
    assert_eq!(from_form, (auth, from_json), "form and JSON differ");
    from_form
}

/// An event as the platform wraps it.
#[allow(clippy::needless_pass_by_value, reason = "a call reads better without ampersands")]
fn wrapped(name: &str, data: Value) -> Value {
    json!({"event": name, "event_handler_id": "403", "data": data, "ts": "1771928985", "auth": tokens("27")})
}

/// The thirteen keys of a block of tokens.
fn tokens(user: &str) -> Value {
    json!({
        "access_token": format!("access-{user}"),
        "expires": "1772094439",
        "expires_in": "3600",
        "scope": "imbot",
        "domain": "some-domain.bitrix24.com",
        "server_endpoint": "https://oauth.bitrix.info/rest/",
        "status": "F",
        "client_endpoint": "https://some-domain.bitrix24.com/rest/",
        "member_id": "member",
        "refresh_token": format!("refresh-{user}"),
        "user_id": user,
        "client_id": "local.1",
        "application_token": "application"
    })
}

/// A bot of the current documentation: its tokens lie flat and once more under `AUTH`.
fn bot(id: &str, code: &str) -> Value {
    let mut block = tokens(id);
    block["AUTH"] = tokens(id);
    block["BOT_ID"] = id.into();
    block["BOT_CODE"] = code.into();
    block
}

/// A bot of the course: three keys under `AUTH`.
fn course_auth() -> Value {
    json!({
        "domain": "b24.hazz",
        "member_id": "d41d8cd98f00b204e9800998ecf8427e",
        "application_token": "8006ddd764e69deb28af0c768b10ed65"
    })
}

fn course_bots() -> Value {
    json!({"39": {"AUTH": course_auth(), "BOT_ID": 39, "BOT_CODE": "newbot"}})
}

fn course_user() -> Value {
    json!({
        "ID": 1, "NAME": "Evgeny Shelenkov", "FIRST_NAME": "Evgeny", "LAST_NAME": "Shelenkov", "WORK_POSITION": "",
        "GENDER": "M"
    })
}

fn with(mut object: Value, members: Value) -> Value {
    let Value::Object(members) = members else { panic!("{members} is no object") };
    object.as_object_mut().unwrap().extend(members);
    object
}
