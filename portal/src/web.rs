//! What the messenger page talks to: its own files, the state as a user sees it, a stream of changes, and actions.

mod actions;
mod ask;
mod files;
mod page;
mod stream;
pub(crate) mod view;

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::{ConnectInfo, DefaultBodyLimit, Request, State},
    response::Response,
    routing::{get, post},
};

use crate::{hub::Hub, oauth, rest};

/// Every address of the portal. What is none of the page's is taken for a REST call.
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
        .route("/portal/upload", post(files::send))
        .route("/portal/file/{id}", get(files::show))
        .route("/rest/download.json", get(files::download))
        .route("/rest/upload.json", post(files::upload))
        .route("/oauth/token", get(oauth::token).post(oauth::token))
        .route("/oauth/token/", get(oauth::token).post(oauth::token))
        .route("/favicon.ico", get(page::no_icon))
        .fallback(other)
        .layer(DefaultBodyLimit::max(rest::BODY_LIMIT))
        .with_state(hub)
}

/// A public link, or else a call.
async fn other(State(hub): State<Arc<Hub>>, source: ConnectInfo<SocketAddr>, request: Request) -> Response {
    match request.uri().path().strip_prefix("/~") {
        Some(code) => hub.with(|state| files::linked(state, code)),
        None => rest::serve(State(hub), source, request).await,
    }
}
