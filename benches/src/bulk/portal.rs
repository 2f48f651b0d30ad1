//! A stand-in for a portal with more users than anybody has, and the limits of the platform ten times as fast.

use std::{
    fmt::Write,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Instant,
};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::Result;

pub(super) const USERS: u32 = 2_500_000;
pub(super) const BURST: u32 = 50;
pub(super) const PER_SECOND: f64 = 20.0;
const PAGE: u32 = 50;

/// The portal, and what it saw.
pub(super) struct Served {
    pub(super) endpoint: String,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    requests: AtomicU32,
    refused: AtomicU32,
    /// How full the bucket was, and when.
    bucket: Mutex<Option<(f64, Instant)>>,
}

impl Served {
    /// Serves on a free port until the runtime ends.
    pub(super) async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let endpoint = format!("http://{}/rest/", listener.local_addr()?);
        let seen = Arc::<Seen>::default();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&seen));
        tokio::spawn(axum::serve(listener, router).into_future());
        Ok(Self { endpoint, seen })
    }

    pub(super) fn requests(&self) -> u32 {
        self.seen.requests.load(Ordering::Relaxed)
    }

    pub(super) fn refused(&self) -> u32 {
        self.seen.refused.load(Ordering::Relaxed)
    }
}

impl Seen {
    fn admits(&self) -> bool {
        let mut bucket = self.bucket.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let now = Instant::now();
        let (level, at) = bucket.unwrap_or((0.0, now));
        let level = (level - now.duration_since(at).as_secs_f64() * PER_SECOND).max(0.0);
        let fits = level + 1.0 <= f64::from(BURST);
        *bucket = Some((if fits { level + 1.0 } else { level }, now));
        fits
    }
}

async fn answer(State(seen): State<Arc<Seen>>, body: String) -> Response {
    seen.requests.fetch_add(1, Ordering::Relaxed);
    if !seen.admits() {
        seen.refused.fetch_add(1, Ordering::Relaxed);
        let refusal = json!({"error": "QUERY_LIMIT_EXCEEDED", "error_description": "Too many requests"});
        return (StatusCode::SERVICE_UNAVAILABLE, [(CONTENT_TYPE, "application/json")], refusal.to_string())
            .into_response();
    }
    let params: Value = serde_json::from_str(&body).unwrap_or_default();
    ([(CONTENT_TYPE, "application/json")], batch(&params["cmd"])).into_response()
}

/// The answer, written by hand: a portal that builds it would be slower than the one who reads it.
fn batch(commands: &Value) -> String {
    let (mut results, mut totals, mut nexts) = (Vec::new(), Vec::new(), Vec::new());
    for (key, command) in commands.as_object().into_iter().flatten() {
        let start = command.as_str().and_then(|command| command.split_once("start=")?.1.parse().ok()).unwrap_or(0);
        let end = USERS.min(start + PAGE);
        let mut page = String::new();
        for id in start..end {
            let comma = if id == start { "" } else { "," };
            // Into a text nothing fails to be written.
            let _ = write!(page, r#"{comma}{{"ID":"{}","NAME":"Ann","LAST_NAME":"Lee","ACTIVE":true}}"#, id + 1);
        }
        results.push(format!(r#""{key}":[{page}]"#));
        totals.push(format!(r#""{key}":{USERS}"#));
        if end < USERS {
            nexts.push(format!(r#""{key}":{end}"#));
        }
    }
    let [results, totals, nexts] = [results, totals, nexts].map(|members| members.join(","));
    format!(
        r#"{{"result":{{"result":{{{results}}},"result_error":[],"result_total":{{{totals}}},"result_next":{{{nexts}}},"result_time":[]}}}}"#
    )
}
