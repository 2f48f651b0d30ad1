use std::{collections::BTreeMap, fs, io};

use toml::{Table, Value};

/// Where settings are looked up: variables first, then a file.
pub(super) struct Source<G> {
    get: G,
    name: String,
    file: BTreeMap<String, String>,
}

/// A setting, and where it was found.
pub(super) struct Found {
    pub(super) text: String,
    /// The variable, or the key and the file.
    pub(super) place: String,
}

/// The keys of the file. Each has a variable, too: `handling.at_once` is `B24_HANDLING_AT_ONCE`.
const KEYS: [&str; 18] = [
    "client_id",
    "client_secret",
    "webhook_url",
    "handler_url",
    "listen",
    "monitor",
    "bot_api",
    "events",
    "fetch_most",
    "call_limit",
    "store",
    "nats_url",
    "oauth_url",
    "handling.at_once",
    "handling.time_limit",
    "handling.attempts",
    "handling.pause",
    "handling.typing_after",
];

const FILE: &str = "b24.toml";

impl<G: Fn(&str) -> Option<String>> Source<G> {
    /// Reads the file that `B24_CONFIG` names, or `b24.toml` where there is one.
    pub(super) fn new(get: G, mistakes: &mut Vec<String>) -> Self {
        let mut source = Self { get, name: FILE.to_owned(), file: BTreeMap::new() };
        let named = source.variable("B24_CONFIG");
        let is_named = named.is_some();
        source.name = named.unwrap_or(source.name);
        let read = match fs::read_to_string(&source.name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !is_named => return source,
            Err(error) => Err(error.to_string()),
            Ok(text) => text.parse::<Table>().map_err(|error| error.to_string().trim_end().to_owned()),
        };
        match read {
            Ok(table) => source.fill("", table, mistakes),
            Err(reason) => mistakes.push(format!("{}: {reason}", source.name)),
        }
        source
    }

    /// A setting that stands in the file, too. An empty one counts as not set.
    pub(super) fn find(&self, key: &str) -> Option<Found> {
        let variable = Self::variable_of(key);
        if let Some(text) = self.variable(&variable) {
            return Some(Found { text, place: variable });
        }
        let text = self.file.get(key).filter(|text| !text.is_empty())?.clone();
        Some(Found { text, place: format!("{key} in {}", self.name) })
    }

    /// A variable. An empty one counts as not set.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        (self.get)(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    pub(super) fn variable_of(key: &str) -> String {
        format!("B24_{}", key.replace('.', "_").to_ascii_uppercase())
    }

    fn fill(&mut self, under: &str, table: Table, mistakes: &mut Vec<String>) {
        for (key, value) in table {
            let key = format!("{under}{key}");
            match value {
                Value::Table(table) if KEYS.iter().any(|known| known.starts_with(&format!("{key}."))) => {
                    self.fill(&format!("{key}."), table, mistakes);
                }
                _ if !KEYS.contains(&key.as_str()) => {
                    mistakes.push(format!("{}: \"{key}\" is no setting; there are {}", self.name, KEYS.join(", ")));
                }
                Value::String(text) => {
                    self.file.insert(key, text.trim().to_owned());
                }
                Value::Integer(number) => {
                    self.file.insert(key, number.to_string());
                }
                other => mistakes.push(format!("{key} in {} is {}, not text or a number", self.name, other.type_str())),
            }
        }
    }
}
