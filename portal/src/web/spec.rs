//! What the spec says of a method or an event, for the developer's pane.

use std::sync::Arc;

use axum::{Json, extract::State};
use b24_spec::{Field, Limit, MethodError, Since, Status, Through};
use serde_json::{Value, json};

use super::ask::{Ask, Refused};
use crate::hub::Hub;

pub(super) async fn card(State(hub): State<Arc<Hub>>, ask: Ask) -> Result<Json<Value>, Refused> {
    let name = ask.text("name")?;
    let spec = hub.with(|state| state.spec.clone());
    if let Some(method) = spec.method(name) {
        let only = method.only.map(|through| match through {
            Through::Application => "application",
            Through::Webhook => "webhook",
        });
        return Ok(Json(json!({
            "kind": "method",
            "name": method.name,
            "summary": method.summary,
            "scope": method.scope,
            "since": since(method.since.as_ref()),
            "status": status(&method.status),
            "only": only,
            "admin": method.admin,
            "params": fields(&method.params),
            "result": method.result.ty.to_string(),
            "errors": method.errors.iter().map(error).collect::<Vec<_>>(),
            "rules": method.rules,
            "docs": method.docs,
        })));
    }
    let known = spec.events.values().find(|event| event.name.eq_ignore_ascii_case(name));
    let Some(event) = known else { return Err(Refused::unusable(format!("the spec has no {name}"))) };
    Ok(Json(json!({
        "kind": "event",
        "name": event.name,
        "summary": event.summary,
        "scope": event.scope,
        "since": since(event.since.as_ref()),
        "status": status(&event.status),
        "params": fields(&event.data),
        "rules": event.rules,
        "docs": event.docs,
    })))
}

/// The fields, those inside them under the way to them: `PROPERTIES.NAME`.
fn fields(fields: &[Field]) -> Vec<Value> {
    let mut rows = Vec::new();
    collect(fields, "", &mut rows);
    rows
}

fn collect(fields: &[Field], path: &str, rows: &mut Vec<Value>) {
    for field in fields {
        let name = if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
        rows.push(json!({
            "name": name,
            "type": field.ty.to_string(),
            "required": field.required,
            "default": field.default,
            "limit": field.limit.as_ref().map(limit),
            "since": since(field.since.as_ref()),
            "doc": field.doc,
        }));
        collect(&field.fields, &name, rows);
    }
}

fn limit(limit: &Limit) -> String {
    let part = |number: Option<u32>, unit: &str| number.map(|number| format!("at most {number} {unit}"));
    let parts = [
        part(limit.kb, "KB"),
        part(limit.chars, "characters"),
        part(limit.count, "items"),
        limit.min_chars.map(|least| format!("at least {least} characters")),
        limit.min.map(|least| format!("at least {least}")),
        limit.max.map(|most| format!("at most {most}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn since(since: Option<&Since>) -> Option<String> {
    since.map(|since| format!("{} revision {}", since.counter, since.revision))
}

fn status(status: &Status) -> Option<String> {
    match status {
        Status::Current => None,
        Status::Deprecated(None) => Some("deprecated".to_owned()),
        Status::Deprecated(Some(instead)) => Some(format!("deprecated: use {instead}")),
        Status::Undocumented => Some("known from older sources only".to_owned()),
    }
}

fn error(error: &MethodError) -> Value {
    json!({"code": error.code, "meaning": error.meaning})
}
