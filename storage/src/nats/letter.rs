//! Events as messages: a line of JSON that tells what they are, then the body as it is kept.

use std::io;

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{Delivery, Encoding, Seal};

/// What was set aside has a reason and a time, too.
pub(super) struct Aside {
    pub(super) reason: String,
    pub(super) since: Timestamp,
}

pub(super) fn write(delivery: &Delivery, seal: &Seal, aside: Option<&Aside>) -> io::Result<Bytes> {
    let Delivery { portal, dialog, event, identity, received, attempts, encoding, .. } = delivery;
    let head = json!({
        "portal": portal,
        "dialog": dialog,
        "event": event,
        "identity": identity,
        "received": received.as_millisecond(),
        "attempts": attempts,
        "encoding": match encoding { Encoding::Form => "form", Encoding::Json => "json" },
        "reason": aside.map(|aside| &aside.reason),
        "since": aside.map(|aside| aside.since.as_millisecond()),
    });
    let body = seal.close(portal, &delivery.body)?;
    Ok([head.to_string().as_bytes(), b"\n", &body].concat().into())
}

pub(super) fn read(message: &[u8], seal: &Seal) -> io::Result<(Delivery, Aside)> {
    let invalid = || io::Error::new(io::ErrorKind::InvalidData, "a message of the stream is no event");
    let end = message.iter().position(|byte| *byte == b'\n').ok_or_else(invalid)?;
    let (head, body) = message.split_at(end);
    let head: Value = serde_json::from_slice(head).map_err(|_| invalid())?;
    let text = |name: &str| head[name].as_str().unwrap_or_default().to_owned();
    let time = |name: &str| {
        head[name].as_i64().and_then(|millis| Timestamp::from_millisecond(millis).ok()).unwrap_or_default()
    };
    let portal = text("portal");
    let body = seal.open(&portal, body.get(1..).unwrap_or_default())?;
    let delivery = Delivery {
        portal,
        dialog: text("dialog"),
        event: text("event"),
        identity: text("identity"),
        received: time("received"),
        attempts: head["attempts"].as_u64().and_then(|attempts| attempts.try_into().ok()).unwrap_or_default(),
        encoding: if head["encoding"] == "json" { Encoding::Json } else { Encoding::Form },
        body: body.into(),
        read: None,
    };
    Ok((delivery, Aside { reason: text("reason"), since: time("since") }))
}
