use std::fmt;

use serde_json::{Map, Value};

/// What a call sends: a JSON object. It may hold tokens, so `Debug` shows the names alone.
#[derive(Clone, Default, PartialEq)]
pub struct Params(Map<String, Value>);

impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Params")?;
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Params {
    /// No parameters yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a parameter.
    pub fn set(&mut self, name: &str, value: impl ToValue) {
        self.0.insert(name.to_owned(), value.to_value());
    }

    /// Sets a parameter unless it is there already.
    pub fn set_default(&mut self, name: &str, value: impl ToValue) {
        if !self.has(name) {
            self.set(name, value);
        }
    }

    /// Whether a parameter is set.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A parameter.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The value at the end of a path with dots: `fields.botToken`.
    pub(crate) fn at(&self, path: &str) -> Option<&Value> {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        value_at(self.0.get(first)?, rest)
    }

    /// Sets the value at the end of a path with dots; objects on the way are made.
    pub(crate) fn set_at(&mut self, path: &str, value: Value) {
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        match rest {
            None => self.set(first, value),
            Some(rest) => {
                let mut inner = match self.0.remove(first) {
                    Some(Value::Object(members)) => Self(members),
                    _ => Self::new(),
                };
                inner.set_at(rest, value);
                self.set(first, inner);
            }
        }
    }

    /// The number at the end of a path with dots, or the text of one.
    pub(crate) fn number(&self, path: &str) -> Option<u64> {
        let value = self.at(path)?;
        value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
    }

    /// The object itself.
    pub fn into_map(self) -> Map<String, Value> {
        self.0
    }
}

impl From<Map<String, Value>> for Params {
    fn from(map: Map<String, Value>) -> Self {
        Self(map)
    }
}

/// The value at the end of a path with dots; the value itself where the path is empty.
pub(crate) fn value_at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').filter(|part| !part.is_empty()).try_fold(value, |value, part| value.get(part))
}

/// A value that can be sent.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be sent as a parameter")]
pub trait ToValue {
    /// Its JSON form.
    fn to_value(self) -> Value;
}

impl ToValue for Params {
    fn to_value(self) -> Value {
        Value::Object(self.0)
    }
}

macro_rules! plain {
    ($($type:ty),*) => {$(
        impl ToValue for $type {
            fn to_value(self) -> Value {
                Value::from(self)
            }
        }
    )*};
}

plain!(Value, String, &str, bool, i64, u64, u32, f64);

impl<T: ToValue> ToValue for Vec<T> {
    fn to_value(self) -> Value {
        self.into_iter().map(ToValue::to_value).collect()
    }
}

/// `true` is `Y` and `false` is `N`: what every version of the platform understands.
pub(crate) fn yes_no(flag: bool) -> &'static str {
    if flag { "Y" } else { "N" }
}
