//! The request samples of the bot course, built with the generated functions and the message builders.
//!
//! The samples are PHP and JavaScript, where a number may stand as text: numbers are compared as their text. Empty
//! optional parameters count as absent.

mod application;
mod attachments;
mod bots;
mod buttons;
mod chats;
mod commands;
mod messages;

use b24_runtime::{
    Request, api,
    message::{
        Action, Attach, Button, Delimiter, File, GridItem, Image, Keyboard, Link, Menu, MenuItem, Person, Rgb, Target,
        Text,
    },
    types::{
        AttachAvatarType, BotId, BotProperties, BotType, ButtonContext, ChatEntityType, ChatId, Color, ColorToken,
        CommandId, CommandTranslation, DialogId, Gender, Language, LikeAction, MessageId, NewChatType, UserId,
    },
    wire::{Base64, ToValue},
};
use serde_json::{Value, json};

#[track_caller]
fn assert_sends<R: Request>(request: R, method: &str, params: Value) {
    assert_eq!(R::METHOD.name, method);
    assert_eq!(as_php_sees_it(Value::Object(request.into_params().into_map())), as_php_sees_it(params));
}

fn as_php_sees_it(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Array(list) => list.into_iter().map(as_php_sees_it).collect(),
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, as_php_sees_it(value))).collect(),
        other => other,
    }
}

#[track_caller]
#[allow(clippy::needless_pass_by_value, reason = "a call reads better without ampersands")]
fn assert_block(attach: Attach, block: Value) {
    assert_eq!(attach.check(), Ok(()));
    assert_eq!(as_php_sees_it(attach.to_value()), as_php_sees_it(json!([block])));
}

const HANDLER: &str = "http://www.hazz/chatApi/event.php";
const TICKET: &str = "Ticket #12345: new API for \"Web Messenger\" module";
const MANTIS: &str = "https://files.shelenkov.com/bitrix/images/mantis.jpg";
const LOGO: &str = "http://dev.1c-bitrix.ru/bitrix/templates/1c-bitrix-new/images/logo.png";
