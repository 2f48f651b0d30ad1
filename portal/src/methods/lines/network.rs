//! `imopenlines.network.*`: lines that people of other portals write to.

use serde_json::Value;

use crate::{
    ids::{LineId, UserId},
    methods::content,
    rest::{Call, Refusal},
    state::{State, lines::Obstacle},
};

fn line(state: &State, call: &Call<'_>) -> Result<LineId, Refusal> {
    let code = call.args.text_or_empty("CODE");
    state.lines.line_by_code(&code).map(|line| line.id).ok_or_else(|| Refusal::new("NOT_FOUND"))
}

pub(super) fn join(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let line = line(state, call)?;
    if state.lines.lines.get(line).is_none_or(|line| !line.is_active()) {
        return Err(Refusal::new("INACTIVE"));
    }
    Ok(state.join_network(line).into())
}

pub(super) fn add_message(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let line = line(state, call)?;
    let user: UserId = call.args.id("USER_ID").unwrap_or_default();
    let content = content::read(&call.args, &content::V1);
    let leads_out = |button: &Value| {
        let is_break = button.get("TYPE").and_then(Value::as_str) == Some("NEWLINE");
        is_break || button.get("LINK").and_then(Value::as_str).is_some_and(|link| !link.is_empty())
    };
    if !content.keyboard.iter().all(leads_out) {
        return Err(Refusal::because("KEYBOARD_ERROR", "a button may only be a link to a site outside"));
    }
    state.write_from_line(line, user, content).map(|()| true.into()).map_err(|obstacle| match obstacle {
        Obstacle::TooOften => Refusal::new("USER_MESSAGE_LIMIT"),
        _ => Refusal::because("WRONG_REQUEST", format!("there is no user {user} to write to")),
    })
}
