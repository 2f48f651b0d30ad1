mod kept;

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

pub(crate) use self::kept::Kept;
use crate::{
    error::ResendError,
    events::delivery::Delivery,
    ids::{EntryId, UserId},
    rest::caller::{Caller, Entrance},
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
    request: Kept,
    /// Which way a call came in, and in whose name.
    entrance: Option<(Entrance, UserId)>,
    /// Where an event goes.
    address: Option<String>,
    held: Duration,
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
    pub(crate) response: Kept,
    pub(crate) error: Option<String>,
    pub(crate) took: Duration,
}

impl Outcome {
    pub(crate) fn new(status: u16, response: &Value, error: Option<String>, took: Duration) -> Self {
        Self { status, response: Kept::of(response), error, took }
    }
}

/// The latest entries.
pub(crate) type Journal = Table<EntryId, Entry>;

impl Entry {
    fn new(kind: Kind, name: String, who: String, request: Kept) -> Self {
        let (id, at, held) = (EntryId(0), Timestamp::UNIX_EPOCH, Duration::ZERO);
        Self { id, at, kind, name, who, request, entrance: None, address: None, held, outcome: None }
    }

    /// The method or the event.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which way it went.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The parameters of the call, or the form of the event as an object. Texts of more than 4 KB are cut, and lists
    /// where all of it has more than 32 KB.
    pub fn request(&self) -> &Value {
        &self.request.value
    }

    /// The HTTP status of the answer; `None` while there is none.
    pub fn status(&self) -> Option<u16> {
        self.outcome.as_ref().map(|outcome| outcome.status).filter(|status| *status > 0)
    }

    /// The answer as JSON, or as text where it is not JSON; null while there is none. Cut like [`Entry::request`].
    pub fn response(&self) -> &Value {
        self.outcome.as_ref().map_or(&Value::Null, |outcome| &outcome.response.value)
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

    /// How much of the portal's time an event waited before it was sent, because the handler was slow or a fault wanted
    /// it so.
    pub fn held(&self) -> Duration {
        self.held
    }

    pub(crate) fn id(&self) -> EntryId {
        self.id
    }

    pub(crate) fn entrance(&self) -> Option<&(Entrance, UserId)> {
        self.entrance.as_ref()
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
            "held_ms": self.held.as_secs_f64() * 1000.0,
            "who": self.who,
            "request": self.request(),
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
    /// Notes the start of a call; of whom, if that is known.
    pub(crate) fn note(&mut self, name: &str, who: String, caller: Option<&Caller>, request: Kept) -> EntryId {
        let entrance = caller.map(|caller| (caller.entry.clone(), caller.user));
        self.enter(Entry { entrance, ..Entry::new(Kind::Call, name.to_owned(), who, request) })
    }

    /// Notes the start of an event that goes to an address of `owner`.
    pub(crate) fn note_event(&mut self, name: &str, owner: &str, address: &str, form: &Value) -> EntryId {
        let who = format!("{owner} → {address}");
        let address = Some(address.to_owned());
        self.enter(Entry { address, ..Entry::new(Kind::Event, name.to_owned(), who, Kept::of(form)) })
    }

    /// Notes that an event starts once more. An entry that is forgotten stays so.
    pub(crate) fn note_again(&mut self, id: EntryId) -> EntryId {
        match self.journal.get(id).cloned() {
            Some(entry) => self.enter(Entry { held: Duration::ZERO, outcome: None, ..entry }),
            None => id,
        }
    }

    fn enter(&mut self, entry: Entry) -> EntryId {
        let at = self.clock.now();
        let id = self.journal.insert(|id| Entry { id, at, ..entry });
        self.journal.keep_last(KEPT);
        self.changes.push(Change::Journal(id));
        id
    }

    /// Notes that an event has to wait.
    pub(crate) fn note_hold(&mut self, id: EntryId, time: Duration) {
        if let Some(entry) = self.journal.get_mut(id) {
            entry.held += time;
            self.changes.push(Change::Journal(id));
        }
    }

    /// Sends an event once more, as it was but for the time that it names.
    pub(crate) fn resend(&mut self, id: EntryId) -> Result<EntryId, ResendError> {
        let entry = self.journal.get(id).ok_or(ResendError::Forgotten)?;
        let url = entry.address.clone().ok_or(ResendError::NoEvent)?;
        if entry.request.is_cut {
            return Err(ResendError::Cut);
        }
        let mut form = entry.request.value.clone();
        if let Value::Object(form) = &mut form {
            form.insert("ts".to_owned(), self.clock.now().as_second().into());
        }
        let entry = self.note_again(id);
        self.outbox.push(Delivery { url, form, entry, receipt: None });
        Ok(entry)
    }

    /// Notes how it ended.
    pub(crate) fn conclude(&mut self, id: EntryId, outcome: Outcome) {
        if let Some(entry) = self.journal.get_mut(id) {
            entry.outcome = Some(outcome);
            self.changes.push(Change::Journal(id));
        }
    }

    /// Notes what went wrong with an answer that the portal has given.
    pub(crate) fn spoil(&mut self, id: EntryId, error: String) {
        if let Some(outcome) = self.journal.get_mut(id).and_then(|entry| entry.outcome.as_mut()) {
            outcome.error = Some(error);
            self.changes.push(Change::Journal(id));
        }
    }
}
