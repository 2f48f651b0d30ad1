//! Faults of requests: what happens to them on the way to the portal and to their answers on the way back.

use std::{io, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};
use serde_json::Value;

use super::{Fault, Stage};
use crate::{
    hub::Hub,
    ids::EntryId,
    journal::{Kept, Outcome},
    portal::Peer,
    rest::{self, answer::Answer},
};

const OAUTH: &str = "/oauth/";

/// Stands before every address that clients call.
pub(crate) async fn strike(
    State(hub): State<Arc<Hub>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: Request,
    next: Next,
) -> Response {
    if !is_for_clients(request.uri().path()) {
        return next.run(request).await;
    }
    let call = Incident { hub: &hub, peer: &peer, name: name(&request) };
    let faults = call.faults(host(&request));
    for fault in &faults {
        if let Fault::Delay(by) = fault {
            hub.with(|state| state.clock.timer(*by)).wait().await;
        }
    }
    for fault in &faults {
        match fault {
            Fault::Lose => return call.hang_up(StatusCode::OK.into_response(), fault),
            Fault::Status(status) => return call.note(Answer::page(*status).into_response(rest::Format::Json), fault),
            Fault::Moved(address) => return call.note(moved(address, &request), fault),
            _ => {}
        }
    }
    let mut response = next.run(request).await;
    for fault in &faults {
        match fault {
            Fault::LoseAnswer => return call.hang_up(response, fault),
            Fault::Cut => response = call.note(cut(response).await, fault),
            _ => {}
        }
    }
    response
}

/// A request that something goes wrong with.
struct Incident<'a> {
    hub: &'a Arc<Hub>,
    peer: &'a Peer,
    name: String,
}

impl Incident<'_> {
    fn faults(&self, host: &str) -> Vec<Fault> {
        self.hub.with(|state| {
            if state.faults.is_empty() {
                return Vec::new();
            }
            let name = rest::known_name(state, &self.name);
            state.faults.strike(Stage::Request, &name, |fault| !fault.has_moved_to(host))
        })
    }

    fn hang_up(&self, response: Response, fault: &Fault) -> Response {
        self.peer.hang_up();
        self.note(response, fault)
    }

    /// Writes into the journal what happened: to the entry of the call, or to one of its own where none was made.
    fn note(&self, response: Response, fault: &Fault) -> Response {
        let error = format!("fault: {fault}");
        let entry = response.extensions().get::<EntryId>().copied();
        self.hub.with(|state| {
            let entry = entry.unwrap_or_else(|| {
                let name = rest::known_name(state, &self.name);
                let entry = state.note(&name, format!("unknown at {}", self.peer.ip()), None, Kept::default());
                let status = if *fault == Fault::Lose { 0 } else { response.status().as_u16() };
                state.conclude(entry, Outcome::new(status, &Value::Null, None, Duration::ZERO));
                entry
            });
            state.spoil(entry, error);
        });
        response
    }
}

fn is_for_clients(path: &str) -> bool {
    path.starts_with(OAUTH) || rest::is_call(path)
}

/// What the rules call it: the method, or `oauth.token`.
fn name(request: &Request) -> String {
    let path = request.uri().path();
    match path.strip_prefix(OAUTH) {
        Some(page) => format!("oauth.{}", page.trim_end_matches('/')),
        None => rest::method_at(path),
    }
}

fn host(request: &Request) -> &str {
    let header = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    header.or_else(|| Some(request.uri().authority()?.as_str())).unwrap_or_default()
}

fn moved(address: &str, request: &Request) -> Response {
    let place = request.uri().path_and_query().map_or("/", |place| place.as_str());
    (StatusCode::FOUND, [(header::LOCATION, format!("{address}{place}"))]).into_response()
}

/// The length of the whole body, and half of the body.
async fn cut(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.insert(header::CONTENT_LENGTH, whole.len().into());
    let half: io::Result<Bytes> = Ok(whole.slice(..whole.len() / 2));
    let end = async {
        // What has been written so far is sent while somebody waits.
        tokio::task::yield_now().await;
        Err(io::Error::from(io::ErrorKind::ConnectionReset))
    };
    Response::from_parts(parts, Body::from_stream(stream::iter([half]).chain(stream::once(end))))
}
