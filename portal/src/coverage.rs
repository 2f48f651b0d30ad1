use std::collections::BTreeMap;

use crate::{error::StartError, methods, portal::spec};

/// What the portal does with the methods of one scope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The name of the scope; empty for methods that need none.
    pub scope: String,
    /// The methods that it answers, by name.
    pub answered: Vec<String>,
    /// Those that the spec has and the portal refuses, because it has no behaviour for them.
    pub missing: Vec<String>,
}

impl Coverage {
    /// All methods of the spec, by their scopes.
    ///
    /// # Errors
    /// When the spec has mistakes.
    pub fn of_the_spec() -> Result<Vec<Self>, StartError> {
        let mut scopes: BTreeMap<&str, Self> = BTreeMap::new();
        let spec = spec()?;
        for method in spec.methods.values() {
            let scope = scopes.entry(&method.scope).or_default();
            method.scope.clone_into(&mut scope.scope);
            let is_answered = methods::is_answered(&method.name);
            let list = if is_answered { &mut scope.answered } else { &mut scope.missing };
            list.push(method.name.clone());
        }
        Ok(scopes.into_values().collect())
    }
}
