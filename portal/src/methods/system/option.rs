//! `app.option.*` and `user.option.*`: what an application puts aside, for all or for one user.

use serde_json::{Map, Value};

use crate::{
    ids::UserId,
    rest::{Call, Refusal},
    state::State,
};

pub(super) fn of_app(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    read(state, call, None)
}

pub(super) fn of_user(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    read(state, call, Some(call.user()))
}

pub(super) fn set_of_app(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    write(state, call, None)
}

pub(super) fn set_of_user(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    write(state, call, Some(call.user()))
}

fn read(state: &mut State, call: &Call<'_>, user: Option<UserId>) -> Result<Value, Refusal> {
    let values = state.options.of(call.app()?, user);
    match call.args.text("option") {
        Some(option) => Ok(values.get(option).cloned().unwrap_or_default()),
        None if values.is_empty() => Ok(Value::Array(Vec::new())),
        None => Ok(values.clone().into()),
    }
}

fn write(state: &mut State, call: &Call<'_>, user: Option<UserId>) -> Result<Value, Refusal> {
    let new: Map<String, Value> = call.args.object("options").0;
    state.options.of(call.app()?, user).extend(new);
    Ok(true.into())
}
