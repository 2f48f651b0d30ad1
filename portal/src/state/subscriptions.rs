use serde::{Deserialize, Serialize};

use crate::{
    ids::{AppId, UserId},
    state::bots::Owner,
};

/// An address that an application bound to an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Binding {
    pub(crate) app: AppId,
    /// In upper case.
    pub(crate) event: String,
    pub(crate) handler: String,
    /// Whose token the handler gets; without one, that of whoever caused the event.
    pub(crate) user: Option<UserId>,
}

/// Who wants to hear of what, and the number of each handler.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Subscriptions {
    pub(crate) bindings: Vec<Binding>,
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

    pub(crate) fn bound(&self, app: AppId, event: &str) -> Vec<Binding> {
        self.bindings.iter().filter(|binding| binding.app == app && binding.event == event).cloned().collect()
    }
}
