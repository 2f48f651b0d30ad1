//! Writing facts into the spec. Prose that is missing stays empty, so that the checker asks for it.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

use super::{
    compare::{Difference, Edit},
    example::is_instant,
    facts::{Fact, Facts},
};
use crate::document::Json;

/// Writes the facts behind these differences; answers those that a person has to look at.
///
/// # Errors
/// When a file cannot be read or written.
pub fn apply<'a>(folder: &Path, open: &'a [Difference]) -> Result<Vec<&'a Difference>, String> {
    let mut left = Vec::new();
    for difference in open {
        let done = match &difference.edit {
            Some((file, edit)) => change(&folder.join(file), edit)?,
            None => false,
        };
        if !done {
            left.push(difference);
        }
    }
    Ok(left)
}

fn change(path: &Path, edit: &Edit) -> Result<bool, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut root = Json::parse(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    if !edited(&mut root, edit) {
        return Ok(false);
    }
    fs::write(path, root.to_file()).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(true)
}

/// Whether the edit found its place.
fn edited(root: &mut Json, edit: &Edit) -> bool {
    match edit {
        Edit::Field(home, fact) => home.locate(root).map(|list| list.push(field(fact))).is_some(),
        Edit::Member(home, name, value) => {
            let Some(list) = home.locate(root) else { return false };
            let is_there = list.iter().any(|field| field.get("name").and_then(Json::as_str) == Some(name));
            if !is_there {
                list.push(member(name, value));
            }
            true
        }
        Edit::Required(home, name, required) => {
            let Some(list) = home.locate(root) else { return false };
            let field = list.iter_mut().find(|field| field.get("name").and_then(Json::as_str) == Some(name));
            let Some(field) = field else { return false };
            if *required {
                field.set("required", plain("true"), &["default", "doc"]);
            } else {
                field.remove("required");
            }
            true
        }
        Edit::Type(home, name, word) => {
            let Some(list) = home.locate(root) else { return false };
            let field = list.iter_mut().find(|field| field.get("name").and_then(Json::as_str) == Some(name));
            field.map(|field| field.set("type", Json::text(type_of(word)), &["doc"])).is_some()
        }
        Edit::Error(code) => push(
            root,
            "errors",
            object(&[("code", Json::text(code.as_str())), ("kind", Json::text("other")), ("meaning", Json::text(""))]),
        ),
        Edit::Value(word) => push(
            root,
            "values",
            object(&[
                ("value", Json::text(word.as_str())),
                ("name", Json::text(heck::AsUpperCamelCase(word).to_string())),
                ("doc", Json::text("")),
            ]),
        ),
        Edit::Deprecated(replacement) => {
            let by = replacement.as_deref().map(|name| ("use", Json::text(name)));
            let status = object(&[("deprecated", object(by.as_slice()))]);
            root.set("status", status, &["aliases", "idempotent", "params", "data", "result", "docs"]);
            true
        }
    }
}

/// Writes the files of methods that the spec did not have. Answers their paths.
///
/// # Errors
/// When a file cannot be written.
pub fn add_methods(folder: &Path, new: &[&Facts]) -> Result<Vec<String>, String> {
    let mut written = Vec::new();
    for facts in new {
        let scope = facts.scopes.first().map(String::as_str).unwrap_or_default();
        let place = match (facts.event, scope) {
            (true, _) => format!("events/{}.json", facts.name),
            (false, "") => format!("methods/_/{}.json", facts.name),
            (false, scope) => format!("methods/{scope}/{}.json", facts.name),
        };
        let path = folder.join(&place);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| format!("{}: {error}", parent.display()))?;
        }
        fs::write(&path, method(facts, scope).to_file()).map_err(|error| format!("{}: {error}", path.display()))?;
        written.push(place);
    }
    Ok(written)
}

fn method(facts: &Facts, scope: &str) -> Json {
    let fields = |facts: &[Fact]| Json::List(facts.iter().map(field).collect());
    let mut members = vec![
        ("name", Json::text(facts.name.as_str())),
        ("summary", Json::text("")),
        ("scope", Json::text(scope)),
        ("since", plain("null")),
    ];
    if facts.v3 {
        members.insert(3, ("rest", plain("3")));
    }
    if let Some(replacement) = &facts.deprecated {
        let by = replacement.as_deref().map(|name| ("use", Json::text(name)));
        members.push(("status", object(&[("deprecated", object(by.as_slice()))])));
    }
    if facts.event {
        members.push(("data", fields(&facts.event_data())));
        members.push(("auth", plain("true")));
        members.push(("subscribe", Json::text("event.bind")));
    } else {
        let params: Vec<Fact> = facts.params.iter().filter(|fact| fact.name != "auth").cloned().collect();
        members.push(("params", fields(&params)));
        members.push((
            "result",
            facts.examples.iter().find_map(|answer| answer.get("result")).map_or(Json::text("any"), result),
        ));
        let mut seen = BTreeSet::new();
        let errors = facts.errors.iter().filter(|code| seen.insert(code.as_str())).map(|code| {
            object(&[("code", Json::text(code.as_str())), ("kind", Json::text("other")), ("meaning", Json::text(""))])
        });
        members.push(("errors", Json::List(errors.collect())));
    }
    let page = facts.place.trim_end_matches(".md");
    members.push(("docs", Json::text(format!("https://apidocs.bitrix24.com/{page}.html"))));
    members.retain(|(_, value)| *value != Json::List(Vec::new()));
    object(&members)
}

fn field(fact: &Fact) -> Json {
    let ty = if fact.fields.is_empty() {
        fact.ty.as_deref().map_or("any".to_owned(), type_of)
    } else if fact.ty.as_deref().is_some_and(|word| word.ends_with("[]")) {
        "object[]".to_owned()
    } else {
        "object".to_owned()
    };
    let mut members = vec![("name", Json::text(fact.name.as_str())), ("type", Json::text(ty))];
    if fact.required {
        members.push(("required", plain("true")));
    }
    if let Some(default) = &fact.default {
        let is_plain = default.parse::<f64>().is_ok() || matches!(default.as_str(), "true" | "false");
        members.push(("default", if is_plain { plain(default) } else { Json::text(default.as_str()) }));
    }
    members.push(("doc", Json::text("")));
    if !fact.fields.is_empty() {
        members.push(("fields", Json::List(fact.fields.iter().map(field).collect())));
    }
    object(&members)
}

/// A member of an answer, told by an example.
fn member(name: &str, value: &Value) -> Json {
    let mut members =
        vec![("name", Json::text(name)), ("type", Json::text(type_of_value(value))), ("doc", Json::text(""))];
    if let Some(inner) = inner(value) {
        members.push(("fields", inner));
    }
    object(&members)
}

fn result(value: &Value) -> Json {
    match inner(value) {
        Some(fields) => object(&[("type", Json::text(type_of_value(value))), ("fields", fields)]),
        None => Json::text(type_of_value(value)),
    }
}

/// The members of an object, or of the objects in a list.
fn inner(value: &Value) -> Option<Json> {
    let map = match value {
        Value::Array(items) => items.first()?.as_object()?,
        value => value.as_object()?,
    };
    (!map.is_empty()).then(|| Json::List(map.iter().map(|(name, value)| member(name, value)).collect()))
}

fn type_of_value(value: &Value) -> String {
    match value {
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(text) if is_instant(text) => "DateTime",
        Value::String(_) => "string",
        Value::Array(items) => return items.first().map_or("any".to_owned(), type_of_value) + "[]",
        Value::Object(_) => "object",
        Value::Null => "any",
    }
    .to_owned()
}

/// The documentation's word for a type → ours.
fn type_of(word: &str) -> String {
    let word = word.to_lowercase();
    if let Some(item) = word.strip_suffix("[]") {
        return type_of(item) + "[]";
    }
    match word.as_str() {
        "integer" | "int" => "int",
        "string" | "char" | "text" => "string",
        "boolean" | "bool" => "bool",
        "double" | "float" | "number" => "float",
        "datetime" => "DateTime",
        "date" => "Date",
        "array" => "any[]",
        "object" => "object",
        _ => "any",
    }
    .to_owned()
}

fn push(root: &mut Json, key: &str, item: Json) -> bool {
    if root.get(key).is_none() {
        root.set(key, Json::List(Vec::new()), &["rules", "docs"]);
    }
    match root.get_mut(key) {
        Some(Json::List(items)) => {
            items.push(item);
            true
        }
        _ => false,
    }
}

fn plain(word: &str) -> Json {
    Json::Plain(word.to_owned())
}

fn object(members: &[(&str, Json)]) -> Json {
    Json::Object(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}
