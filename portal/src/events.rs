//! Events: who is to hear of something, what they are told, and how it reaches them.
//!
//! `routing` decides, `v1` and `v2` write the data for the two bot APIs, `subscribed` for people, `form` encodes it as PHP does, `delivery` posts it.

mod bound;
pub(crate) mod commands;
pub(crate) mod delivery;
pub(crate) mod form;
pub(crate) mod lines;
pub(crate) mod mention;
mod users;

pub(crate) mod routing;
mod subscribed;
pub(crate) mod v1;
pub(crate) mod v2;

use serde_json::{Map, Value};
use tokio::sync::oneshot;

use self::delivery::Delivery;
use crate::{
    ids::UserId,
    state::{State, bots::Owner},
};

/// The names of the events that a bot gets an address for at its registration.
pub(crate) mod name {
    pub(crate) const MESSAGE_ADD: &str = "ONIMBOTMESSAGEADD";
    pub(crate) const MESSAGE_UPDATE: &str = "ONIMBOTMESSAGEUPDATE";
    pub(crate) const MESSAGE_DELETE: &str = "ONIMBOTMESSAGEDELETE";
    pub(crate) const JOIN_CHAT: &str = "ONIMBOTJOINCHAT";
    pub(crate) const BOT_DELETE: &str = "ONIMBOTDELETE";
    pub(crate) const COMMAND_ADD: &str = "ONIMCOMMANDADD";
    pub(crate) const APP_INSTALL: &str = "ONAPPINSTALL";
    pub(crate) const APP_UPDATE: &str = "ONAPPUPDATE";
    pub(crate) const APP_UNINSTALL: &str = "ONAPPUNINSTALL";
}

/// An event for one owner of bots at one address.
pub(crate) struct Notice<'a> {
    pub(crate) owner: &'a Owner,
    pub(crate) event: &'a str,
    pub(crate) url: &'a str,
    pub(crate) data: Value,
    pub(crate) auth: Value,
}

/// Whether events can be sent there.
pub(crate) fn is_address(url: &str) -> bool {
    reqwest::Url::parse(url).is_ok_and(|url| ["http", "https"].contains(&url.scheme()) && url.has_host())
}

impl State {
    /// Sends an event, unless the application is not installed to the end: then nothing reaches it.
    pub(crate) fn notify(&mut self, notice: Notice<'_>) {
        if self.hears(notice.owner) {
            self.send(notice, None);
        }
    }

    pub(crate) fn hears(&self, owner: &Owner) -> bool {
        match owner {
            Owner::App(app) => self.apps.get(*app).is_some_and(|app| app.installed),
            Owner::Client(_) => true,
        }
    }

    /// Sends an event in any case and tells the `receipt` how it ended.
    pub(crate) fn send(&mut self, notice: Notice<'_>, receipt: Option<oneshot::Sender<Result<u16, String>>>) {
        let Notice { owner, event, url, data, auth } = notice;
        #[cfg(debug_assertions)]
        self.check_event(event, &data);
        let mut form = Map::new();
        form.insert("event".to_owned(), event.into());
        let number = self.subscriptions.handler_id(owner, event, url);
        form.insert("event_handler_id".to_owned(), number.into());
        form.insert("data".to_owned(), data);
        form.insert("ts".to_owned(), self.clock.now().as_second().into());
        form.insert("auth".to_owned(), auth);
        let form = Value::Object(form);
        let entry = self.note_event(event, &self.owner_name(owner), url, &form);
        self.outbox.push(Delivery { url: url.to_owned(), form, entry, receipt });
    }

    /// Tells the application something about itself: at the addresses that it bound to the event, else at its own.
    pub(crate) fn notify_app(&mut self, owner: &Owner, event: &str, data: &Value, auth: &Value) {
        let Owner::App(app) = owner else { return };
        let own = self.apps.get(*app).map(|app| app.handler.clone()).unwrap_or_default();
        let bound: Vec<String> = self.subscriptions.bound(*app, event).into_iter().map(|bound| bound.handler).collect();
        let urls = if bound.is_empty() { vec![own] } else { bound };
        for url in urls.iter().filter(|url| !url.is_empty()) {
            self.notify(Notice { owner, event, url, data: data.clone(), auth: auth.clone() });
        }
    }

    /// The top-level `auth` of an event that `user` caused.
    pub(crate) fn auth_of(&mut self, owner: &Owner, user: UserId) -> Value {
        Value::Object(v1::auth(self, owner, user))
    }
}
