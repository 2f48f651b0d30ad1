use serde_json::{Value, json};

use super::{Refused, Table};
use crate::{ids::UserId, people::Words, state::State, web::ask::Ask};

pub(super) const DEEDS: Table = &[
    ("say", say),
    ("press", press),
    ("pick", pick),
    ("edit", edit),
    ("delete", delete),
    ("react", react),
    ("forward", forward),
    ("typing", typing),
];

fn say(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let words = Words { text: ask.text("text")?.to_owned(), reply: ask.given_id("reply")? };
    let message = state.say_words(user, ask.dialog()?, words)?;
    Ok(json!({"message": message}))
}

fn press(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.press(user, ask.id("message")?, ask.index("button")?)?;
    Ok(json!({}))
}

fn pick(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.pick(user, ask.id("message")?, ask.index("item")?)?;
    Ok(json!({}))
}

fn edit(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.rewrite(user, ask.id("message")?, ask.text("text")?)?;
    Ok(json!({}))
}

fn delete(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.withdraw(user, ask.id("message")?)?;
    Ok(json!({}))
}

fn react(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.toggle_reaction(user, ask.id("message")?, ask.text("reaction")?)?;
    Ok(json!({}))
}

fn forward(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let message = state.forward(user, ask.id("message")?, ask.dialog()?)?;
    Ok(json!({"message": message}))
}

fn typing(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.type_on(user, ask.dialog()?)?;
    Ok(json!({}))
}
