//! Events that applications bound with `event.bind`.

use serde_json::{Value, json};

use super::Notice;
use crate::{
    ids::{AppId, UserId},
    state::{State, bots::Owner, subscriptions::Binding},
};

/// There is something new to fetch.
const OFFLINE_EVENT: &str = "ONOFFLINEEVENT";

impl State {
    /// `by` did something that applications may have bound: they are told, or it is kept for them. `data` is asked for
    /// each of them, because they may not know the same.
    pub(crate) fn happen(&mut self, event: &str, by: UserId, data: impl Fn(&Self, AppId) -> Value) {
        self.happen_where(|binding| binding.event == event, by, data);
    }

    /// Likewise, but only one application is to know of it.
    pub(crate) fn happen_to(&mut self, app: AppId, event: &str, by: UserId, data: &Value) {
        self.happen_where(|binding| binding.app == app && binding.event == event, by, |_, _| data.clone());
    }

    fn happen_where(&mut self, is_meant: impl Fn(&Binding) -> bool, by: UserId, data: impl Fn(&Self, AppId) -> Value) {
        let bindings: Vec<Binding> =
            self.subscriptions.bindings.iter().filter(|binding| is_meant(binding)).cloned().collect();
        for binding in bindings {
            let data = data(self, binding.app);
            if !binding.is_offline {
                self.call_handler(&binding, by, data);
            } else if !self.is_own_doing(&binding) {
                self.keep(binding.app, &binding.event, &data, &binding.source);
            }
        }
    }

    fn call_handler(&mut self, binding: &Binding, by: UserId, data: Value) {
        let owner = Owner::App(binding.app);
        let auth = self.auth_of(&owner, binding.user.unwrap_or(by));
        self.notify(Notice { owner: &owner, event: &binding.event, url: &binding.handler, data, auth });
    }

    /// Whether the application that is to hear of it is doing it just now, under the source that it named.
    fn is_own_doing(&self, binding: &Binding) -> bool {
        let acting = self.subscriptions.acting.as_ref();
        acting.is_some_and(|(app, source)| *app == binding.app && *source == binding.source && !source.is_empty())
    }

    /// Tells the applications for which something was kept, once for everything that happened at once, and not more
    /// often than they want.
    pub(crate) fn tell_of_kept(&mut self) {
        let now = self.clock.now();
        for app in std::mem::take(&mut self.subscriptions.untold) {
            let wants = |binding: &&mut Binding| {
                let rests = binding.last_note.is_some_and(|last| now.as_second() - last.as_second() < binding.pause);
                binding.app == app && binding.event == OFFLINE_EVENT && !binding.is_offline && !rests
            };
            let mut due: Vec<Binding> = Vec::new();
            for binding in self.subscriptions.bindings.iter_mut().filter(wants) {
                binding.last_note = Some(now);
                due.push(binding.clone());
            }
            for binding in due {
                let by = binding.user.unwrap_or(crate::state::ADMIN);
                self.call_handler(&binding, by, json!([]));
            }
        }
    }
}
