use axum::{
    body::{Bytes, HttpBody as _},
    extract::{FromRequest, Request},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

use crate::{
    ids::{Dialog, UserId},
    people::Denied,
    rest::parse_form,
    state::chats::Denial,
};

/// What the page asks for: the query and the JSON body in one.
pub(super) struct Ask(Map<String, Value>);

/// Why the page does not get it, in words for the person in front of it.
pub(super) struct Refused(StatusCode, String);

impl Refused {
    pub(super) fn new(status: StatusCode, why: impl Into<String>) -> Self {
        Self(status, why.into())
    }

    /// What the page asks makes no sense.
    pub(super) fn unusable(why: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, why)
    }
}

impl From<Denial> for Refused {
    fn from(denial: Denial) -> Self {
        Denied::from(denial).into()
    }
}

impl From<Denied> for Refused {
    fn from(Denied(why): Denied) -> Self {
        Self::new(StatusCode::CONFLICT, why)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, axum::Json(json!({"error": self.1}))).into_response()
    }
}

fn unusable<T>(why: impl Into<String>) -> Result<T, Refused> {
    Err(Refused::unusable(why))
}

impl From<Map<String, Value>> for Ask {
    fn from(asked: Map<String, Value>) -> Self {
        Self(asked)
    }
}

impl<S: Send + Sync> FromRequest<S> for Ask {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        let mut asked = parse_form(request.uri().query().unwrap_or_default().as_bytes());
        if !request.body().is_end_stream() {
            let Ok(body) = Bytes::from_request(request, state).await else {
                return unusable("the body cannot be read");
            };
            match serde_json::from_slice(&body) {
                Ok(Value::Object(body)) => asked.extend(body),
                _ => return unusable("the body is not a JSON object"),
            }
        }
        Ok(Self(asked))
    }
}

impl Ask {
    pub(super) fn id<Id: From<u64>>(&self, name: &str) -> Result<Id, Refused> {
        match self.0.get(name).and_then(number) {
            Some(id) => Ok(Id::from(id)),
            None => unusable(format!("{name} must be an id")),
        }
    }

    /// An id that may be left out.
    pub(super) fn given_id<Id: From<u64>>(&self, name: &str) -> Result<Option<Id>, Refused> {
        if self.has(name) { self.id(name).map(Some) } else { Ok(None) }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }

    pub(super) fn user(&self) -> Result<UserId, Refused> {
        self.id("user")
    }

    pub(super) fn index(&self, name: &str) -> Result<usize, Refused> {
        let index = self.0.get(name).and_then(number).and_then(|index| usize::try_from(index).ok());
        index.map_or_else(|| unusable(format!("{name} must be a number")), Ok)
    }

    pub(super) fn text(&self, name: &str) -> Result<&str, Refused> {
        let text = self.0.get(name).and_then(Value::as_str);
        text.map_or_else(|| unusable(format!("{name} must be text")), Ok)
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(super) fn dialog(&self) -> Result<Dialog, Refused> {
        let value = self.0.get("dialog");
        let text =
            value.and_then(|value| value.as_str().map(str::to_owned).or_else(|| Some(number(value)?.to_string())));
        text.and_then(|text| text.parse().ok()).map_or_else(|| unusable("dialog must be 39 or chat5"), Ok)
    }

    /// An object, or an empty one.
    pub(super) fn object(&self, name: &str) -> Map<String, Value> {
        self.0.get(name).and_then(Value::as_object).cloned().unwrap_or_default()
    }

    pub(super) fn users(&self, name: &str) -> Vec<UserId> {
        let list = self.0.get(name).and_then(Value::as_array);
        list.map(|list| list.iter().filter_map(number).map(UserId).collect()).unwrap_or_default()
    }
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
