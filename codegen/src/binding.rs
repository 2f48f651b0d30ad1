//! Where the bindings have what the spec describes.

use std::collections::BTreeSet;

use b24_spec::{Spec, TypeDef, TypeKind};

use crate::{Options, entry::Entry, names, plan::Plan, relations::Relations};

/// The Rust paths of methods, events and types, below `b24_runtime`.
pub(crate) struct Bindings<'a> {
    spec: &'a Spec,
    /// Types that the generated code names.
    generated: BTreeSet<&'a str>,
    /// Of those, the ones whose sent form has a type of its own.
    two_way: BTreeSet<&'a str>,
}

impl<'a> Bindings<'a> {
    pub(crate) fn new(spec: &'a Spec) -> Self {
        let plan = Plan::new(spec, &Options::all_scopes());
        Self { spec, generated: plan.types(spec).map(|def| def.name.as_str()).collect(), two_way: plan.two_way(spec) }
    }

    /// Where it is; nothing for a type that stands for itself, such as a list.
    pub(crate) fn of(&self, entry: Entry<'_>, relations: &Relations<'_>) -> Vec<String> {
        match entry {
            Entry::Method(method) => vec![names::path(&method.name)],
            Entry::Event(event) => vec![format!("events::{}", names::event(&event.name))],
            Entry::Type(def) => self.of_type(def, relations),
        }
    }

    fn of_type(&self, def: &TypeDef, relations: &Relations<'_>) -> Vec<String> {
        let path = format!("types::{}", def.name);
        if def.by_hand {
            // What is written by hand is public where generated code names it; the rest is inside a builder.
            let by_hand = |user: &&str| self.spec.types.get(*user).is_some_and(|def| def.by_hand);
            return if relations.users(&def.name).iter().all(by_hand) { Vec::new() } else { vec![path] };
        }
        match def.kind {
            TypeKind::List(_) | TypeKind::Tagged(_) | TypeKind::Dialog => Vec::new(),
            _ if !self.generated.contains(def.name.as_str()) => Vec::new(),
            _ if self.two_way.contains(def.name.as_str()) => vec![format!("{path}Input"), path],
            _ => vec![path],
        }
    }
}
