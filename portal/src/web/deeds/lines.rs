//! Open lines, from both sides.

use serde_json::{Value, json};

use super::{Refused, Table};
use crate::{
    ids::{ChatId, Dialog, UserId},
    people::Denied,
    state::{
        State,
        lines::{Obstacle, Target},
    },
    web::ask::Ask,
};

pub(super) const DEEDS: Table = &[
    ("new_line", create),
    ("visit", visit),
    ("rate", rate),
    ("take", take),
    ("skip", skip),
    ("intercept", intercept),
    ("finish", finish),
    ("spam", spam),
    ("start", start),
    ("step_in", step_in),
    ("transfer", transfer),
    ("pin_session", pin),
    ("hush", hush),
];

impl From<Obstacle> for Refused {
    fn from(obstacle: Obstacle) -> Self {
        Denied::from(obstacle).into()
    }
}

/// The chat of a conversation; whoever handles it need not be in it yet.
fn chat(ask: &Ask) -> Result<ChatId, Refused> {
    match ask.dialog()? {
        Dialog::Chat(chat) => Ok(chat),
        Dialog::User(_) | Dialog::Workgroup(_) => Err(Refused::unusable("a conversation is in a chat")),
    }
}

fn create(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let line = state.line_named(user, ask.text("name")?, &ask.users("operators"))?;
    Ok(json!({"line": line}))
}

/// Who comes to a line is somebody new, and the page goes on as that somebody.
fn visit(state: &mut State, _: UserId, ask: &Ask) -> Result<Value, Refused> {
    let (user, chat) = state.visit(ask.id("line")?, ask.text("name")?)?;
    Ok(json!({"user": user, "dialog": format!("chat{chat}")}))
}

fn rate(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.rate(user, chat(ask)?, ask.flag("liked"))?;
    Ok(json!({}))
}

fn take(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.take(user, chat(ask)?)?;
    Ok(json!({}))
}

fn skip(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.skip(user, chat(ask)?)?;
    Ok(json!({}))
}

fn intercept(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.intercept(user, chat(ask)?)?;
    Ok(json!({}))
}

fn finish(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.finish(user, chat(ask)?, false)?;
    Ok(json!({}))
}

fn spam(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.mark_as_spam(user, chat(ask)?)?;
    Ok(json!({}))
}

fn start(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.start_session(user, chat(ask)?)?;
    Ok(json!({}))
}

fn step_in(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.step_in(user, chat(ask)?)?;
    Ok(json!({}))
}

/// To a person, or to the queue of a line.
fn transfer(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let target = ask.id("to").map(Target::User).or_else(|_| ask.id("line").map(Target::Line))?;
    state.transfer(user, chat(ask)?, target)?;
    Ok(json!({}))
}

fn pin(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.pin_session(user, chat(ask)?, ask.flag("on"))?;
    Ok(json!({}))
}

fn hush(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.hush(user, chat(ask)?, ask.flag("on"))?;
    Ok(json!({}))
}
