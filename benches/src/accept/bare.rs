//! The floor: a handler that reads the body and does nothing with it.

use std::{io, net::SocketAddr};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::StatusCode,
};
use tokio::net::TcpListener;

/// Serves on a free port until the runtime ends.
pub(super) async fn start() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(axum::serve(listener, Router::new().fallback(read)).into_future());
    Ok(address)
}

async fn read(body: Body) -> StatusCode {
    match to_bytes(body, 1024 * 1024).await {
        Ok(_) => StatusCode::OK,
        Err(_) => StatusCode::BAD_REQUEST,
    }
}
