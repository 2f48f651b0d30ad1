use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Refused, Table};
use crate::{ids::UserId, state::State, web::ask::Ask};

pub(super) const DEEDS: Table = &[("resend", resend)];

/// Sends an event of the journal once more.
fn resend(state: &mut State, _: UserId, ask: &Ask) -> Result<Value, Refused> {
    let sent = state.resend(ask.id("entry")?);
    let entry = sent.map_err(|error| Refused::new(StatusCode::CONFLICT, error.to_string()))?;
    Ok(json!({"entry": entry}))
}
