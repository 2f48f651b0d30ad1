//! What the portal tells of itself.

use b24_spec::Method;
use serde_json::{Value, json};

use crate::{
    rest::{Call, Refusal},
    state::{State, clock::iso},
};

/// The features that a portal may lack. This one has them all.
const FEATURES: [&str; 2] = ["rest_offline_extended", "rest_auth_connector"];

fn wants_all(call: &Call<'_>) -> bool {
    call.args.value("full").and_then(Value::as_bool).unwrap_or(false)
}

/// The methods of a scope, all, or those that the caller may call.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn methods(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let is_wanted = |method: &&Method| {
        if call.args.has("scope") {
            method.scope == call.args.text("scope").unwrap_or_default()
        } else {
            wants_all(call) || call.may_call(method)
        }
    };
    let methods = state.spec.methods.values().filter(|method| state.has(method)).filter(is_wanted);
    Ok(methods.map(|method| method.name.clone()).collect())
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn method(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let method = call.args.text("name").and_then(|name| state.spec.method(name)).filter(|method| state.has(method));
    let is_available = method.is_some_and(|method| call.may_call(method));
    Ok(json!({"isExisting": method.is_some(), "isAvailable": is_available}))
}

/// The scopes of the caller, or all.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn scope(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    if !wants_all(call) {
        return Ok(call.caller.scopes.clone().into());
    }
    let scopes =
        state.spec.methods.values().flat_map(|method| std::iter::once(&method.scope).chain(&method.other_scopes));
    let mut scopes: Vec<&str> = scopes.map(String::as_str).filter(|scope| !scope.is_empty()).collect();
    scopes.sort_unstable();
    scopes.dedup();
    Ok(scopes.into())
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn feature(_state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let is_there = call.args.text("CODE").is_some_and(|code| FEATURES.contains(&code));
    Ok(json!({"value": if is_there { "Y" } else { "N" }}))
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn time(state: &mut State, _call: &Call<'_>) -> Result<Value, Refusal> {
    Ok(iso(state.clock.now()).into())
}
