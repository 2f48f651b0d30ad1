//! Fields, errors and changes as rows.

use std::collections::BTreeSet;

use b24_spec::{Change, Field, MethodError, TypeExpr, TypeKind};

use super::{Kind, Members, Row, Sheets, type_def::members};
use crate::wording;

impl<'a> Sheets<'a> {
    pub(super) fn rows(&self, fields: &'a [Field]) -> Vec<Row<'a>> {
        let mut walk = Walk { sheets: self, told: BTreeSet::new(), rows: Vec::new() };
        walk.fields(fields, 0, "", self.members);
        walk.rows
    }

    /// The members of what a method answers.
    pub(super) fn result_rows(&self, result: &'a Field) -> Vec<Row<'a>> {
        if result.fields.is_empty() { self.members_of(&result.ty, 0, "") } else { self.rows(&result.fields) }
    }

    /// The members of a shared type where one wants them.
    pub(super) fn members_of(&self, ty: &'a TypeExpr, depth: usize, path: &str) -> Vec<Row<'a>> {
        let mut walk = Walk { sheets: self, told: BTreeSet::new(), rows: Vec::new() };
        if self.members == Members::Told {
            walk.shared(ty, depth, path);
        }
        walk.rows
    }
}

struct Walk<'a, 's> {
    sheets: &'s Sheets<'a>,
    /// Shared types whose members stand here already.
    told: BTreeSet<&'a str>,
    rows: Vec<Row<'a>>,
}

impl<'a> Walk<'a, '_> {
    fn fields(&mut self, fields: &'a [Field], depth: usize, path: &str, members: Members) {
        for field in fields {
            let path = if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
            let index = self.rows.len();
            self.rows.push(Row {
                depth,
                path: path.clone(),
                name: &field.name,
                required: field.required,
                kind: Kind::Type(&field.ty),
                doc: &field.doc,
                facts: wording::field(field),
                color: None,
            });
            let mut facts = self.of_type(field, members);
            facts.extend(field.groups.iter().map(wording::group));
            self.fields(&field.fields, depth + 1, &path, members);
            if members == Members::Told && self.shared(&field.ty, depth + 1, &path) {
                facts.push("members as above".to_owned());
            }
            let row = &mut self.rows[index];
            row.facts.extend(facts);
            let told = row.doc.to_lowercase();
            row.facts.retain(|fact| !told.contains(&fact.to_lowercase()));
        }
    }

    /// Tells the members of a shared type, and whether they had been told before.
    fn shared(&mut self, ty: &'a TypeExpr, depth: usize, path: &str) -> bool {
        let TypeExpr::Named(name) = ty.innermost() else { return false };
        let Some(def) = self.sheets.spec.types.get(name) else { return false };
        if let TypeKind::List(of) = &def.kind {
            return self.shared(of, depth, path);
        }
        let fields = members(&def.kind);
        if fields.is_empty() {
            return false;
        }
        if !self.told.insert(name) {
            return true;
        }
        self.fields(fields, depth, path, Members::Linked);
        false
    }

    /// What the type adds to what is known of a field.
    fn of_type(&self, field: &Field, members: Members) -> Vec<String> {
        let TypeExpr::Named(name) = field.ty.innermost() else { return Vec::new() };
        let Some(def) = self.sheets.spec.types.get(name) else { return Vec::new() };
        let limit = def.limit.as_ref().filter(|_| field.limit.is_none() && field.ty == *field.ty.innermost());
        // Where the members are told, so is what must be chosen among them.
        let groups = match &def.kind {
            TypeKind::Object { groups, .. } if members == Members::Told => groups.as_slice(),
            _ => &[],
        };
        let groups = groups.iter().map(wording::group);
        limit.map(wording::limit).into_iter().chain(wording::mention(&def.kind)).chain(groups).collect()
    }
}

/// What is told of a field beside its type, in a sentence or two.
pub(super) fn doc(field: &Field) -> Option<String> {
    let facts = wording::field(field);
    let mut text = field.doc.clone();
    if !facts.is_empty() {
        text += &format!(" ({})", facts.join(", "));
    }
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

pub(super) fn error(error: &MethodError) -> Row<'_> {
    let mut facts = Vec::new();
    if !error.params.is_empty() {
        facts.push(format!("about {}", wording::codes(&error.params).join(", ")));
    }
    if !error.aliases.is_empty() {
        facts.push(format!("also {}", wording::codes(&error.aliases).join(", ")));
    }
    Row {
        depth: 0,
        path: error.code.clone(),
        name: &error.code,
        required: false,
        kind: Kind::Word(wording::error_kind(error.kind)),
        doc: &error.meaning,
        facts,
        color: None,
    }
}

pub(super) fn change(change: &Change) -> Row<'_> {
    Row {
        depth: 0,
        path: change.id.clone(),
        name: &change.id,
        required: false,
        kind: Kind::Word(wording::change_kind(change.kind)),
        doc: &change.summary,
        facts: wording::change(change),
        color: None,
    }
}
