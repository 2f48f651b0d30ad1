use serde_json::{Value, json};

use crate::{
    ids::NoticeId,
    rest::{Call, Refusal},
    state::State,
};

fn named(call: &Call<'_>) -> NoticeId {
    call.args.id("NOTIFY_ID").unwrap_or_default()
}

/// What whoever takes the answer says to it; `false` where nobody takes it.
fn told(outcome: Option<String>) -> Value {
    json!({"result_message": outcome.map_or(Value::Bool(false), |outcome| json!([outcome]))})
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn confirm(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let value = call.args.text("NOTIFY_VALUE").unwrap_or_default();
    Ok(told(state.press_notice(call.user(), named(call), value).ok()))
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn answer(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let text = call.args.text("ANSWER_TEXT").unwrap_or_default();
    Ok(told(state.answer_notice(call.user(), named(call), text).ok()))
}
