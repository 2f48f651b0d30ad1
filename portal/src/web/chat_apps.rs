use std::sync::Arc;

use axum::{Json, extract::State};
use serde_json::{Value, json};

use super::ask::{Ask, Refused};
use crate::{
    hub::Hub,
    ids::UserId,
    state::{
        self,
        chat_apps::{AppAction, ChatApp, Opened},
        users::picture,
    },
};

type Reply = Result<Json<Value>, Refused>;

/// The icons beside the input field of a dialog.
pub(super) async fn list(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let (user, dialog) = (ask.user()?, ask.dialog()?);
    hub.with(|state| {
        let apps = state.offered(user, dialog)?;
        Ok(Json(json!({"apps": apps.iter().map(|app| view(state, app, user)).collect::<Vec<_>>()})))
    })
}

/// Where the page of an application is: from its icon, or with `message` and `params` from a button.
pub(super) async fn open(State(hub): State<Arc<Hub>>, ask: Ask) -> Reply {
    let (user, dialog, app) = (ask.user()?, ask.dialog()?, ask.id("app")?);
    let opened = match ask.id("message") {
        Ok(message) => Opened::Button { message, params: ask.text("params").unwrap_or_default() },
        Err(_) => Opened::Textarea,
    };
    let is_chrome = ask.text("chrome").is_ok_and(|flag| flag == "Y");
    let url = hub.with(|state| state.open_app(user, dialog, app, opened, is_chrome))?;
    Ok(Json(json!({"url": url})))
}

fn view(state: &state::State, app: &ChatApp, user: UserId) -> Value {
    let text = app.text(state.language_of(user));
    let action = match &app.action {
        AppAction::Script { method, param } => json!({"method": method, "param": param}),
        AppAction::Page { width, height, .. } => json!({"width": width, "height": height, "popup": app.is_popup}),
    };
    json!({
        "id": app.id,
        "bot": app.bot,
        "code": app.code,
        "title": text.map_or(&app.code, |text| &text.title),
        "description": text.map(|text| &text.description),
        "copyright": text.map(|text| &text.copyright),
        "icon": picture(&app.icon),
        "action": action,
    })
}
