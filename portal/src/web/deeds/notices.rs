use serde_json::{Value, json};

use super::{Refused, Table};
use crate::{ids::UserId, state::State, web::ask::Ask};

pub(super) const DEEDS: Table =
    &[("confirm", confirm), ("answer", answer), ("notice", mark), ("notices_read", read_all)];

/// Presses a button of a notification.
fn confirm(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let said = state.press_notice(user, ask.id("notice")?, ask.text("value")?)?;
    Ok(json!({"said": said}))
}

fn answer(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let said = state.answer_notice(user, ask.id("notice")?, ask.text("text")?)?;
    Ok(json!({"said": said}))
}

/// Marks a notification as read or unread, or takes it out of the list.
fn mark(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let id = ask.id("notice")?;
    match ask.text("as")? {
        "read" => state.read_notice(user, id, true)?,
        "unread" => state.read_notice(user, id, false)?,
        "gone" => state.dismiss_notice(user, id)?,
        other => return Err(Refused::unusable(format!("a notification cannot be marked as {other}"))),
    }
    Ok(json!({}))
}

fn read_all(state: &mut State, user: UserId, _ask: &Ask) -> Result<Value, Refused> {
    state.read_all_notices(user);
    Ok(json!({}))
}
