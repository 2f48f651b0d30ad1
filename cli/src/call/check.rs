//! What the spec says against a call, before anything is sent.

mod age;
mod limit;
mod value;

use b24_spec::{Field, Group, Method, Need, Spec, Status, Through, closest};
use serde_json::{Map, Value};

pub(super) use self::age::bounds;
use super::shape::{Shape, find};
use crate::style::{ERROR, WARNING, styled};

/// Something that is wrong with a call, or will be one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) is_mistake: bool,
    text: String,
}

impl Finding {
    pub(super) fn mistake(text: impl Into<String>) -> Self {
        Self { is_mistake: true, text: text.into() }
    }

    pub(super) fn warning(text: impl Into<String>) -> Self {
        Self { is_mistake: false, text: text.into() }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let label = if self.is_mistake { styled(ERROR, "error:") } else { styled(WARNING, "warning:") };
        write!(f, "{label} {}", self.text)
    }
}

/// What the spec has against these parameters, whatever the portal.
pub(super) fn params(spec: &Spec, method: &Method, params: &Map<String, Value>) -> Vec<Finding> {
    let mut check = Check { spec, method, findings: Vec::new(), today: today() };
    check.status();
    check.members(&method.params, &method.groups, params, "");
    check.findings
}

/// What the spec has against calling the method in this way.
pub(super) fn caller(method: &Method, params: &Map<String, Value>, is_webhook: bool) -> Vec<Finding> {
    let name = &method.name;
    let mut findings = Vec::new();
    match method.only {
        Some(Through::Application) if is_webhook => {
            findings.push(Finding::mistake(format!(
                "{name} works with the token of an application only, not through a webhook: give it with --token"
            )));
        }
        Some(Through::Webhook) if !is_webhook => {
            findings.push(Finding::mistake(format!("{name} works through a webhook only")));
        }
        _ => {}
    }
    let lacking = method.params.iter().filter(|field| field.webhook_only && field.inject.is_some());
    for field in lacking.filter(|field| is_webhook && !params.contains_key(&field.name)) {
        findings.push(Finding::warning(format!("through a webhook, {} says which bot it is", field.name)));
    }
    findings
}

/// What the values are held against, and what was found so far.
struct Check<'a> {
    spec: &'a Spec,
    method: &'a Method,
    findings: Vec<Finding>,
    today: String,
}

impl<'a> Check<'a> {
    fn mistake(&mut self, text: impl Into<String>) {
        self.findings.push(Finding::mistake(text));
    }

    fn warning(&mut self, text: impl Into<String>) {
        self.findings.push(Finding::warning(text));
    }

    fn status(&mut self) {
        let name = &self.method.name;
        match &self.method.status {
            Status::Deprecated(Some(instead)) => self.warning(format!("{name} is deprecated: use {instead}")),
            Status::Deprecated(None) => self.warning(format!("{name} is deprecated, and nothing replaces it")),
            Status::Current | Status::Undocumented => {}
        }
    }

    /// The members of an object, or the parameters themselves.
    fn members(&mut self, fields: &'a [Field], groups: &'a [Group], object: &Map<String, Value>, path: &str) {
        for (name, value) in object {
            match find(fields, name) {
                Some(field) => self.member(field, value, &join(path, &field.name)),
                None => self.unknown(fields, name, path),
            }
        }
        let has = |name: &str| object.iter().any(|(given, value)| given.eq_ignore_ascii_case(name) && !is_blank(value));
        for field in fields.iter().filter(|field| field.required && !field.read_only && !field.webhook_only) {
            let is_given = std::iter::once(&field.name).chain(&field.aliases).any(|name| has(name));
            if !is_given {
                self.mistake(format!("{} is missing: {}", join(path, &field.name), sentence(&field.doc)));
            }
        }
        for group in groups {
            self.group(group, has, path);
        }
    }

    fn member(&mut self, field: &'a Field, value: &Value, path: &str) {
        if field.read_only {
            return self.mistake(format!("{path} is answered by the portal and cannot be sent"));
        }
        if let Some(day) = &field.ends {
            let verb = if *day < self.today { "was only promised to be taken" } else { "is taken" };
            self.warning(format!("{path} {verb} until {day}"));
        }
        if is_blank(value) {
            return;
        }
        if let Some(limit) = &field.limit {
            self.limit(limit, value, path);
        }
        self.value(Shape::of_field(field), &field.groups, value, path);
    }

    fn unknown(&mut self, fields: &[Field], name: &str, path: &str) {
        let owner = if path.is_empty() { &self.method.name } else { path };
        let known = fields.iter().filter(|field| !field.read_only).map(|field| field.name.as_str());
        let hint = match closest(name, known.clone()) {
            Some(near) => format!(", did you mean {near}?"),
            None if fields.is_empty() => String::new(),
            None => format!("; it has {}", known.collect::<Vec<_>>().join(", ")),
        };
        let what = if path.is_empty() { "parameter" } else { "member" };
        let none = if fields.is_empty() { ": it takes none" } else { "" };
        self.mistake(format!("{owner} has no {what} {name}{hint}{none}"));
    }

    fn group(&mut self, group: &Group, has: impl Fn(&str) -> bool, path: &str) {
        let complete = group.of.iter().filter(|together| together.iter().all(|name| has(name))).count();
        let place = if path.is_empty() { String::new() } else { format!(" in {path}") };
        let choices: Vec<String> = group.of.iter().map(|together| together.join(" with ")).collect();
        let choices = choices.join(", or ");
        match (group.need, complete) {
            (_, 0) => self.mistake(format!("one of these is needed{place}: {choices}")),
            (Need::One, 2..) => self.warning(format!("only one of these counts{place}: {choices}")),
            _ => {}
        }
    }
}

/// The way to a member.
fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// A sentence of the spec as the end of one of ours.
fn sentence(doc: &str) -> String {
    let doc = doc.trim_end_matches('.');
    let mut letters = doc.chars();
    match (letters.next(), doc.chars().nth(1)) {
        // An abbreviation keeps its capitals.
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => doc.to_owned(),
    }
}

/// Nothing, or what clears a value.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

fn today() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%d").to_string()
}
