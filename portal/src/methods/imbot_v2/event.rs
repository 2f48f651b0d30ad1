//! Events that are fetched.

use serde_json::{Value, json};

use super::acting;
use crate::{
    ids::{UserId, WaitingId},
    rest::{Call, Refusal},
    state::{
        State,
        clock::iso,
        inbox::{Reader, Waiting},
    },
};

/// How many events an answer has where nobody asks for another number.
const PAGE: u64 = 100;
/// How many events an answer has at most.
const LARGEST_PAGE: u64 = 1000;

/// What waits for a bot, and with `withUserEvents` what waits for the person in whose name the call is made.
pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let mut readers = vec![Reader::Bot(bot(state, call)?)];
    if call.args.flag("withUserEvents").unwrap_or(false) {
        let user = call.caller.user;
        if !call.caller.may_use("im") {
            return Err(Refusal::new("SCOPE_ERROR"));
        }
        if !state.inbox.subscribers.contains(&user) {
            return Err(Refusal::new("USER_NOT_SUBSCRIBED"));
        }
        readers.push(Reader::User(user));
    }
    Ok(page(state, call, &readers))
}

/// A bot that acts, or one that was deleted and has not fetched the news of that.
fn bot(state: &State, call: &Call<'_>) -> Result<UserId, Refusal> {
    let id = call.args.id("botId").unwrap_or_default();
    match state.inbox.gone.get(&id) {
        Some(owner) if *owner == acting::caller(call)? => Ok(id),
        _ => acting::bot(state, call).map(|bot| bot.id),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn get_of_user(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    Ok(page(state, call, &[Reader::User(call.caller.user)]))
}

fn page(state: &mut State, call: &Call<'_>, readers: &[Reader]) -> Value {
    let offset = call.args.number("offset");
    state.forget_late();
    if let Some(offset) = offset {
        state.inbox.confirm(readers, WaitingId(offset));
    }
    let limit = call.args.number("limit").unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let page = state.inbox.page(readers, limit.try_into().unwrap_or(usize::MAX));
    let next = page.events.last().map(|event| event.id.0 + 1).or(offset);
    json!({
        "events": page.events.iter().map(told).collect::<Vec<_>>(),
        "nextOffset": next,
        "hasMore": page.has_more,
    })
}

fn told(event: &Waiting) -> Value {
    json!({"eventId": event.id, "type": event.name, "date": iso(event.date), "data": event.data})
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn subscribe(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    state.inbox.subscribers.insert(call.caller.user);
    Ok(true.into())
}

/// What was recorded before can still be fetched.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn unsubscribe(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    state.inbox.subscribers.remove(&call.caller.user);
    Ok(true.into())
}
