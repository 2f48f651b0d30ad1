use jiff::{Timestamp, civil, tz::TimeZone};
use serde_json::{Map, Value};

use crate::ids::{Dialog, UserId};

/// Arguments that were checked: names as in the spec, ids as numbers, flags as `Y` and `N`.
///
/// A value that was sent empty is null; one that was not sent is not there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Args(pub(crate) Map<String, Value>);

impl Args {
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.value(name)?.as_str()
    }

    /// The text, or an empty one.
    pub(crate) fn text_or_empty(&self, name: &str) -> String {
        self.text(name).unwrap_or_default().to_owned()
    }

    pub(crate) fn id<Id: From<u64>>(&self, name: &str) -> Option<Id> {
        self.value(name)?.as_u64().map(Id::from)
    }

    pub(crate) fn users(&self, name: &str) -> Vec<UserId> {
        self.list(name).iter().filter_map(Value::as_u64).map(UserId).collect()
    }

    pub(crate) fn list(&self, name: &str) -> &[Value] {
        self.value(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        match self.value(name)? {
            Value::Bool(flag) => Some(*flag),
            flag => flag.as_str().map(|flag| flag == "Y"),
        }
    }

    /// A whole number that is not negative.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.value(name)?.as_u64()
    }

    /// How many items a page is to have: what is asked for under `LIMIT` up to the most, or else the usual number.
    pub(crate) fn limit(&self, usual: usize, most: usize) -> usize {
        let asked = self.value("LIMIT").and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
        asked.filter(|limit| *limit > 0).unwrap_or(usual).min(most)
    }

    pub(crate) fn moment(&self, name: &str) -> Option<Timestamp> {
        moment(self.text(name)?)
    }

    pub(crate) fn dialog(&self, name: &str) -> Option<Dialog> {
        self.text(name)?.parse().ok()
    }

    /// The members of a nested object.
    pub(crate) fn object(&self, name: &str) -> Args {
        Args(self.value(name).and_then(Value::as_object).cloned().unwrap_or_default())
    }
}

/// A moment; without an offset it is one in UTC.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let civil = || text.parse::<civil::DateTime>().ok()?.to_zoned(TimeZone::UTC).ok();
    text.parse().ok().or_else(|| civil().map(|zoned| zoned.timestamp()))
}
