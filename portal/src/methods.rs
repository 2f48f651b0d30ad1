//! What the methods do. Their arguments have been checked against the spec; what remains are the rules of the house.
//!
//! A module for each part of the API, each with its table of methods.

mod content;
mod department;
pub(crate) mod disk;
mod im;
mod imbot;
mod imbot_v2;
mod lines;
mod new_chat;
mod notify;
mod placement;
mod system;
mod user;

use std::{collections::HashMap, sync::LazyLock};

use serde_json::Value;

use crate::{
    rest::{Call, Refusal},
    state::State,
};

/// Acts on the state and tells what to answer. Nothing may have changed when it refuses.
pub(crate) type Behaviour = fn(&mut State, &Call<'_>) -> Result<Value, Refusal>;

/// Methods by their names as the spec writes them.
type Table = &'static [(&'static str, Behaviour)];

const TABLES: [Table; 10] = [
    department::METHODS,
    disk::METHODS,
    im::METHODS,
    imbot::METHODS,
    imbot_v2::METHODS,
    lines::METHODS,
    notify::METHODS,
    placement::METHODS,
    system::METHODS,
    user::METHODS,
];

/// The behaviour of a method, by its name as the spec writes it.
pub(crate) fn find(name: &str) -> Option<Behaviour> {
    static METHODS: LazyLock<HashMap<&str, Behaviour>> =
        LazyLock::new(|| TABLES.iter().flat_map(|table| table.iter().copied()).collect());
    METHODS.get(name).copied()
}

/// Whether the portal answers a method. A batch is none of the methods that it runs.
pub(crate) fn is_answered(name: &str) -> bool {
    name == "batch" || find(name).is_some()
}

#[cfg(test)]
mod tests {
    use b24_spec::Spec;

    use super::TABLES;

    #[test]
    fn every_behaviour_belongs_to_a_method_of_the_spec() {
        let spec = Spec::embedded().expect("a spec without mistakes");
        for (name, _) in TABLES.iter().copied().flatten() {
            assert!(spec.methods.contains_key(*name), "the spec has no {name}");
        }
    }
}
