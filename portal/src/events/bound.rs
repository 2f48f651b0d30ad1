//! Events that applications bound with `event.bind`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Notice;
use crate::{
    ids::{AppId, UserId},
    state::{ADMIN, State, bots::Owner, subscriptions::Binding},
};

/// There is something new to fetch.
const OFFLINE_EVENT: &str = "ONOFFLINEEVENT";

impl State {
    /// `by` did something that applications may have bound. `data` is asked for each of them, because they may not know
    /// the same.
    pub(super) fn reach_apps(&mut self, event: &str, by: UserId, data: impl Fn(&Self, AppId) -> Value) {
        let bindings = self.subscriptions.bindings.iter().filter(|binding| binding.event == event);
        let apps: BTreeSet<AppId> = bindings.map(|binding| binding.app).collect();
        for app in apps {
            let data = data(self, app);
            self.reach_app(app, event, by, &data);
        }
    }

    /// `by` did something that an application may have bound: its handlers are called, or it is kept for it.
    pub(crate) fn reach_app(&mut self, app: AppId, event: &str, by: UserId, data: &Value) {
        let is_bound = |binding: &&Binding| binding.app == app && binding.event == event;
        let bindings: Vec<Binding> = self.subscriptions.bindings.iter().filter(is_bound).cloned().collect();
        for binding in bindings {
            if !binding.is_offline {
                self.call_handler(&binding, by, data.clone());
            } else if !self.is_own_doing(&binding) {
                self.keep(app, event, data, &binding.source);
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
                let by = binding.user.unwrap_or(ADMIN);
                self.call_handler(&binding, by, json!([]));
            }
        }
    }
}
