//! What clients call: REST, the authorization server and the addresses of files, with the faults before both.

pub(crate) mod files;

use std::sync::Arc;

use axum::{
    Router, middleware,
    routing::{get, post},
};
use tower_http::cors::{AllowHeaders, AllowMethods, Any, CorsLayer};

use crate::{faults, hub::Hub, oauth};

/// The addresses of clients. What is nobody else's is taken for a REST call.
pub(crate) fn router(hub: &Arc<Hub>) -> Router<Arc<Hub>> {
    // Clients may be pages of any other server.
    let any_page = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers(Any);
    let clients = Router::new()
        .route("/oauth/authorize", get(oauth::authorize))
        .route("/oauth/authorize/", get(oauth::authorize))
        .route("/oauth/token", get(oauth::token).post(oauth::token))
        .route("/oauth/token/", get(oauth::token).post(oauth::token))
        // The official PHP client has an address of the authorization server that ends with a slash of its own.
        .route("//oauth/token/", get(oauth::token).post(oauth::token))
        .route("/rest/download.json", get(files::download))
        .route("/rest/upload.json", post(files::upload))
        .fallback(files::other)
        .layer(middleware::from_fn_with_state(hub.clone(), faults::strike))
        .layer(any_page);
    Router::new().route("/api/faults", get(faults::list).post(faults::add).delete(faults::clear)).merge(clients)
}
