//! Who is in a chat, and as what.

use serde_json::Value;

use super::acting::{self, denied, done};
use crate::{
    ids::{ChatId, UserId},
    rest::{Call, Refusal},
    state::{
        State,
        bots::Bot,
        chats::{Chat, Denial},
    },
    views::v2,
};

/// How many people are listed where nobody asks for another number.
const PAGE: u64 = 50;
/// How many people are listed at most.
const LARGEST_PAGE: u64 = 200;

/// A rule for what the bot may do in a chat.
type Rule = for<'a> fn(&'a State, UserId, ChatId) -> Result<&'a Chat, Denial>;

/// The chat that a call names, if the bot may do in it what the rule is about.
fn ruled(state: &mut State, call: &Call<'_>, rule: Rule) -> Result<(Bot, ChatId), Refusal> {
    let bot = acting::bot(state, call)?;
    let id = acting::chat(state, &bot, call)?;
    rule(state, bot.id, id).map_err(denied)?;
    Ok((bot, id))
}

/// Whoever does not exist, does not work here any more or is in the chat already is passed over.
pub(super) fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (bot, chat) = ruled(state, call, State::managed)?;
    for user in call.args.users("userIds") {
        let is_active = state.users.get(user).is_some_and(|account| account.active);
        let is_in = state.chats.get(chat).is_some_and(|chat| chat.has(user));
        if is_active && !is_in {
            state.add_member(chat, user);
            state.welcome(chat, user, bot.id);
        }
    }
    Ok(done())
}

/// Somebody who is not in the chat is no error.
pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (_, chat) = ruled(state, call, State::managed)?;
    let user: UserId = call.args.id("userId").unwrap_or_default();
    if state.chats.get(chat).is_some_and(|chat| chat.has(user)) {
        state.remove_member(chat, user);
    }
    Ok(done())
}

pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (_, id) = ruled(state, call, State::joined)?;
    let chat = state.chats.get(id).ok_or_else(|| Refusal::new("ACCESS_DENIED"))?;
    let mut users: Vec<UserId> = chat.users().collect();
    let order = call.args.object("order");
    if order.has("userId") {
        users.sort();
    } else if order.has("lastSendMessageId") {
        let last = |user: &UserId| {
            let is_own = |id: &&_| state.messages.get(**id).is_some_and(|message| message.sender == *user);
            chat.messages.iter().rev().find(is_own)
        };
        users.sort_by_key(last);
    }
    let is_descending = |value: &Value| value.as_str().is_some_and(|word| word.eq_ignore_ascii_case("DESC"));
    if order.0.values().next().is_some_and(is_descending) {
        users.reverse();
    }
    let limit = call.args.number("limit").unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    users.truncate(limit.try_into().unwrap_or(usize::MAX));
    Ok(v2::users(state, users).into())
}

pub(super) fn set_owner(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (_, id) = ruled(state, call, State::owned)?;
    let heir: UserId = call.args.id("userId").unwrap_or_default();
    if !state.chats.get(id).is_some_and(|chat| chat.has(heir)) {
        return Err(denied(Denial::NotInChat(heir)));
    }
    state.change_chat(id, |chat| chat.owner = heir);
    Ok(done())
}

pub(super) fn add_managers(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    appoint(state, call, true)
}

pub(super) fn delete_managers(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    appoint(state, call, false)
}

fn appoint(state: &mut State, call: &Call<'_>, is_manager: bool) -> Result<Value, Refusal> {
    let (_, chat) = ruled(state, call, State::owned)?;
    state.set_managers(chat, call.args.users("userIds"), is_manager);
    Ok(done())
}
