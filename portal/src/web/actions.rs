use std::sync::Arc;

use axum::{Json, extract::State};
use serde_json::{Value, json};

use super::{
    ask::{Ask, Refused},
    view,
};
use crate::hub::Hub;

type Reply = Result<Json<Value>, Refused>;

pub(super) async fn state(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let user = ask.user()?;
    Ok(Json(hub.with(|state| view::everything(state, user))))
}

/// Reading a dialog is what takes its unread count away.
pub(super) async fn history(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let (user, dialog) = (ask.user()?, ask.dialog()?);
    hub.with(|state| {
        let chat = state.read(user, dialog)?;
        Ok(Json(json!({"messages": view::history(state, chat, user)})))
    })
}

pub(super) async fn open(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let (user, dialog) = (ask.user()?, ask.dialog()?);
    hub.with(|state| state.open(user, dialog))?;
    Ok(Json(json!({"dialog": dialog.to_string()})))
}

pub(super) async fn say(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let (user, dialog, text) = (ask.user()?, ask.dialog()?, ask.text("text")?);
    let message = hub.with(|state| state.say(user, dialog, text))?;
    Ok(Json(json!({"message": message})))
}

pub(super) async fn press(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let (user, message, button) = (ask.user()?, ask.id("message")?, ask.index("button")?);
    hub.with(|state| state.press(user, message, button))?;
    Ok(Json(json!({})))
}

pub(super) async fn pick(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let (user, message, item) = (ask.user()?, ask.id("message")?, ask.index("item")?);
    hub.with(|state| state.pick(user, message, item))?;
    Ok(Json(json!({})))
}

pub(super) async fn edit(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let (user, message, text) = (ask.user()?, ask.id("message")?, ask.text("text")?);
    hub.with(|state| state.rewrite(user, message, text))?;
    Ok(Json(json!({})))
}

pub(super) async fn delete(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let (user, message) = (ask.user()?, ask.id("message")?);
    hub.with(|state| state.withdraw(user, message))?;
    Ok(Json(json!({})))
}

pub(super) async fn like(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let (user, message) = (ask.user()?, ask.id("message")?);
    hub.with(|state| state.toggle_like(user, message))?;
    Ok(Json(json!({})))
}

pub(super) async fn chats(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let (user, title) = (ask.user()?, ask.text("title")?);
    let chat = hub.with(|state| state.start_group(user, title, ask.flag("open"), ask.users("members")))?;
    Ok(Json(json!({"dialog": format!("chat{chat}")})))
}

pub(super) async fn invite(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let (user, dialog, member) = (ask.user()?, ask.dialog()?, ask.id("member")?);
    hub.with(|state| state.joined_chat(user, dialog).and_then(|chat| state.invite(user, chat, &[member], false)))?;
    Ok(Json(json!({})))
}

pub(super) async fn leave(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let (user, dialog, member) = (ask.user()?, ask.dialog()?, ask.id("member")?);
    hub.with(|state| state.joined_chat(user, dialog).and_then(|chat| state.expel(user, chat, member)))?;
    Ok(Json(json!({})))
}
