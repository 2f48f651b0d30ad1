//! What the page reads: everything at its start, then dialogs as they are opened, and what was searched for.

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
    hub.with(|state| match state.users.get(user) {
        Some(_) => Ok(Json(view::everything(state, user))),
        None => Err(Refused::unusable(format!("there is no user {user}"))),
    })
}

/// The newest messages of a dialog, or those before one. Reading the newest is what takes the unread count away.
pub(super) async fn history(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let (user, dialog, before) = (ask.user()?, ask.dialog()?, ask.given_id("before")?);
    hub.with(|state| {
        let chat = if before.is_some() { state.joined_chat(user, dialog)? } else { state.read(user, dialog)? };
        Ok(Json(view::history(state, chat, user, before)))
    })
}

/// Messages that hold the words, in one dialog or in all of them.
pub(super) async fn search(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let (user, words) = (ask.user()?, ask.text("words")?.to_lowercase());
    let dialog = if ask.has("dialog") { Some(ask.dialog()?) } else { None };
    hub.with(|state| {
        let chat = dialog.map(|dialog| state.joined_chat(user, dialog)).transpose()?;
        Ok(Json(json!({"messages": view::found(state, user, chat, &words)})))
    })
}
