//! The files of dialogs, for the page.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, Request, State},
    response::Response,
};
use serde_json::{Value, json};

use super::ask::{Ask, Refused};
use crate::{
    gate::files::{Form, content, gone},
    hub::Hub,
    ids::DiskId,
    people::Words,
};

/// A file that the person may look at.
pub(super) async fn show(State(hub): State<Arc<Hub>>, Path(file): Path<u64>, ask: Ask) -> Result<Response, Refused> {
    let user = ask.user()?;
    hub.with(|state| {
        let file = state.look_at(user, DiskId(file))?;
        Ok(file.version().map_or_else(gone, |version| content(state, file, version, true)))
    })
}

/// What the page sends: `user`, `dialog`, `text`, the message that it answers as `reply`, and one part for each file.
pub(super) async fn send(State(hub): State<Arc<Hub>>, request: Request) -> Result<Json<Value>, Refused> {
    let form = Form::read(request).await.map_err(Refused::unusable)?;
    let ask = Ask::from(form.texts);
    let (user, dialog) = (ask.user()?, ask.dialog()?);
    let text = ask.text("text").unwrap_or_default().to_owned();
    let words = Words { text, reply: ask.given_id("reply")? };
    let message = hub.with(|state| state.send_files(user, dialog, form.files, &words))?;
    Ok(Json(json!({"message": message})))
}
