mod kept;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(crate) use self::kept::Kept;
use super::{State, table::Table};
use crate::{
    ids::{AppId, KeptId, UserId},
    state::bots::Owner,
};

/// An address that an application bound to an event, or its wish that the portal keeps the events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Binding {
    pub(crate) app: AppId,
    /// In upper case.
    pub(crate) event: String,
    /// Empty, where the events are kept.
    pub(crate) handler: String,
    /// Whose token the handler gets; without one, that of whoever caused the event.
    pub(crate) user: Option<UserId>,
    /// Whether the events are kept to be fetched.
    pub(crate) is_offline: bool,
    /// The source that the application writes under: what it changes itself is not kept.
    pub(crate) source: String,
    /// The least time between two notes about kept events, in seconds.
    pub(crate) pause: i64,
    pub(crate) last_note: Option<Timestamp>,
}

/// Who wants to hear of what, the number of each handler, and what is kept for whoever fetches it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Subscriptions {
    pub(crate) bindings: Vec<Binding>,
    pub(crate) kept: Table<KeptId, Kept>,
    /// Who has not yet been told that something is kept.
    pub(crate) untold: BTreeSet<AppId>,
    /// Under which source the application is acting that is calling just now.
    #[serde(skip)]
    pub(crate) acting: Option<(AppId, String)>,
    /// Owner, event and address of each handler, in the order in which they were first sent something.
    handlers: Vec<(Owner, String, String)>,
}

impl Subscriptions {
    /// `event_handler_id`: a number for each event and address of an owner.
    pub(crate) fn handler_id(&mut self, owner: &Owner, event: &str, url: &str) -> usize {
        let is_it =
            |(known, name, address): &(Owner, String, String)| known == owner && name == event && address == url;
        let index = self.handlers.iter().position(is_it).unwrap_or_else(|| {
            self.handlers.push((owner.clone(), event.to_owned(), url.to_owned()));
            self.handlers.len() - 1
        });
        index + 1
    }

    /// Who has bound an address to an event.
    pub(crate) fn bound(&self, app: AppId, event: &str) -> Vec<Binding> {
        let is_bound = |binding: &&Binding| binding.app == app && binding.event == event && !binding.is_offline;
        self.bindings.iter().filter(is_bound).cloned().collect()
    }
}

impl State {
    /// Takes away what an application has bound, and what is kept for it.
    pub(crate) fn unbind_all(&mut self, app: AppId) {
        self.subscriptions.bindings.retain(|binding| binding.app != app);
        self.subscriptions.kept.retain(|kept| kept.app != app);
    }
}
