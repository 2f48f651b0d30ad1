//! The whole spec as one JSON document, and back: what travels between programs and over time.
//!
//! `{"methods": {name: …}, "events": {…}, "types": {…}, "errors": […], "revisions": {…}, "changes": […]}`, each entry in
//! the keys of its file.

use std::collections::BTreeMap;

use b24_spec::{Source, Sources, closest};
use serde_json::{Map, Value};

const FOLDERS: [&str; 3] = ["methods", "events", "types"];
/// Files that hold one list under the key that they are named after.
const LISTS: [&str; 2] = ["errors", "changes"];

/// Writes the document.
///
/// # Errors
/// When a file is not JSON.
pub fn write(sources: &Sources) -> Result<String, String> {
    let mut named: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    let mut document = Map::new();
    for source in &sources.0 {
        let value: Value = serde_json::from_str(&source.text).map_err(|error| format!("{}: {error}", source.path))?;
        match source.path.as_str() {
            "errors.json" | "changes.json" => document.extend(value.as_object().cloned().unwrap_or_default()),
            "revisions.json" => {
                document.insert("revisions".to_owned(), value);
            }
            path => {
                let kind = path.split('/').next().unwrap_or_default();
                let name = value["name"].as_str().unwrap_or_default().to_owned();
                named.entry(kind).or_default().insert(name, value);
            }
        }
    }
    document.extend(named.into_iter().map(|(kind, entries)| (kind.to_owned(), Value::Object(entries))));
    serde_json::to_string_pretty(&document).map(|text| text + "\n").map_err(|error| error.to_string())
}

/// Reads such a document as the files that it was made of. What stands in them is checked when they are read as a spec.
///
/// # Errors
/// When it is not JSON, or has not the keys of such a document.
pub fn read(text: &str) -> Result<Sources, String> {
    let document: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let Value::Object(document) = document else {
        return Err("an exported spec is an object; write one with `b24-codegen export`".to_owned());
    };
    if !document.contains_key("methods") {
        return Err("an exported spec has the key \"methods\"; write one with `b24-codegen export`".to_owned());
    }
    let mut sources = Vec::new();
    for (key, value) in document {
        match (key.as_str(), value) {
            (key, Value::Object(entries)) if FOLDERS.contains(&key) => {
                sources.extend(entries.iter().map(|(name, entry)| source(path(key, name, entry), entry)));
            }
            (key, list @ Value::Array(_)) if LISTS.contains(&key) => {
                let file = Value::Object([(key.to_owned(), list)].into_iter().collect());
                sources.push(source(format!("{key}.json"), &file));
            }
            ("revisions", counters @ Value::Object(_)) => sources.push(source("revisions.json".to_owned(), &counters)),
            (key, _) if FOLDERS.contains(&key) || key == "revisions" => {
                return Err(format!("\"{key}\" of an exported spec is an object"));
            }
            (key, _) if LISTS.contains(&key) => return Err(format!("\"{key}\" of an exported spec is a list")),
            (key, _) => {
                let known = FOLDERS.into_iter().chain(LISTS).chain(["revisions"]);
                let hint = closest(key, known).map_or_else(String::new, |hit| format!(", did you mean \"{hit}\"?"));
                return Err(format!("an exported spec has no key \"{key}\"{hint}"));
            }
        }
    }
    sources.sort_by(|a: &Source, b| a.path.cmp(&b.path));
    Ok(Sources(sources))
}

/// Where the entry has its file.
fn path(folder: &str, name: &str, entry: &Value) -> String {
    match (folder, entry["scope"].as_str().unwrap_or_default()) {
        ("methods", "") => format!("methods/_/{name}.json"),
        ("methods", scope) => format!("methods/{scope}/{name}.json"),
        _ => format!("{folder}/{name}.json"),
    }
}

fn source(path: String, value: &Value) -> Source {
    Source { path, text: format!("{value:#}") }
}
