//! `imopenlines.session.*`: how conversations go on.

use serde_json::Value;

use super::{chat, done, refused};
use crate::{
    ids::SessionId,
    rest::{Call, Refusal},
    state::State,
};

pub(super) fn start(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    done(state.start_session(call.user(), chat(call)))
}

pub(super) fn join(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    done(state.step_in(call.user(), chat(call)))
}

pub(super) fn intercept(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let outcome = state.intercept(call.user(), chat(call));
    outcome.map(|()| true.into()).map_err(|obstacle| Refusal::because("OPERATOR_WRONG", obstacle.to_string()))
}

pub(super) fn pin(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    done(state.pin_session(call.user(), chat(call), call.args.flag("ACTIVATE").unwrap_or(true)))
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn pin_all(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    Ok(state.pin_sessions(call.user(), true).into_iter().map(Value::from).collect())
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn unpin_all(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    Ok(state.pin_sessions(call.user(), false).into_iter().map(Value::from).collect())
}

pub(super) fn hush(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    done(state.hush(call.user(), chat(call), call.args.flag("ACTIVATE").unwrap_or(false)))
}

pub(super) fn grade(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let session: SessionId = call.args.id("SESSION_ID").unwrap_or_default();
    let (rating, comment) = (call.args.number("RATING"), call.args.text("COMMENT"));
    if rating.is_some_and(|rating| !(1..=5).contains(&rating)) {
        return Err(Refusal::because("EMPTY_VOTE_PARAMS", "a rating is a number from 1 to 5"));
    }
    state.grade(call.user(), session, rating, comment).map(|()| true.into()).map_err(refused)
}
