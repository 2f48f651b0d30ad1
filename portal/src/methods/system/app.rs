use serde_json::{Value, json};

use crate::{
    rest::{Call, Refusal},
    state::State,
};

pub(super) fn info(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let license = format!("{}_ent250", state.settings.language);
    let Ok(app) = call.app() else {
        return Ok(json!({"SCOPE": call.caller.scopes, "LICENSE": license}));
    };
    let app = state.apps.get(app).ok_or_else(|| Refusal::new("ACCESS_DENIED"))?;
    Ok(json!({
        "ID": app.id,
        "CODE": app.client_id,
        "VERSION": app.version,
        "STATUS": "L",
        "INSTALLED": app.installed,
        "PAYMENT_EXPIRED": "N",
        "DAYS": null,
        "LANGUAGE_ID": state.settings.language,
        "LICENSE": license,
        "LICENSE_TYPE": "ent250",
        "LICENSE_FAMILY": "ent",
    }))
}
