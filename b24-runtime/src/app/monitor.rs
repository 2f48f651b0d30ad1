//! How the bot is, for whoever watches over it: `/health`, `/ready`, `/metrics`.

use std::sync::{Arc, atomic::Ordering};

use axum::{
    Router as Routes,
    extract::State,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::get,
};

use super::{accept::accept, core::Core, metrics::Now};
use crate::Bot;

/// What is served where events are taken: events, and beside them how the bot is, unless that is told elsewhere.
pub(super) fn routes<B: Bot>(core: &Arc<Core<B>>) -> Routes {
    let events = Routes::new().fallback(accept::<B>);
    let routes = match core.settings.monitor {
        Some(_) => events,
        None => events.merge(looks()),
    };
    routes.with_state(Arc::clone(core))
}

/// What is served where the bot is watched and nowhere else.
pub(super) fn watch<B: Bot>(core: &Arc<Core<B>>) -> Routes {
    looks().with_state(Arc::clone(core))
}

/// An event may be sent to any of these addresses, too.
fn looks<B: Bot>() -> Routes<Arc<Core<B>>> {
    Routes::new()
        .route("/health", get(async || "alive\n").fallback(accept::<B>))
        .route("/ready", get(ready::<B>).fallback(accept::<B>))
        .route("/metrics", get(metrics::<B>).fallback(accept::<B>))
}

/// Whether events should be sent here: not before the bot is registered, nor while it stops.
async fn ready<B: Bot>(State(core): State<Arc<Core<B>>>) -> (StatusCode, &'static str) {
    if core.stopping.load(Ordering::Acquire) {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else if *core.starting.borrow() > 0 {
        (StatusCode::SERVICE_UNAVAILABLE, "starting\n")
    } else {
        (StatusCode::OK, "ready\n")
    }
}

async fn metrics<B: Bot>(State(core): State<Arc<Core<B>>>) -> Response {
    let now = Now { waiting: core.inbox.open(), portals: core.portals.all().len() };
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], core.metrics.render(now)).into_response()
}
