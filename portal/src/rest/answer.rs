use std::time::Instant;

use axum::{
    body::Body,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{Refusal, xml};
use crate::state::{State, clock::iso};

/// How often the baskets of `operating` are emptied, in seconds.
const OPERATING_WINDOW: i64 = 600;

/// How the caller wants its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Xml,
}

/// What goes back to the caller.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn into_response(self, format: Format) -> Response {
        let (kind, text) = match format {
            Format::Json => ("application/json; charset=utf-8", self.body.to_string()),
            Format::Xml => ("text/xml; charset=utf-8", xml::document(&self.body)),
        };
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, [(header::CONTENT_TYPE, kind)], Body::from(text)).into_response()
    }

    /// The error code, if it is one.
    pub(crate) fn error(&self) -> Option<&str> {
        self.body.get("error")?.as_str()
    }
}

/// An answer to a call that did not get as far as a method.
pub(crate) fn refused(state: &State, refusal: &Refusal) -> Answer {
    Answer { status: refusal.status(&state.spec), body: error(&refusal.code, &refusal.description(&state.spec, None)) }
}

pub(crate) fn error(code: &str, description: &str) -> Value {
    json!({"error": code, "error_description": description})
}

/// When a call began: on the portal's clock, which tests move, and on one that measures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    at: Timestamp,
    watch: Instant,
}

impl Start {
    pub(crate) fn now(state: &State) -> Self {
        Self { at: state.clock.now(), watch: Instant::now() }
    }

    pub(crate) fn elapsed(self) -> std::time::Duration {
        self.watch.elapsed()
    }

    /// The `time` block of an answer.
    pub(crate) fn time(self) -> Value {
        let duration = self.elapsed();
        let finish = self.at.checked_add(duration).unwrap_or(self.at);
        json!({
            "start": seconds(self.at),
            "finish": seconds(finish),
            "duration": duration.as_secs_f64(),
            "processing": duration.as_secs_f64(),
            "date_start": iso(self.at),
            "date_finish": iso(finish),
            "operating_reset_at": finish.as_second() + OPERATING_WINDOW,
            "operating": 0,
        })
    }
}

fn seconds(at: Timestamp) -> f64 {
    at.as_duration().as_secs_f64()
}

/// What PHP makes of an array with these keys: `[]` when empty, a list when they count up, else an object.
pub(crate) fn php_array(entries: Vec<(String, Value)>) -> Value {
    let counts_up = entries.iter().enumerate().all(|(index, (key, _))| *key == index.to_string());
    if counts_up {
        Value::Array(entries.into_iter().map(|(_, value)| value).collect())
    } else {
        Value::Object(entries.into_iter().collect::<Map<_, _>>())
    }
}
