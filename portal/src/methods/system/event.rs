use serde_json::{Value, json};

use crate::{
    events::is_address,
    ids::UserId,
    rest::{Call, Refusal},
    state::{State, subscriptions::Binding},
};

pub(super) fn bind(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let app = call.app()?;
    let handler = call.args.text_or_empty("handler");
    if !is_address(&handler) {
        return Err(Refusal::because("ERROR_ARGUMENT", format!("{handler:?} is no address to send events to")));
    }
    let user = call.args.id("auth_type").filter(|user| *user != UserId(0));
    if user.is_some_and(|user| user != call.user()) && !call.is_admin(state) {
        return Err(Refusal::because("ACCESS_DENIED", "only an administrator may bind for another user"));
    }
    let binding = Binding { app, event: event(call), handler, user };
    if !state.subscriptions.bindings.contains(&binding) {
        state.subscriptions.bindings.push(binding);
    }
    Ok(true.into())
}

pub(super) fn unbind(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let app = call.app()?;
    let (event, handler) = (event(call), call.args.text_or_empty("handler"));
    let wanted = call.args.has("auth_type").then(|| call.args.id("auth_type").filter(|user| *user != UserId(0)));
    let is_meant = |binding: &Binding| {
        let is_same = binding.app == app && binding.event == event && binding.handler == handler;
        is_same && wanted.is_none_or(|user| binding.user == user)
    };
    let before = state.subscriptions.bindings.len();
    state.subscriptions.bindings.retain(|binding| !is_meant(binding));
    Ok(json!({"count": before - state.subscriptions.bindings.len()}))
}

pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let app = call.app()?;
    let own = state.subscriptions.bindings.iter().filter(|binding| binding.app == app);
    let row = |binding: &Binding| {
        let user = binding.user.map_or(0, |user| user.0);
        json!({"event": binding.event, "handler": binding.handler, "auth_type": user.to_string(), "offline": 0})
    };
    Ok(own.map(row).collect())
}

fn event(call: &Call<'_>) -> String {
    call.args.text_or_empty("event").to_ascii_uppercase()
}
