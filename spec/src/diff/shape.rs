//! Types as typed bindings have them: two expressions of one shape are the same to a program.
//!
//! `Url` is text like any other, `YesNo` a bool. A shared list is a list. An object of which nothing is told, and a
//! tagged one that nobody wrote a builder for, is any value.

use super::position::Position;
use crate::{Field, Spec, TypeExpr, TypeKind};

/// How deep shared lists may hold one another before they are taken for what they are called.
const DEPTH: usize = 16;

/// What is read of a value.
pub(super) fn read(spec: &Spec, field: &Field) -> TypeExpr {
    plain(spec, &field.ty, !field.fields.is_empty(), DEPTH)
}

/// What a member of an object is read as: a list that is missing is empty, anything else is nothing.
pub(super) fn member(spec: &Spec, field: &Field) -> TypeExpr {
    let value = read(spec, field);
    match field.ty {
        TypeExpr::List(_) | TypeExpr::Map(..) | TypeExpr::Optional(_) => value,
        _ if field.required => value,
        _ => TypeExpr::Optional(Box::new(value)),
    }
}

/// What is taken for a value that is sent.
pub(super) fn taken(spec: &Spec, field: &Field, position: Position) -> TypeExpr {
    match position {
        // The alternatives of a choice hold the value as it is.
        Position::Choice => read(spec, field),
        _ => generous(spec, &field.ty, !field.fields.is_empty()),
    }
}

fn plain(spec: &Spec, ty: &TypeExpr, described: bool, depth: usize) -> TypeExpr {
    let inner = |ty: &TypeExpr| Box::new(plain(spec, ty, described, depth));
    match ty {
        TypeExpr::Url => TypeExpr::String,
        TypeExpr::YesNo => TypeExpr::Bool,
        TypeExpr::Object if !described => TypeExpr::Any,
        TypeExpr::List(of) => TypeExpr::List(inner(of)),
        TypeExpr::Optional(of) => TypeExpr::Optional(inner(of)),
        TypeExpr::Map(key, value) => TypeExpr::Map(inner(key), inner(value)),
        TypeExpr::Named(name) if depth > 0 => match spec.types.get(name).filter(|def| !def.by_hand) {
            Some(def) => match &def.kind {
                TypeKind::List(of) => TypeExpr::List(Box::new(plain(spec, of, false, depth - 1))),
                TypeKind::Tagged(_) => TypeExpr::Any,
                _ => ty.clone(),
            },
            None => ty.clone(),
        },
        _ => ty.clone(),
    }
}

/// An argument or a setter takes a value, never its absence, and anything that can be looped over for a list.
fn generous(spec: &Spec, ty: &TypeExpr, described: bool) -> TypeExpr {
    match ty {
        TypeExpr::Optional(inner) => generous(spec, inner, described),
        TypeExpr::List(inner) => TypeExpr::List(Box::new(generous(spec, inner, described))),
        TypeExpr::Map(..) => TypeExpr::Any,
        // A shared list is taken as a list, not as anything that can be looped over.
        TypeExpr::Named(_) => match plain(spec, ty, described, DEPTH) {
            TypeExpr::List(_) => ty.clone(),
            other => other,
        },
        other => plain(spec, other, described, DEPTH),
    }
}
