//! What a source says about a method or an event, before anybody decides what to believe.

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

impl Facts {
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
