use std::collections::BTreeMap;

use crate::{
    ids::{AppId, UserId},
    state::bots::Owner,
};

/// An address that an application bound to an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Binding {
    pub(crate) app: AppId,
    /// In upper case.
    pub(crate) event: String,
    pub(crate) handler: String,
    /// Whose token the handler gets; without one, that of whoever caused the event.
    pub(crate) user: Option<UserId>,
}

/// Who wants to hear of what, and the number of each handler.
#[derive(Debug, Default)]
pub(crate) struct Subscriptions {
    pub(crate) bindings: Vec<Binding>,
    numbers: BTreeMap<(Owner, String, String), usize>,
}

impl Subscriptions {
    /// `event_handler_id`: a number for each event and address of an owner.
    pub(crate) fn handler_id(&mut self, owner: &Owner, event: &str, url: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry((owner.clone(), event.to_owned(), url.to_owned())).or_insert(next)
    }

    pub(crate) fn bound(&self, app: AppId, event: &str) -> Vec<Binding> {
        self.bindings.iter().filter(|binding| binding.app == app && binding.event == event).cloned().collect()
    }
}
