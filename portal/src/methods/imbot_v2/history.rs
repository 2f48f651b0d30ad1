//! What was written, for the bots that may read it.

use serde_json::{Value, json};

use super::{
    acting::{self, denied},
    message::named,
};
use crate::{
    ids::{MessageId, UserId},
    rest::{Call, Refusal},
    state::{State, bots::Bot, messages::Message},
    views::v2,
};

/// How many messages are read on each side.
const RANGE: u64 = 50;

/// The bot, if it is one that reads what was not meant for it.
fn reader(state: &State, call: &Call<'_>) -> Result<Bot, Refusal> {
    let bot = acting::bot(state, call)?;
    if bot.hears_all() { Ok(bot) } else { Err(Refusal::new("BOT_TYPE_NOT_ALLOWED")) }
}

pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = reader(state, call)?;
    let message = state.seen(bot.id, named(call)).map_err(denied)?;
    Ok(json!({"message": v2::message(state, message, bot.id), "user": v2::user(state, author(message))}))
}

fn author(message: &Message) -> UserId {
    if message.content.is_system { UserId(0) } else { message.sender }
}

pub(super) fn get_context(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = reader(state, call)?;
    let id = named(call);
    if !state.messages.get(id).is_some_and(Message::is_there) {
        return Err(Refusal::new("MESSAGE_NOT_FOUND"));
    }
    let message = state.seen(bot.id, id);
    let message = message.map_err(|denial| Refusal::because("MESSAGE_ACCESS_DENIED", denial.to_string()))?;
    let chat = state.joined(bot.id, message.chat).map_err(denied)?;
    let range = call.args.number("range").unwrap_or(RANGE).clamp(1, RANGE);
    let range: usize = range.try_into().unwrap_or(usize::MAX);
    let visible: Vec<&Message> = chat.messages.iter().filter_map(|id| state.seen(bot.id, *id).ok()).collect();
    let middle = visible.iter().position(|other| other.id == id).unwrap_or_default();
    let from = middle.saturating_sub(range);
    let window: Vec<&Message> = visible.iter().copied().skip(from).take(middle - from + range + 1).collect();
    let mut authors: Vec<UserId> = Vec::new();
    for message in &window {
        if !authors.contains(&author(message)) {
            authors.push(author(message));
        }
    }
    Ok(json!({
        "messages": window.iter().map(|message| v2::message(state, message, bot.id)).collect::<Vec<_>>(),
        "users": v2::users(state, authors),
        "hasPrevPage": from > 0,
        "hasNextPage": from + window.len() < visible.len(),
    }))
}

pub(super) fn read(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let id = acting::chat(state, &bot, call)?;
    let upto: Option<MessageId> = call.args.id("messageId");
    let chat = state.joined(bot.id, id).map_err(denied)?;
    if upto.is_some_and(|message| !chat.messages.contains(&message) || state.seen(bot.id, message).is_err()) {
        return Err(Refusal::new("MESSAGE_NOT_FOUND"));
    }
    let before = chat.member(bot.id).map(|member| member.read).unwrap_or_default();
    let last = upto.or(chat.last_message()).unwrap_or_default().max(before);
    let is_new = |id: &MessageId| {
        let is_others = state.messages.get(*id).is_some_and(|message| message.sender != bot.id);
        *id > before && *id <= last && is_others
    };
    let viewed: Vec<u64> = chat.messages.iter().copied().filter(is_new).map(|id| id.0).collect();
    let counter = state.mark_read(id, bot.id, upto);
    Ok(json!({"chatId": id, "lastId": last, "counter": counter, "viewedMessages": viewed}))
}
