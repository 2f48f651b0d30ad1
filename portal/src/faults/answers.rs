//! `/api/faults`: the rules for whoever is not in this process.

use std::sync::Arc;

use axum::{Json, body::Bytes, extract::State, http::StatusCode};
use serde_json::{Value, json};

use super::{Armed, Rule};
use crate::hub::Hub;

type Reply = Result<Json<Value>, (StatusCode, Json<Value>)>;

/// The rules that hold: `[{"id": 1, "rule": "lose on=ONIM*", "struck": 0}]`.
pub(crate) async fn list(State(hub): State<Arc<Hub>>) -> Json<Value> {
    let row = |armed: &Armed| json!({"id": armed.id, "rule": armed.rule.to_string(), "struck": armed.struck});
    Json(hub.with(|state| state.faults.rules.iter().map(row).collect()))
}

/// Adds the rule that is the body: `lose on=ONIM*`, or `{"rule": "lose on=ONIM*"}`.
pub(crate) async fn add(State(hub): State<Arc<Hub>>, body: Bytes) -> Reply {
    let text = String::from_utf8_lossy(&body);
    let rule = match serde_json::from_str::<Value>(&text) {
        Ok(Value::Object(body)) => body.get("rule").and_then(Value::as_str).unwrap_or_default().to_owned(),
        Ok(Value::String(rule)) => rule,
        _ => text.into_owned(),
    };
    match rule.parse::<Rule>() {
        Ok(rule) => Ok(Json(json!({"id": hub.with(|state| state.faults.add(rule))}))),
        Err(error) => Err((StatusCode::BAD_REQUEST, Json(json!({"error": error.to_string()})))),
    }
}

/// Takes all rules away.
pub(crate) async fn clear(State(hub): State<Arc<Hub>>) -> Json<Value> {
    hub.with(|state| state.faults.clear());
    Json(json!({}))
}
