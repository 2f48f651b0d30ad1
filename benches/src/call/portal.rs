//! A stand-in for a portal that answers every call with the number of a message.

use std::{io, net::SocketAddr};

use axum::{
    Router,
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use tokio::net::TcpListener;

/// As long as those of the platform.
pub(super) const TOKEN: &str = "4a8ff967007e6fd50075c5aa000000010000075ae1bc3a2c0a1a9de1ef70e62d4b3f75";

const ANSWER: &str = r#"{"result":11,"time":{"start":1773223200.1,"finish":1773223200.2,"duration":0.1,"processing":0.09,"date_start":"2026-03-11T10:00:00+00:00","date_finish":"2026-03-11T10:00:00+00:00","operating_reset_at":1773223800,"operating":0.2}}"#;

/// Serves on a free port until the runtime ends.
pub(super) async fn start() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(axum::serve(listener, Router::new().fallback(answer)).into_future());
    Ok(address)
}

async fn answer(_whole: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], ANSWER).into_response()
}
