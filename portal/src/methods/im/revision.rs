use serde_json::{Value, json};

use crate::{
    rest::{Call, Refusal},
    state::State,
};

/// From which revision on a portal has the clients of today.
const RECENT: u32 = 30;

/// The local portal knows the steps of the REST API alone; the others are those of portals of its time.
pub(super) fn get(state: &mut State, _call: &Call<'_>) -> Result<Value, Refusal> {
    let rest = state.settings.revision;
    Ok(if rest < RECENT {
        json!({"rest": rest, "web": 117, "mobile": 9})
    } else {
        json!({"rest": rest, "web": 130, "mobile": 22, "desktop": 6, "im_revision_mobile": 22})
    })
}
