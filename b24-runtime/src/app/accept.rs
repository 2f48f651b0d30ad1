//! HTTP → event → answer.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{Method, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use b24_storage::Encoding;

use super::{
    core::{Arrival, Core, Verdict},
    envelope::Envelope,
    frames,
};
use crate::Bot;

/// Events are a few kilobytes. What is larger is refused before it is read to its end.
const LARGEST_EVENT: usize = 1024 * 1024;
/// A sender that takes longer holds up a connection for nothing.
const TIME_TO_SEND: Duration = Duration::from_secs(10);

/// The parameter of the handler's address that holds the key of a webhook's bot.
pub(super) const KEY: &str = "b24_key";

pub(super) async fn accept<B: Bot>(State(core): State<Arc<Core<B>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if parts.method == Method::GET
        && let Some(page) = frames::open(&core, &parts.uri, &parts.headers).await
    {
        return page;
    }
    if parts.method != Method::POST {
        return (StatusCode::METHOD_NOT_ALLOWED, "this address takes events of Bitrix24 by POST\n").into_response();
    }
    let body = match tokio::time::timeout(TIME_TO_SEND, read(body)).await {
        Ok(Ok(body)) => body,
        Ok(Err(refused)) => return refused,
        Err(_) => return refuse(StatusCode::REQUEST_TIMEOUT, "the event took too long to arrive"),
    };
    let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let encoding = if content_type.starts_with("application/json") { Encoding::Json } else { Encoding::Form };
    let arrival = match Envelope::read(encoding, &body) {
        Ok(envelope) => Arrival { encoding, body, envelope },
        Err(error) => return refuse(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let key = parts.uri.query().and_then(|query| {
        query.split('&').find_map(|pair| pair.strip_prefix(KEY).and_then(|rest| rest.strip_prefix('=')))
    });
    match core.take(arrival, key).await {
        Verdict::Taken | Verdict::Known => StatusCode::OK.into_response(),
        Verdict::Unreadable(reason) => refuse(StatusCode::BAD_REQUEST, &reason),
        Verdict::Refused(reason) => refuse(StatusCode::FORBIDDEN, &reason),
        Verdict::Full => refuse(StatusCode::SERVICE_UNAVAILABLE, "too many events are waiting"),
        Verdict::Failed(reason) => refuse(StatusCode::INTERNAL_SERVER_ERROR, &reason),
    }
}

async fn read(body: Body) -> Result<axum::body::Bytes, Response> {
    axum::body::to_bytes(body, LARGEST_EVENT).await.map_err(|error| {
        let too_large = std::error::Error::source(&error)
            .is_some_and(<dyn std::error::Error>::is::<http_body_util::LengthLimitError>);
        if too_large {
            refuse(StatusCode::PAYLOAD_TOO_LARGE, &format!("an event has at most {LARGEST_EVENT} bytes"))
        } else {
            refuse(StatusCode::BAD_REQUEST, "the event did not arrive whole")
        }
    })
}

fn refuse(status: StatusCode, reason: &str) -> Response {
    tracing::warn!(status = status.as_u16(), "a request was refused: {reason}");
    (status, format!("{reason}\n")).into_response()
}
