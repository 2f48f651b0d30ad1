use serde_json::{Value, json};

use crate::{
    rest::{Call, Refusal},
    state::State,
};

/// The local portal has one revision for all clients.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn get(state: &mut State, _call: &Call<'_>) -> Result<Value, Refusal> {
    let revision = state.settings.revision;
    Ok(json!({"rest": revision, "web": revision, "mobile": revision}))
}
