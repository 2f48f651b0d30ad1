use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Refused, Table};
use crate::{ids::UserId, rest::caller::Entrance, state::State, web::ask::Ask};

pub(super) const DEEDS: Table = &[("resend", resend), ("entrance", entrance)];

/// Sends an event of the journal once more.
fn resend(state: &mut State, _: UserId, ask: &Ask) -> Result<Value, Refused> {
    let sent = state.resend(ask.id("entry")?);
    let entry = sent.map_err(|error| Refused::new(StatusCode::CONFLICT, error.to_string()))?;
    Ok(json!({"entry": entry}))
}

/// The way that a call of the journal came, for calling it again: the path of the method, and the token that goes with
/// it where the caller was an application.
fn entrance(state: &mut State, _: UserId, ask: &Ask) -> Result<Value, Refused> {
    let unknown = || Refused::new(StatusCode::CONFLICT, "nobody knows who made this call".to_owned());
    let entry = state.journal.get(ask.id("entry")?).ok_or_else(unknown)?;
    let name = entry.name().to_owned();
    let (path, token) = match entry.entrance().cloned().ok_or_else(unknown)? {
        (Entrance::Webhook(code), user) => (format!("/rest/{user}/{code}/{name}"), None),
        (Entrance::App(app), user) => (format!("/rest/{name}"), Some(state.grant(app, user).access)),
    };
    Ok(json!({"path": path, "token": token}))
}
