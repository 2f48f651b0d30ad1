use std::{any::Any, fmt};

use bytes::Bytes;
use jiff::Timestamp;

/// An event as it came, and what must be known of it to keep it in order and to know it again.
pub struct Delivery {
    /// The portal that sent it.
    pub portal: String,
    /// The dialog that it happened in; empty for none. What has the portal and the dialog in common stays in order.
    pub dialog: String,
    /// The name of the event, for people who look.
    pub event: String,
    /// What this event has that no other of the portal has: one that comes again is a duplicate.
    pub identity: String,
    /// When it came.
    pub received: Timestamp,
    /// How often handling it was begun before, as far as that is known.
    pub attempts: u32,
    /// How the body is written.
    pub encoding: Encoding,
    /// The event itself. It may hold tokens.
    pub body: Bytes,
    /// What the body was read as, where that is known: it need not be read again. Not kept.
    pub read: Option<Box<dyn Any + Send>>,
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `application/json`.
    Json,
}

/// A delivery that was given out to be handled.
#[derive(Debug)]
pub struct Taken {
    /// Its number in the inbox.
    pub id: u64,
    /// The event.
    pub delivery: Delivery,
}

/// An event that was set aside because it could not be handled: it waits for a person.
#[derive(Debug)]
pub struct Letter {
    /// Its number among those that were set aside.
    pub id: u64,
    /// Why.
    pub reason: String,
    /// When.
    pub since: Timestamp,
    /// The event.
    pub delivery: Delivery,
}

impl Delivery {
    /// What stays in order. Neither part can hold a zero byte: both come from forms or JSON that was read as a name or
    /// a number; if one did, two dialogs would wait for one another and nothing worse.
    pub(crate) fn lane(&self) -> String {
        [self.portal.as_str(), self.dialog.as_str()].join("\0")
    }

    /// How much room it takes: the body counts.
    pub(crate) fn size(&self) -> usize {
        self.body.len()
    }
}

impl Letter {
    /// The same once more, without what it was read as.
    pub(crate) fn copy(&self) -> Self {
        let Delivery { portal, dialog, event, identity, received, attempts, encoding, body, .. } = &self.delivery;
        let delivery = Delivery {
            portal: portal.clone(),
            dialog: dialog.clone(),
            event: event.clone(),
            identity: identity.clone(),
            received: *received,
            attempts: *attempts,
            encoding: *encoding,
            body: body.clone(),
            read: None,
        };
        Self { id: self.id, reason: self.reason.clone(), since: self.since, delivery }
    }
}

/// Without the body: it holds tokens.
impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { portal, dialog, event, attempts, .. } = self;
        write!(f, "Delivery({event} of {portal} in \"{dialog}\", {attempts} attempts, {} bytes)", self.body.len())
    }
}
