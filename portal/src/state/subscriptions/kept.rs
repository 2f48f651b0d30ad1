use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    ids::{AppId, KeptId},
    state::{State, secret},
};

/// How long a package is kept that somebody took and never cleared.
const PACKAGE_DAYS: i64 = 30;

/// An event that is kept until its application fetches it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) id: KeptId,
    pub(crate) app: AppId,
    pub(crate) event: String,
    pub(crate) data: Value,
    /// When it happened last.
    pub(crate) at: Timestamp,
    pub(crate) source: String,
    /// The package that it was taken with.
    pub(crate) package: Option<Package>,
    pub(crate) has_failed: bool,
}

/// Events that were taken at once and not cleared yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) taken: Timestamp,
}

impl Kept {
    pub(crate) fn is_in(&self, package: &str) -> bool {
        self.package.as_ref().is_some_and(|own| own.name == package)
    }
}

impl State {
    /// Keeps an event. Of several changes of one object only the last is kept.
    pub(crate) fn keep(&mut self, app: AppId, event: &str, data: &Value, source: &str) {
        let at = self.clock.now();
        let is_same =
            |kept: &&mut Kept| kept.app == app && kept.event == event && kept.data == *data && kept.source == source;
        let known = self.subscriptions.kept.values_mut().filter(|kept| kept.package.is_none()).find(is_same);
        if let Some(kept) = known {
            kept.at = at;
        } else {
            let (event, data, source) = (event.to_owned(), data.clone(), source.to_owned());
            let (package, has_failed) = (None, false);
            self.subscriptions.kept.insert(|id| Kept { id, app, event, data, at, source, package, has_failed });
        }
        self.subscriptions.untold.insert(app);
    }

    /// What is kept for an application under a source. Packages that nobody cleared for a month are gone.
    pub(crate) fn kept_for(&mut self, app: AppId, source: &str) -> impl Iterator<Item = &Kept> {
        let now = self.clock.now().as_second();
        let is_old = |package: &Package| now - package.taken.as_second() > PACKAGE_DAYS * 24 * 3600;
        self.subscriptions.kept.retain(|kept| !kept.package.as_ref().is_some_and(is_old));
        self.subscriptions.kept.values().filter(move |kept| kept.app == app && kept.source == source)
    }

    /// A name for what is taken now.
    pub(crate) fn new_package(&self) -> Package {
        Package { name: secret::hex(32), taken: self.clock.now() }
    }
}
