//! Whether the ways that a paging names lead somewhere. They may cross several files, so this comes last.

use crate::{Advance, Diagnostic, Field, Method, Paging, Source, Sources, Spec, TypeExpr, TypeKind};

pub(super) fn check(spec: &Spec, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for method in spec.methods.values() {
        let folder = if method.scope.is_empty() { "_" } else { &method.scope };
        let path = format!("methods/{folder}/{}.json", method.name);
        let Some((paging, source)) = method.paging.as_ref().zip(sources.0.iter().find(|source| source.path == path))
        else {
            continue;
        };
        for (key, message) in mistakes(spec, method, paging) {
            found.push(Diagnostic {
                path: path.clone(),
                line: line(source),
                pointer: format!("/paging/{key}"),
                message,
            });
        }
    }
    found
}

/// The line in which the paging begins.
fn line(source: &Source) -> usize {
    let at = source.text.find("\"paging\"").unwrap_or_default();
    source.text[..at].matches('\n').count() + 1
}

fn mistakes(spec: &Spec, method: &Method, paging: &Paging) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let result = Place { spec, ty: &method.result.ty, fields: &method.result.fields };
    match result.at(&paging.items).and_then(Place::item) {
        None => found.push(("items", format!("the result has no list at \"{}\"", paging.items))),
        Some(item) => {
            let cursor = match &paging.by {
                Advance::LastId(way) | Advance::LastDate(way) => Some(way),
                _ => None,
            };
            let ways = cursor.map(|way| ("cursor", way)).into_iter();
            for (key, way) in ways.chain(paging.with.iter().map(|(_, way)| ("with", way))) {
                if item.at(way).is_none() {
                    found.push((key, format!("an item has no \"{way}\"")));
                }
            }
        }
    }
    let next = match &paging.by {
        Advance::Next(way) => Some(("cursor", way)),
        _ => None,
    };
    for (key, way) in next.into_iter().chain(paging.more.iter().map(|way| ("more", way))) {
        if result.at(way).is_none() {
            found.push((key, format!("the result has no \"{way}\"")));
        }
    }
    found
}

/// A value somewhere in an answer.
#[derive(Clone, Copy)]
struct Place<'a> {
    spec: &'a Spec,
    ty: &'a TypeExpr,
    fields: &'a [Field],
}

impl Place<'_> {
    /// The value at the end of a way; what is untyped leads anywhere.
    fn at(self, way: &str) -> Option<Self> {
        way.split('.').filter(|part| !part.is_empty()).try_fold(self, |place, part| {
            let place = place.resolved();
            if *place.ty == TypeExpr::Any {
                return Some(place);
            }
            let field = place.fields.iter().find(|field| field.name == part)?;
            Some(Self { ty: &field.ty, fields: &field.fields, ..place })
        })
    }

    /// The items of a list or map.
    fn item(self) -> Option<Self> {
        let item = match self.ty {
            TypeExpr::Optional(inner) => return Self { ty: inner, ..self }.item(),
            TypeExpr::List(item) | TypeExpr::Map(_, item) => item,
            TypeExpr::Any => self.ty,
            TypeExpr::Named(name) => match &self.spec.types[name].kind {
                TypeKind::List(item) => item,
                _ => return None,
            },
            _ => return None,
        };
        Some(Self { ty: item, ..self })
    }

    /// What stands behind names and behind "may be nothing".
    fn resolved(self) -> Self {
        match self.ty {
            TypeExpr::Optional(inner) => Self { ty: inner, ..self }.resolved(),
            TypeExpr::Named(name) => match &self.spec.types[name].kind {
                TypeKind::Object { fields, .. } => Self { ty: &TypeExpr::Object, fields, ..self },
                _ => self,
            },
            _ => self,
        }
    }
}
