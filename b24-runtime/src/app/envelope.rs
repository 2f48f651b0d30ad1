use serde_json::Value;

use crate::{
    events::Event,
    types::EventAuth,
    wire::{DecodeError, Form, FormError, Node},
};

/// An event as it came: its name, whom it comes from, its data.
pub(crate) struct Envelope {
    pub(crate) name: String,
    pub(crate) auth: EventAuth,
    pub(crate) event: Event,
}

/// Why a request is no event.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotAnEvent {
    #[error("{0}")]
    Form(#[from] FormError),
    #[error("invalid JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("{0}")]
    Decode(#[from] DecodeError),
}

impl Envelope {
    /// Reads a form, or JSON where the content type says so.
    pub(crate) fn decode(content_type: &str, body: &[u8]) -> Result<Self, NotAnEvent> {
        if content_type.starts_with("application/json") {
            let value: Value = serde_json::from_slice(body)?;
            return Ok(Self::from_node(Node::Json(&value))?);
        }
        let form = Form::parse(body)?;
        Ok(Self::from_node(Node::from(&form))?)
    }

    fn from_node(root: Node<'_>) -> Result<Self, DecodeError> {
        let object = root.object()?;
        let name: String = object.need("event")?;
        let auth: EventAuth = object.need("auth")?;
        let nothing = Value::Null;
        let data = root.get("data").unwrap_or(Node::Json(&nothing));
        let event = Event::decode(&name, data).map_err(|error| error.at("data"))?;
        Ok(Self { name: name.to_ascii_uppercase(), auth, event })
    }
}

/// For benchmarks and conformance tests: a form to a typed event.
#[doc(hidden)]
pub fn decode_event(body: &[u8]) -> Result<(EventAuth, Event), String> {
    let envelope = Envelope::decode("application/x-www-form-urlencoded", body).map_err(|error| error.to_string())?;
    Ok((envelope.auth, envelope.event))
}
