use axum::{
    body::Body,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use b24_spec::{ErrorKind, Method, Spec, TypeExpr, TypeKind};
use serde_json::{Map, Value, json};

use super::{Refusal, call::Done, download::Download, stopwatch::Stopwatch, v3, xml};
use crate::{ids::EntryId, state::State};

/// How the caller wants its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Xml,
    /// JSON in the words of REST 3.0.
    V3,
}

/// What goes back to the caller.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// A text is a page: what a server in front of the portal says.
    pub(crate) body: Value,
    /// Where the journal has it.
    pub(crate) entry: Option<EntryId>,
    /// What is answered in place of the body.
    pub(crate) download: Option<Download>,
}

impl Answer {
    pub(crate) fn new(status: u16, body: Value) -> Self {
        Self { status, body, entry: None, download: None }
    }

    /// What comes in place of an answer where the portal itself does not get to say anything.
    pub(crate) fn page(status: u16) -> Self {
        let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or_default();
        let title = format!("{status} {reason}");
        Self::new(status, format!("<html><head><title>{title}</title></head><body>{title}</body></html>").into())
    }

    pub(crate) fn into_response(self, format: Format) -> Response {
        if let Some(download) = self.download {
            return download.into_response();
        }
        let (kind, text) = match (self.body, format) {
            (Value::String(page), _) => ("text/html", page),
            (body, Format::Json | Format::V3) => ("application/json; charset=utf-8", body.to_string()),
            (body, Format::Xml) => ("text/xml; charset=utf-8", xml::document(&body)),
        };
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, [(header::CONTENT_TYPE, kind)], Body::from(text)).into_response();
        if let Some(entry) = self.entry {
            response.extensions_mut().insert(entry);
        }
        response
    }

    /// The error code, if it is one.
    pub(crate) fn error(&self) -> Option<&str> {
        let error = self.body.get("error")?;
        error.get("code").unwrap_or(error).as_str()
    }
}

/// The answer to a call that is refused.
pub(crate) fn refused(state: &State, method: Option<&Method>, refusal: &Refusal, format: Format) -> Answer {
    match format {
        _ if refusal.is_timeout() => Answer::page(504),
        Format::V3 => v3::refused(state, method, refusal),
        Format::Json | Format::Xml => Answer::new(refusal.status(&state.spec), explain(state, method, refusal)),
    }
}

/// A refusal as it is answered. Where a parameter is to blame, it is named.
pub(super) fn explain(state: &State, method: Option<&Method>, refusal: &Refusal) -> Value {
    let mut body = error(&refusal.code, &refusal.description(&state.spec, method));
    if let Some(field) = refusal.field.as_ref().filter(|_| refusal.code == "ERROR_ARGUMENT") {
        body["argument"] = field.as_str().into();
    }
    body
}

/// The body for a method that did what it was asked to.
pub(super) fn success(done: Done, watch: &Stopwatch) -> Value {
    let mut body = Map::new();
    body.insert("result".to_owned(), done.result);
    if let Some(next) = done.page.and_then(|page| page.next) {
        body.insert("next".to_owned(), next.into());
    }
    if let Some(total) = done.page.and_then(|page| page.total) {
        body.insert("total".to_owned(), total.into());
    }
    body.insert("time".to_owned(), watch.time(done.usage));
    Value::Object(body)
}

pub(crate) fn error(code: &str, description: &str) -> Value {
    json!({"error": code, "error_description": description})
}

/// A few methods tell of what they refuse inside their result, which has a place for that.
pub(super) fn told_inside(spec: &Spec, method: &Method, refusal: Refusal) -> Result<Value, Refusal> {
    let fields = match &method.result.ty {
        TypeExpr::Named(name) => spec.types.get(name).map(|ty| &ty.kind),
        _ => None,
    };
    let has_place = match fields {
        Some(TypeKind::Object { fields, .. }) => fields.iter().any(|field| field.name == "error_description"),
        _ => false,
    };
    let is_own = method.error(&refusal.code).is_some_and(|error| error.kind != ErrorKind::Auth);
    if !(has_place && is_own) {
        return Err(refusal);
    }
    let description = refusal.description(spec, Some(method));
    Ok(json!({"result": false, "error": refusal.code, "error_description": description}))
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
