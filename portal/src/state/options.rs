use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::ids::{AppId, UserId};

/// What applications have put aside.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Options {
    apps: BTreeMap<AppId, Shelf>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Shelf {
    common: Map<String, Value>,
    personal: BTreeMap<UserId, Map<String, Value>>,
}

impl Options {
    /// The values of an application by key: those for one user, or those for all.
    pub(crate) fn of(&mut self, app: AppId, user: Option<UserId>) -> &mut Map<String, Value> {
        let shelf = self.apps.entry(app).or_default();
        match user {
            Some(user) => shelf.personal.entry(user).or_default(),
            None => &mut shelf.common,
        }
    }

    pub(crate) fn forget(&mut self, app: AppId) {
        self.apps.remove(&app);
    }
}
