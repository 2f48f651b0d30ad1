use serde_json::{Value, json};

use super::{Refused, Table};
use crate::{ids::UserId, people::Opening, state::State, web::ask::Ask};

pub(super) const DEEDS: Table = &[("place", place), ("finish_installation", finish)];

/// What the page needs to open a page of an application in a frame.
fn place(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let dialog = if ask.has("dialog") { Some(ask.dialog()?) } else { None };
    let opening = Opening {
        dialog,
        message: ask.given_id("message")?,
        options: ask.object("options"),
        host: ask.text("host").ok().map(str::to_owned),
        is_secure: ask.flag("secure"),
    };
    let call = state.open_page(user, ask.id("placement")?, &opening)?;
    Ok(json!({"sid": call.sid, "url": call.url, "fields": call.fields, "init": call.facts}))
}

/// The installer of an application is through.
fn finish(state: &mut State, _user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.finish_from(ask.id("placement")?)?;
    Ok(json!({}))
}
