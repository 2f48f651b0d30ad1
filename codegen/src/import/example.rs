//! Examples of the documentation: parsing them, and checking them against the spec.

use b24_spec::{Field, Spec, TypeExpr, TypeKind};
use serde_json::Value;

use super::home::Home;
use crate::document::Json;

/// Reads JSON the way people write it: with comments, with commas too many, with dots for what they left out.
pub fn parse(text: &str) -> Result<Value, String> {
    let kept = text.lines().filter(|line| !matches!(line.trim().trim_end_matches(','), "..." | "…"));
    let text: String = kept.flat_map(|line| [line, "\n"]).collect();
    let first_line = |message: String| message.lines().next().unwrap_or_default().to_owned();
    Json::parse(&text).and_then(|json| json.to_value()).map_err(first_line)
}

/// Something in an example that the spec does not know, or takes for something else.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// Where and what: `result.items[].size: unknown`.
    pub finding: String,
    /// For what is unknown: the list that lacks it, its name and its value.
    pub unknown: Option<(Home, String, Value)>,
}

/// Holds an example against a field of the spec. `path` names the field in what is found, `home` is where its members
/// stand.
pub fn mismatches(spec: &Spec, field: &Field, value: &Value, path: &str, home: &Home) -> Vec<Mismatch> {
    let mut found = Vec::new();
    Check { spec, found: &mut found, home: home.clone() }.field(field, value, path);
    found
}

struct Check<'a> {
    spec: &'a Spec,
    found: &'a mut Vec<Mismatch>,
    /// Where the members of inline objects stand.
    home: Home,
}

impl Check<'_> {
    fn field(&mut self, field: &Field, value: &Value, path: &str) {
        self.value(&field.ty, &field.fields, value, path);
    }

    fn value(&mut self, ty: &TypeExpr, inline: &[Field], value: &Value, path: &str) {
        if is_nothing(value) {
            return;
        }
        let fits = match ty {
            TypeExpr::Any => true,
            TypeExpr::Optional(inner) => return self.value(inner, inline, value, path),
            TypeExpr::List(inner) => return self.list(inner, inline, value, path),
            TypeExpr::Map(_, inner) => {
                let Some(map) = value.as_object() else { return self.wrong(ty, path) };
                return map.iter().for_each(|(_, value)| self.value(inner, inline, value, &format!("{path}.*")));
            }
            TypeExpr::Object => return self.object(inline, value, path),
            TypeExpr::Named(name) => return self.named(name, value, path),
            TypeExpr::Int => scalar(value).is_some_and(|text| text.parse::<i64>().is_ok()),
            TypeExpr::Float => scalar(value).is_some_and(|text| text.parse::<f64>().is_ok()),
            TypeExpr::Bool | TypeExpr::YesNo => scalar(value)
                .is_some_and(|text| ["Y", "N", "y", "n", "1", "0", "true", "false"].contains(&text.as_str())),
            TypeExpr::DateTime => scalar(value).is_some_and(|text| is_instant(&text)),
            TypeExpr::Date => scalar(value).is_some_and(|text| text.len() == 10 && text.matches('-').count() == 2),
            TypeExpr::String | TypeExpr::Url | TypeExpr::Base64 | TypeExpr::Secret => scalar(value).is_some(),
        };
        if !fits {
            self.wrong(ty, path);
        }
    }

    fn tell(&mut self, finding: String) {
        self.found.push(Mismatch { finding, unknown: None });
    }

    fn wrong(&mut self, ty: &TypeExpr, path: &str) {
        self.tell(format!("{path}: not {ty}"));
    }

    fn list(&mut self, inner: &TypeExpr, inline: &[Field], value: &Value, path: &str) {
        match value {
            Value::Array(items) => {
                for item in items {
                    self.value(inner, inline, item, &format!("{path}[]"));
                }
            }
            Value::Object(items) => {
                for item in items.values() {
                    self.value(inner, inline, item, &format!("{path}[]"));
                }
            }
            _ => self.tell(format!("{path}: not a list")),
        }
    }

    fn object(&mut self, fields: &[Field], value: &Value, path: &str) {
        let Some(map) = value.as_object() else {
            if !is_nothing(value) {
                self.tell(format!("{path}: not an object"));
            }
            return;
        };
        for (key, value) in map {
            let named = |field: &&Field| field.name == *key || field.aliases.iter().any(|alias| alias == key);
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            match fields.iter().find(named) {
                Some(field) => {
                    let within = self.home.within(&field.name);
                    let home = std::mem::replace(&mut self.home, within);
                    self.field(field, value, &path);
                    self.home = home;
                }
                None => self.found.push(Mismatch {
                    finding: format!("{path}: unknown"),
                    unknown: Some((self.home.clone(), key.clone(), value.clone())),
                }),
            }
        }
    }

    fn named(&mut self, name: &str, value: &Value, path: &str) {
        match &self.spec.types[name].kind {
            TypeKind::Object { fields, .. } => {
                let home = std::mem::replace(&mut self.home, Home::of_type(name));
                self.object(fields, value, path);
                self.home = home;
            }
            TypeKind::List(of) => self.list(of, &[], value, path),
            TypeKind::Id(of) => self.value(of, &[], value, path),
            TypeKind::Enum(_) | TypeKind::Dialog => {
                if scalar(value).is_none() {
                    self.wrong(&TypeExpr::Named(name.to_owned()), path);
                }
            }
            TypeKind::Union(forms) => {
                let fits = forms.iter().any(|form| {
                    let mut found = Vec::new();
                    Check { spec: self.spec, found: &mut found, home: self.home.clone() }.value(form, &[], value, path);
                    found.is_empty()
                });
                if !fits {
                    self.wrong(&TypeExpr::Named(name.to_owned()), path);
                }
            }
            TypeKind::Tagged(tags) => {
                let fits =
                    value.as_object().is_some_and(|map| map.keys().any(|key| tags.iter().any(|tag| tag.key == *key)));
                if !fits {
                    self.wrong(&TypeExpr::Named(name.to_owned()), path);
                }
            }
        }
    }
}

/// null, `false`, empty text, an empty list: PHP's ways to say nothing.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// `2026-03-11T10:00:00+00:00`
pub(super) fn is_instant(text: &str) -> bool {
    let Some((day, time)) = text.split_once('T') else { return false };
    day.len() == 10 && (time.ends_with('Z') || time.rfind(['+', '-']).is_some_and(|at| at >= 5))
}
