//! Who is in a chat, and as what.

use serde_json::Value;

use super::acting::{self, denied, done};
use crate::{
    ids::{ChatId, UserId},
    rest::{Call, Refusal},
    state::{
        State,
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
fn ruled(state: &mut State, call: &Call<'_>, rule: Rule) -> Result<(UserId, ChatId), Refusal> {
    let bot = acting::bot(state, call)?;
    let id = acting::chat(state, &bot, call)?;
    rule(state, bot.id, id).map_err(denied)?;
    Ok((bot.id, id))
}

/// Whoever does not exist, does not work here any more or is in the chat already is passed over.
pub(super) fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (bot, id) = ruled(state, call, State::managed)?;
    let chat = state.managed(bot, id).map_err(denied)?;
    let comes = |user: &UserId| state.users.get(*user).is_some_and(|account| account.active) && !chat.has(*user);
    let guests: Vec<UserId> = call.args.users("userIds").into_iter().filter(comes).collect();
    if !guests.is_empty() {
        state.invite(bot, id, &guests, false).map_err(denied)?;
    }
    Ok(done())
}

/// Somebody who is not in the chat is no error.
pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (bot, id) = ruled(state, call, State::managed)?;
    match state.expel(bot, id, call.args.id("userId").unwrap_or_default()) {
        Ok(()) | Err(Denial::NotInChat(_)) => Ok(done()),
        Err(denial) => Err(denied(denial)),
    }
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
    let (bot, id) = ruled(state, call, State::owned)?;
    state.hand_over(bot, id, call.args.id("userId").unwrap_or_default()).map_err(denied)?;
    Ok(done())
}

pub(super) fn add_managers(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    appoint(state, call, true)
}

pub(super) fn delete_managers(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    appoint(state, call, false)
}

/// Whoever is not in the chat is passed over.
fn appoint(state: &mut State, call: &Call<'_>, is_manager: bool) -> Result<Value, Refusal> {
    let (bot, id) = ruled(state, call, State::owned)?;
    for user in call.args.users("userIds") {
        match state.appoint(bot, id, user, is_manager) {
            Ok(()) | Err(Denial::NotInChat(_)) => {}
            Err(denial) => return Err(denied(denial)),
        }
    }
    Ok(done())
}
