use std::{borrow::Cow, fmt};

use b24_storage::Encoding;
use bytes::Bytes;
use serde_json::{Value, json};

use crate::{
    events::Event,
    types::{EventAuth, V2Event},
    wire::{DecodeError, Form, FormError, Node},
};

/// An event as it came. What it holds is read when it is needed: that of a stranger never is.
pub(crate) struct Envelope(Content);

enum Content {
    Form(Form),
    Json(Value),
}

/// Why a request is no event.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotAnEvent {
    #[error("{0}")]
    Form(#[from] FormError),
    #[error("invalid JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// Whom an event says it comes from.
pub(crate) struct Sender<'a> {
    pub(crate) member_id: Cow<'a, str>,
    pub(crate) domain: Cow<'a, str>,
    pub(crate) application_token: Cow<'a, str>,
}

impl Envelope {
    /// Takes a form or JSON apart.
    pub(crate) fn read(encoding: Encoding, body: &[u8]) -> Result<Self, NotAnEvent> {
        Ok(Self(match encoding {
            Encoding::Form => Content::Form(Form::parse(body)?),
            Encoding::Json => Content::Json(serde_json::from_slice(body)?),
        }))
    }

    /// An event that was asked for, in the shape of one that was sent, and as it is kept.
    pub(crate) fn fetched(event: V2Event) -> (Self, Bytes) {
        let V2Event { event_id, r#type, data, .. } = event;
        let event = json!({"event": r#type.as_str(), "eventId": event_id, "data": data});
        let body = event.to_string().into();
        (Self(Content::Json(event)), body)
    }

    /// The event's name, in upper case.
    pub(crate) fn name(&self) -> Result<String, DecodeError> {
        let mut name: String = self.root().object()?.need("event")?;
        name.make_ascii_uppercase();
        Ok(name)
    }

    /// Whom it says it comes from, without the tokens it may bring.
    pub(crate) fn sender(&self) -> Result<Sender<'_>, DecodeError> {
        let auth = self.root().get("auth").ok_or_else(|| DecodeError::missing("auth"))?;
        auth.object().map_err(|error| error.at("auth"))?;
        let text = |name| auth.get(name).and_then(Node::text).unwrap_or_default();
        Ok(Sender {
            member_id: text("member_id"),
            domain: text("domain"),
            application_token: text("application_token"),
        })
    }

    /// The whole `auth` block.
    pub(crate) fn auth(&self) -> Result<EventAuth, DecodeError> {
        self.root().object()?.need("auth")
    }

    /// The `data` block.
    pub(crate) fn data(&self) -> Node<'_> {
        static NOTHING: Value = Value::Null;
        self.root().get("data").unwrap_or(Node::Json(&NOTHING))
    }

    /// The event as the spec types it.
    pub(crate) fn event(&self) -> Result<Event, DecodeError> {
        Event::decode(&self.name()?, self.data()).map_err(|error| error.at("data"))
    }

    fn root(&self) -> Node<'_> {
        match &self.0 {
            Content::Form(form) => Node::from(form),
            Content::Json(value) => Node::Json(value),
        }
    }
}

/// The name alone: the rest holds tokens.
impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Envelope({})", self.name().unwrap_or_default())
    }
}

/// For benchmarks and conformance tests: a form to a typed event.
#[doc(hidden)]
pub fn decode_event(body: &[u8]) -> Result<(EventAuth, Event), String> {
    let envelope = Envelope::read(Encoding::Form, body).map_err(|error| error.to_string())?;
    let typed = envelope.auth().and_then(|auth| Ok((auth, envelope.event()?)));
    typed.map_err(|error| error.to_string())
}
