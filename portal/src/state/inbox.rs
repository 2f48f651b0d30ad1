//! Events that nobody is sent: they wait until their reader fetches them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{State, bots::Owner, table::Table};
use crate::ids::{UserId, WaitingId};

/// How long an event waits, in seconds.
const KEPT_SECONDS: i64 = 24 * 3600;
/// How many events wait at most; the oldest give way.
const KEPT: usize = 10_000;

/// Whom an event waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Reader {
    Bot(UserId),
    /// Somebody who subscribed to what happens in the own chats.
    User(UserId),
}

/// An event that waits.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Waiting {
    pub(crate) id: WaitingId,
    pub(crate) reader: Reader,
    pub(crate) date: Timestamp,
    pub(crate) name: String,
    pub(crate) data: Value,
}

/// What waits, and who subscribed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Inbox {
    waiting: Table<WaitingId, Waiting>,
    pub(crate) subscribers: BTreeSet<UserId>,
    /// The owners of bots that are gone: they may still fetch the news of that.
    pub(crate) gone: BTreeMap<UserId, Owner>,
}

/// A page of events.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) events: Vec<Waiting>,
    pub(crate) has_more: bool,
}

impl Inbox {
    /// Forgets what these readers have dealt with: everything before `offset`.
    pub(crate) fn confirm(&mut self, readers: &[Reader], offset: WaitingId) {
        self.waiting.retain(|event| event.id >= offset || !readers.contains(&event.reader));
        self.forget_gone();
    }

    /// How many events of a bot nobody has fetched.
    pub(crate) fn waiting_for(&self, bot: UserId) -> usize {
        self.waiting.values().filter(|event| event.reader == Reader::Bot(bot)).count()
    }

    fn forget_gone(&mut self) {
        let waiting = &self.waiting;
        self.gone.retain(|bot, _| waiting.values().any(|event| event.reader == Reader::Bot(*bot)));
    }

    /// The oldest events that wait for these readers.
    pub(crate) fn page(&self, readers: &[Reader], limit: usize) -> Page {
        let mut events = self.waiting.values().filter(|event| readers.contains(&event.reader)).cloned();
        let page = events.by_ref().take(limit).collect();
        Page { events: page, has_more: events.next().is_some() }
    }
}

impl State {
    /// Lets an event wait for its reader.
    pub(crate) fn keep_for(&mut self, reader: Reader, name: &str, data: Value) {
        #[cfg(debug_assertions)]
        self.check_event(name, &data);
        let now = self.clock.now();
        let name = name.to_owned();
        self.inbox.waiting.insert(|id| Waiting { id, reader, date: now, name, data });
        self.inbox.waiting.keep_last(KEPT);
        self.forget_late();
    }

    /// Takes away what has waited too long.
    pub(crate) fn forget_late(&mut self) {
        let oldest = self.clock.now().as_second() - KEPT_SECONDS;
        while self.inbox.waiting.values().next().is_some_and(|event| event.date.as_second() < oldest) {
            self.inbox.waiting.pop_first();
        }
        self.inbox.forget_gone();
    }
}
