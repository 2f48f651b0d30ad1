use serde_json::{Value, json};

use super::{Refused, Table};
use crate::{ids::UserId, state::State, web::ask::Ask};

pub(super) const DEEDS: Table =
    &[("press_notice", press), ("answer_notice", answer), ("read_notice", read), ("delete_notice", delete)];

fn press(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let said = state.press_notice(user, ask.id("notice")?, ask.text("value")?)?;
    Ok(json!({"said": said}))
}

fn answer(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let said = state.answer_notice(user, ask.id("notice")?, ask.text("text")?)?;
    Ok(json!({"said": said}))
}

/// One, or all where none is named.
fn read(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    match ask.given_id("notice")? {
        Some(id) => state.read_notice(user, id)?,
        None => state.read_all_notices(user),
    }
    Ok(json!({}))
}

fn delete(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.delete_notice(user, ask.id("notice")?)?;
    Ok(json!({}))
}
