//! Users, chats, messages and bots in the words of the second bot API.

mod bot;
mod chat;
mod message;
mod user;

use serde_json::Value;

pub(crate) use self::{
    bot::{bot, command},
    chat::{chat, chat_in_event},
    message::{message, message_in_event},
    user::{user, user_in_event, users},
};

/// A text, or null for none.
fn text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { text.into() }
}
