use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    ids::EntryId,
    state::{Change, State, clock::iso, table::Table},
};

/// Entries kept; the oldest are forgotten first.
const KEPT: usize = 2000;

/// A REST call that the portal got or an event that it sent.
#[derive(Debug, Clone)]
pub struct Entry {
    id: EntryId,
    at: Timestamp,
    kind: Kind,
    name: String,
    who: String,
    request: Value,
    outcome: Option<Outcome>,
}

/// Which way an [`Entry`] went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A REST call, from a bot to the portal.
    Call,
    /// An event, from the portal to a handler.
    Event,
}

/// How a call or an event ended.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    /// The HTTP status; 0 where none came.
    pub(crate) status: u16,
    pub(crate) response: Value,
    pub(crate) error: Option<String>,
    pub(crate) took: Duration,
}

/// The latest entries.
pub(crate) type Journal = Table<EntryId, Entry>;

impl Entry {
    /// The method or the event.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which way it went.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The parameters of the call, or the form of the event as an object.
    pub fn request(&self) -> &Value {
        &self.request
    }

    /// The HTTP status of the answer; `None` while there is none.
    pub fn status(&self) -> Option<u16> {
        self.outcome.as_ref().map(|outcome| outcome.status).filter(|status| *status > 0)
    }

    /// The answer as JSON, or as text where it is not JSON; null while there is none.
    pub fn response(&self) -> &Value {
        self.outcome.as_ref().map_or(&Value::Null, |outcome| &outcome.response)
    }

    /// The error code of the answer, or why there is no answer.
    pub fn error(&self) -> Option<&str> {
        self.outcome.as_ref()?.error.as_deref()
    }

    /// Who called, or where the event went.
    pub fn who(&self) -> &str {
        &self.who
    }

    /// Whether the answer has come, or its loss is certain.
    pub fn is_finished(&self) -> bool {
        self.outcome.is_some()
    }

    pub(crate) fn id(&self) -> EntryId {
        self.id
    }

    /// As the messenger shows it.
    pub(crate) fn to_json(&self) -> Value {
        let kind = match self.kind {
            Kind::Call => "call",
            Kind::Event => "event",
        };
        json!({
            "id": self.id,
            "at": iso(self.at),
            "kind": kind,
            "name": self.name,
            "status": self.status(),
            "ms": self.outcome.as_ref().map(|outcome| outcome.took.as_secs_f64() * 1000.0),
            "who": self.who,
            "request": self.request,
            "response": self.response(),
            "error": self.error(),
        })
    }
}

impl std::fmt::Display for Entry {
    /// One line: `event ONIMBOTMESSAGEADD to http://… -> 200`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (kind, preposition) = match self.kind {
            Kind::Call => ("call", "by"),
            Kind::Event => ("event", "to"),
        };
        write!(f, "{kind} {} {preposition} {} -> ", self.name, self.who)?;
        match (self.status(), self.error()) {
            (Some(status), Some(error)) => write!(f, "{status} {error}"),
            (Some(status), None) => write!(f, "{status}"),
            (None, Some(error)) => f.write_str(error),
            (None, None) => f.write_str("no answer yet"),
        }
    }
}

impl State {
    /// Notes the start of a call or an event.
    pub(crate) fn note(&mut self, kind: Kind, name: &str, who: String, request: Value) -> EntryId {
        let at = self.clock.now();
        let name = name.to_owned();
        let id = self.journal.insert(|id| Entry { id, at, kind, name, who, request, outcome: None });
        self.journal.keep_last(KEPT);
        self.changes.push(Change::Journal(id));
        id
    }

    /// Notes how it ended.
    pub(crate) fn conclude(&mut self, id: EntryId, outcome: Outcome) {
        if let Some(entry) = self.journal.get_mut(id) {
            entry.outcome = Some(outcome);
            self.changes.push(Change::Journal(id));
        }
    }
}
