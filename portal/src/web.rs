//! What the messenger page talks to: its own files, the state as a user sees it, a stream of changes, and actions.

mod actions;
mod ask;
mod chat_apps;
mod giphy;
mod page;
mod spec;
mod stream;
pub(crate) mod view;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::{gate, hub::Hub, rest};

/// Every address of the portal. What is none of the page's is for clients.
pub(crate) fn router(hub: Arc<Hub>) -> Router {
    Router::new()
        .route("/", get(page::index))
        .route("/web/{file}", get(page::file))
        .route("/portal/state", get(actions::state))
        .route("/portal/stream", get(stream::open))
        .route("/portal/history", get(actions::history))
        .route("/portal/open", post(actions::open))
        .route("/portal/say", post(actions::say))
        .route("/portal/press", post(actions::press))
        .route("/portal/pick", post(actions::pick))
        .route("/portal/edit", post(actions::edit))
        .route("/portal/delete", post(actions::delete))
        .route("/portal/like", post(actions::like))
        .route("/portal/chats", post(actions::chats))
        .route("/portal/invite", post(actions::invite))
        .route("/portal/leave", post(actions::leave))
        .route("/portal/spec", get(spec::card))
        .route("/portal/apps", get(chat_apps::list))
        .route("/portal/app", get(chat_apps::open))
        .route("/giphy/{number}/{words}", get(giphy::picture))
        .route("/favicon.ico", get(page::no_icon))
        .merge(gate::router(&hub))
        .layer(DefaultBodyLimit::max(rest::BODY_LIMIT))
        .with_state(hub)
}
