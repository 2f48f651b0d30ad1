//! REST: a request comes in, is decoded, its caller known, its arguments checked, the method run, the answer encoded.

pub(crate) mod answer;
pub(crate) mod args;
mod batch;
mod call;
pub(crate) mod caller;
mod coerce;
#[cfg(debug_assertions)]
mod conform;
mod decode;
mod download;
pub(crate) mod filter;
mod forms;
pub(crate) mod limit;
mod paging;
mod refusal;
mod rights;
mod stopwatch;
mod upload;
mod v3;
mod validate;
mod xml;

use std::sync::Arc;

use axum::{
    extract::{ConnectInfo, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

pub(crate) use self::{
    answer::Format,
    args::Args,
    call::{Call, known_name},
    decode::{BODY_LIMIT, is_call, method_at},
    download::Download,
    forms::parse as parse_form,
    refusal::Refusal,
    upload::receive,
    xml::escape,
};
use crate::{hub::Hub, portal::Peer};

/// Answers any request under `/rest`, and tells all others that there is nothing.
pub(crate) async fn serve(
    State(hub): State<Arc<Hub>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: Request,
) -> Response {
    if !is_call(request.uri().path()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match decode::read(request).await {
        Ok(incoming) => {
            let format = incoming.format;
            hub.with(|state| call::handle(state, incoming, peer.ip())).into_response(format)
        }
        Err((refusal, format)) => {
            hub.with(|state| answer::refused(state, None, &refusal, format)).into_response(format)
        }
    }
}
