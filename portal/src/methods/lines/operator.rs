//! `imopenlines.operator.*`: what an operator does, in the name of the caller.

use serde_json::Value;

use super::{chat, done, refused, target};
use crate::{
    rest::{Call, Refusal},
    state::{State, lines::Obstacle},
};

pub(super) fn answer(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    done(state.take(call.user(), chat(call)))
}

pub(super) fn finish(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    done(state.finish(call.user(), chat(call), false))
}

pub(super) fn finish_any(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    done(state.finish(call.user(), chat(call), true))
}

pub(super) fn spam(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    done(state.mark_as_spam(call.user(), chat(call)))
}

pub(super) fn skip(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    match state.skip(call.user(), chat(call)) {
        Err(obstacle @ (Obstacle::Closed | Obstacle::Taken)) => {
            Err(Refusal::because("ACCESS_DENIED_KICK", obstacle.to_string()))
        }
        other => other.map(|()| true.into()).map_err(refused),
    }
}

/// This method has one code for whatever is in the way.
pub(super) fn transfer(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let target = target(&call.args)?;
    let outcome = state.transfer(call.user(), chat(call), target);
    outcome.map(|()| true.into()).map_err(|obstacle| Refusal::because("OPERATOR_WRONG", obstacle.to_string()))
}
