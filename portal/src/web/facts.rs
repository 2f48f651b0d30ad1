//! What one has to know to use the portal: `GET /api/facts`, for the `b24` command and for other programs.

use std::sync::Arc;

use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::StatusCode,
};
use serde_json::{Value, json};

use super::ask::Refused;
use crate::{
    hub::Hub,
    portal::Peer,
    state::{
        self,
        apps::{KnownApp, Webhook},
        bots::{Api, Bot, Owner},
    },
};

/// Secrets are among the facts, so they stay on this machine.
pub(super) async fn tell(
    State(hub): State<Arc<Hub>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
) -> Result<Json<Value>, Refused> {
    if !peer.ip().is_loopback() {
        return Err(Refused::new(StatusCode::FORBIDDEN, "the facts are for programs on the portal's own machine"));
    }
    Ok(Json(hub.with(|state| facts(state))))
}

fn facts(state: &state::State) -> Value {
    let settings = &state.settings;
    json!({
        "name": settings.name,
        "url": settings.url(),
        "messenger": format!("{}/", settings.url()),
        "revision": settings.revision,
        "language": settings.language,
        "member_id": settings.member_id,
        "webhooks": state.webhooks.iter().map(|webhook| self::webhook(state, webhook)).collect::<Vec<_>>(),
        "apps": state.apps.values().map(app).collect::<Vec<_>>(),
        "bots": state.bots.values().map(|bot| self::bot(state, bot)).collect::<Vec<_>>(),
    })
}

fn webhook(state: &state::State, webhook: &Webhook) -> Value {
    json!({
        "url": format!("{}/rest/{}/{}/", state.settings.url(), webhook.user, webhook.code),
        "user": webhook.user,
        "scopes": webhook.scopes,
    })
}

fn app(app: &KnownApp) -> Value {
    json!({
        "name": app.name,
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "application_token": app.application_token,
        "scopes": app.scopes,
        "handler": app.handler,
        "installed": app.installed,
    })
}

fn bot(state: &state::State, bot: &Bot) -> Value {
    let app = match bot.owner {
        Owner::App(app) => state.apps.get(app),
        Owner::Client(_) => None,
    };
    json!({
        "id": bot.id,
        "code": bot.code,
        "name": state.user_name(bot.id),
        "api": if bot.api == Api::V1 { "imbot" } else { "imbot.v2" },
        "owner": state.owner_name(&bot.owner),
        "app": app.map(|app| &app.client_id),
        "handlers": handlers(bot),
        "waiting": state.inbox.waiting_for(bot.id),
    })
}

/// Addresses by event; none where the events wait to be fetched.
fn handlers(bot: &Bot) -> Value {
    match &bot.webhook {
        Some(address) => json!({"*": address}),
        None => json!(bot.handlers),
    }
}
