//! What the messenger page talks to: its own files, the state as a user sees it, a stream of changes, and actions.

mod ask;
mod chat_apps;
mod deeds;
mod facts;
mod files;
mod giphy;
mod page;
mod read;
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
        .route("/api/v1/", get(page::library))
        .route("/portal/state", get(read::state))
        .route("/portal/history", get(read::history))
        .route("/portal/search", get(read::search))
        .route("/portal/stream", get(stream::open))
        .route("/portal/upload", post(files::send))
        .route("/portal/file/{id}", get(files::show))
        .route("/portal/spec", get(spec::card))
        .route("/portal/apps", get(chat_apps::list))
        .route("/portal/app", get(chat_apps::open))
        .route("/giphy/{number}/{words}", get(giphy::picture))
        .route("/portal/{deed}", post(deeds::act))
        .route("/api/facts", get(facts::tell))
        .route("/favicon.ico", get(page::no_icon))
        .merge(gate::router(&hub))
        .layer(DefaultBodyLimit::max(rest::BODY_LIMIT))
        .with_state(hub)
}
