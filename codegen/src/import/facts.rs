//! What a source says about a method or an event, before anybody decides what to believe.

use std::fmt;

use serde_json::Value;

/// A method or an event as one source describes it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// The name as on the wire.
    pub name: String,
    /// Whether it is an event.
    pub event: bool,
    /// Whether it belongs to REST 3.0, which has methods of the same names.
    pub v3: bool,
    /// Where it is described.
    pub place: String,
    /// The permissions that the source names; empty for none.
    pub scopes: Vec<String>,
    /// Parameters, or the members of event data.
    pub params: Vec<Fact>,
    /// Error codes.
    pub errors: Vec<String>,
    /// Whether the source deprecates it, and the method that it names instead.
    pub deprecated: Option<Option<String>>,
    /// Whole answers and event bodies that the source shows.
    pub examples: Vec<Value>,
    /// What could not be read, and why.
    pub troubles: Vec<String>,
}

/// A parameter or member.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fact {
    /// The name as on the wire.
    pub name: String,
    /// The word that the source uses for its type.
    pub ty: Option<String>,
    /// Whether it must be sent.
    pub required: bool,
    /// What is assumed when it is left out.
    pub default: Option<String>,
    /// The words that are allowed.
    pub values: Vec<String>,
    /// Members of an object.
    pub fields: Vec<Fact>,
}

/// What stands around the data of an event.
const ENVELOPE: [&str; 8] = ["event", "event_id", "eventid", "event_handler_id", "data", "ts", "auth", "event_name"];

impl Facts {
    /// The members of an event's data, whether the source shows the envelope around them or not.
    pub fn event_data(&self) -> Vec<Fact> {
        let is_envelope = |fact: &&Fact| ENVELOPE.contains(&fact.name.to_lowercase().as_str());
        let (envelope, data): (Vec<&Fact>, Vec<&Fact>) = self.params.iter().partition(is_envelope);
        match envelope.iter().find(|fact| fact.name.eq_ignore_ascii_case("data")) {
            Some(owner) if !owner.fields.is_empty() => owner.fields.clone(),
            _ => data.into_iter().cloned().collect(),
        }
    }

    /// Looks for a parameter by its path.
    pub fn param(&self, path: &str) -> Option<&Fact> {
        let mut level = &self.params;
        let mut found = None;
        for part in path.split('.') {
            let fact = level.iter().find(|fact| fact.name == part)?;
            level = &fact.fields;
            found = Some(fact);
        }
        found
    }
}

/// What was read, for a person who doubts it.
impl fmt::Display for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match (self.event, self.v3) {
            (true, _) => "event",
            (false, true) => "REST 3.0 method",
            (false, false) => "method",
        };
        writeln!(f, "{kind} {} ({})", self.name, self.place)?;
        if !self.scopes.is_empty() {
            writeln!(f, "  scope {}", self.scopes.join(" or "))?;
        }
        match &self.deprecated {
            Some(Some(replacement)) => writeln!(f, "  deprecated, use {replacement}")?,
            Some(None) => writeln!(f, "  deprecated")?,
            None => {}
        }
        for fact in &self.params {
            fact.write(f, 1)?;
        }
        for code in &self.errors {
            writeln!(f, "  error {code}")?;
        }
        for example in &self.examples {
            writeln!(f, "  example {example}")?;
        }
        for trouble in &self.troubles {
            writeln!(f, "  trouble: {trouble}")?;
        }
        Ok(())
    }
}

impl Fact {
    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        let star = if self.required { "*" } else { "" };
        write!(f, "{:indent$}{}{star}", "", self.name, indent = depth * 2)?;
        if let Some(ty) = &self.ty {
            write!(f, ": {ty}")?;
        }
        if let Some(default) = &self.default {
            write!(f, " = {default}")?;
        }
        if !self.values.is_empty() {
            write!(f, " of {}", self.values.join(", "))?;
        }
        writeln!(f)?;
        self.fields.iter().try_for_each(|field| field.write(f, depth + 1))
    }
}
