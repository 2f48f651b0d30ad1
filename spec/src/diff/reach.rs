//! How shared types are reached: what stands in parameters is sent, what stands in results and events is read.

use std::collections::{BTreeMap, BTreeSet};

use super::place::Ways;
use crate::{Field, Spec, TypeDef, TypeExpr, TypeKind};

/// How a shared type is reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Reach {
    pub(super) ways: Ways,
    /// The methods and events that it is part of.
    pub(super) users: BTreeSet<String>,
    pub(super) is_by_hand: bool,
}

/// The types that anything reaches. Bindings have no others.
pub(super) fn of(spec: &Spec) -> BTreeMap<String, Reach> {
    let mut all = BTreeMap::new();
    for method in spec.methods.values() {
        note(&mut all, reached(spec, &method.params), Ways::INPUT, Some(&method.name));
        note(&mut all, reached(spec, std::slice::from_ref(&method.result)), Ways::OUTPUT, Some(&method.name));
    }
    for event in spec.events.values() {
        note(&mut all, reached(spec, &event.data), Ways::OUTPUT, Some(&event.name));
    }
    let from = |name: &str| {
        let mut found = BTreeSet::new();
        visit(spec, name, &mut found);
        found
    };
    // What is written by hand is there in any case, and what it refers to with it.
    for def in spec.types.values().filter(|def| def.by_hand) {
        note(&mut all, from(&def.name), Ways::INPUT, None);
        all.entry(def.name.clone()).or_default().is_by_hand = true;
    }
    // What a bot meets outside of calls and events is read.
    for def in spec.types.values().filter(|def| def.met.is_some()) {
        note(&mut all, from(&def.name), Ways::OUTPUT, None);
    }
    // The envelope of events stands in no list of fields.
    note(&mut all, from("EventAuth"), Ways::OUTPUT, None);
    all
}

/// How types are reached in one spec or the other.
pub(super) fn union(mut one: BTreeMap<String, Reach>, other: BTreeMap<String, Reach>) -> BTreeMap<String, Reach> {
    for (name, reach) in other {
        let both = one.entry(name).or_default();
        both.ways = both.ways.or(reach.ways);
        both.users.extend(reach.users);
        both.is_by_hand |= reach.is_by_hand;
    }
    one
}

fn note(all: &mut BTreeMap<String, Reach>, found: BTreeSet<&str>, ways: Ways, user: Option<&String>) {
    for name in found {
        let reach = all.entry(name.to_owned()).or_default();
        reach.ways = reach.ways.or(ways);
        reach.users.extend(user.cloned());
    }
}

fn reached<'a>(spec: &'a Spec, fields: &'a [Field]) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    for field in fields {
        visit_field(spec, field, &mut found);
    }
    found
}

fn visit_field<'a>(spec: &'a Spec, field: &'a Field, found: &mut BTreeSet<&'a str>) {
    field.ty.for_each_name(&mut |name| visit(spec, name, found));
    for inner in &field.fields {
        visit_field(spec, inner, found);
    }
}

fn visit<'a>(spec: &'a Spec, name: &str, found: &mut BTreeSet<&'a str>) {
    if let Some((name, def)) = spec.types.get_key_value(name)
        && found.insert(name)
    {
        visit_type(spec, def, found);
    }
}

fn visit_type<'a>(spec: &'a Spec, def: &'a TypeDef, found: &mut BTreeSet<&'a str>) {
    let mut visit_expr = |ty: &'a TypeExpr| ty.for_each_name(&mut |name| visit(spec, name, found));
    match &def.kind {
        TypeKind::List(of) | TypeKind::Id(of) => visit_expr(of),
        TypeKind::Union(forms) => forms.iter().for_each(visit_expr),
        TypeKind::Tagged(tags) => tags.iter().map(|tag| &tag.ty).for_each(visit_expr),
        TypeKind::Object { fields, .. } => {
            for field in fields {
                visit_field(spec, field, found);
            }
        }
        TypeKind::Enum(_) => {}
        // What a dialog is made of.
        TypeKind::Dialog => {
            for part in ["UserId", "ChatId", "BotId"] {
                visit(spec, part, found);
            }
        }
    }
}
