//! A stand-in for a portal: just enough for an application to be installed and its bot registered.

use std::{io, net::SocketAddr};

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::json;
use tokio::net::TcpListener;

use crate::events::{BOT_ID, CLIENT_ID};

/// Serves on a free port until the runtime ends.
pub(super) async fn start() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(axum::serve(listener, Router::new().route("/rest/{method}", post(answer))).into_future());
    Ok(address)
}

async fn answer(Path(method): Path<String>) -> Response {
    let (status, answer) = match method.as_str() {
        "app.info" => (StatusCode::OK, json!({"result": {"CODE": CLIENT_ID, "INSTALLED": true}})),
        "imbot.bot.list" => (StatusCode::OK, json!({"result": []})),
        "imbot.register" => (StatusCode::OK, json!({"result": BOT_ID})),
        _ => (StatusCode::NOT_FOUND, json!({"error": "ERROR_METHOD_NOT_FOUND", "error_description": method})),
    };
    (status, [(CONTENT_TYPE, "application/json")], answer.to_string()).into_response()
}
