//! Objects that hold themselves other than in a list: bindings keep such a member in a box.

use std::collections::BTreeSet;

use crate::{Field, Spec, TypeDef, TypeExpr, TypeKind};

/// The names of the objects that hold themselves.
pub(super) fn recursive(spec: &Spec) -> BTreeSet<&str> {
    let holds_itself = |def: &&TypeDef| {
        let mut found = BTreeSet::new();
        visit(spec, &def.name, &mut found);
        found.contains(def.name.as_str())
    };
    spec.types.values().filter(holds_itself).map(|def| def.name.as_str()).collect()
}

/// Whether any member is a value of this type.
pub(super) fn is_held(spec: &Spec, name: &str) -> bool {
    let results = spec.methods.values().map(|method| std::slice::from_ref(&method.result));
    let data = spec.events.values().map(|event| event.data.as_slice());
    let objects = spec.types.values().map(|def| fields(&def.kind));
    results.chain(data).chain(objects).any(|fields| holds(fields, name))
}

fn holds(fields: &[Field], name: &str) -> bool {
    fields.iter().any(|field| held(&field.ty) == Some(name) || holds(&field.fields, name))
}

fn visit<'a>(spec: &'a Spec, name: &str, found: &mut BTreeSet<&'a str>) {
    if let Some(def) = spec.types.get(name) {
        visit_members(spec, fields(&def.kind), found);
    }
}

fn visit_members<'a>(spec: &'a Spec, fields: &'a [Field], found: &mut BTreeSet<&'a str>) {
    for field in fields {
        if field.ty == TypeExpr::Object {
            visit_members(spec, &field.fields, found);
        } else if let Some(name) = held(&field.ty)
            && found.insert(name)
        {
            visit(spec, name, found);
        }
    }
}

fn fields(kind: &TypeKind) -> &[Field] {
    match kind {
        TypeKind::Object { fields, .. } => fields,
        _ => &[],
    }
}

/// The type that a value of this expression holds in itself.
fn held(ty: &TypeExpr) -> Option<&str> {
    match ty {
        TypeExpr::Named(name) => Some(name),
        TypeExpr::Optional(inner) => match &**inner {
            TypeExpr::Named(name) => Some(name),
            _ => None,
        },
        _ => None,
    }
}
