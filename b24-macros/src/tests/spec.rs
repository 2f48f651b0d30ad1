//! The names that an attribute offers are those of the spec.

use super::read_file;
use crate::keys::Choice;
use crate::table::{BACKGROUNDS, COLORS, GENDERS, KINDS};

#[test]
fn choices_are_those_of_the_spec() {
    let known = [("Color", COLORS), ("BotType", KINDS), ("Gender", GENDERS), ("V2Background", BACKGROUNDS)];
    for (ty, choices) in known {
        let spec = read_file(&format!("../spec/types/{ty}.json"));
        let variants: Vec<_> = choices.iter().map(|Choice { variant, .. }| *variant).collect();
        assert_eq!(variants, names(&spec), "of {ty}");
    }
}

/// The names of an enum's values: all names in the file but the first, which is the enum's own.
fn names(spec: &str) -> Vec<&str> {
    spec.split("\"name\": \"").skip(2).filter_map(|rest| rest.split('"').next()).collect()
}
