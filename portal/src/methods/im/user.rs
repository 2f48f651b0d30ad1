use serde_json::{Map, Value};

use super::department::told;
use crate::{
    ids::UserId,
    rest::{Call, Refusal},
    state::{State, users::UserKind},
    views,
};

/// How long ago somebody went away who does not tell, in minutes.
const USUAL_ABSENCE: u32 = 10;

pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let id = match call.args.value("ID") {
        Some(_) => call.args.id("ID").unwrap_or_default(),
        None => call.user(),
    };
    if id == UserId(0) {
        return Err(Refusal::new("ID_EMPTY"));
    }
    if !state.users.contains(id) {
        return Err(Refusal::new("USER_NOT_EXISTS"));
    }
    if !state.sees(call.user(), id) {
        return Err(Refusal::new("ACCESS_DENIED"));
    }
    Ok(views::user(state, id))
}

/// Whom the caller cannot see is left out.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let is_seen = |user: &UserId| state.users.contains(*user) && state.sees(call.user(), *user);
    let users: Vec<Value> =
        call.args.users("ID").into_iter().filter(is_seen).map(|user| views::user(state, user)).collect();
    let is_list = call.args.text("RESULT_TYPE") == Some("array");
    Ok(if is_list { users.into() } else { by_id(users) })
}

/// Users by their numbers; no users are an empty list, as in PHP.
pub(super) fn by_id(users: Vec<Value>) -> Value {
    if users.is_empty() {
        return Value::Array(users);
    }
    users.into_iter().map(|user| (user["id"].to_string(), user)).collect::<Map<_, _>>().into()
}

/// All who work here: a local portal has no plan that leaves somebody out.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn business(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let staff = state.users.values().filter(|account| account.active && account.kind == UserKind::Employee);
    let users: Vec<UserId> = staff.map(|account| account.id).collect();
    Ok(call.page(told(state, call, users.into_iter())))
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn status(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let status = state.users.get(call.user()).map(|account| account.presence.status.as_str()).unwrap_or_default();
    Ok(if status.is_empty() { false.into() } else { status.into() })
}

pub(super) fn set_status(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let status = call.args.text("STATUS").unwrap_or_default();
    state.set_status(call.user(), status).map_err(|denied| Refusal::because("STATUS_ERROR", denied.to_string()))?;
    Ok(true.into())
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn leave(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let minutes = call.args.value("AGO").and_then(Value::as_i64);
    let minutes = minutes.map_or(USUAL_ABSENCE, |minutes| u32::try_from(minutes).unwrap_or(1));
    state.step_away(call.user(), minutes.max(1));
    Ok(true.into())
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn come_back(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    state.come_back(call.user());
    Ok(true.into())
}
