//! The sheet of a type.

use b24_spec::{EnumValue, Field, Tag, TypeDef, TypeExpr, TypeKind};

use super::{Kind, Part, Row, Sheets, rules};
use crate::wording;

pub(super) fn facts(def: &TypeDef) -> Vec<(&'static str, String)> {
    let mut facts = vec![("Kind", wording::kind(&def.kind))];
    facts.extend(def.limit.as_ref().map(|limit| ("Limit", wording::limit(limit))));
    facts.extend(def.met.as_ref().map(|met| ("Met", met.clone())));
    facts
}

impl<'a> Sheets<'a> {
    pub(super) fn type_def(&self, def: &'a TypeDef) -> Vec<Part<'a>> {
        let users = self.relations.users(&def.name).to_vec();
        vec![
            self.made_of(&def.kind),
            rules(&def.rules),
            Part { id: "users", title: "Used by", names: users, ..Part::default() },
        ]
    }

    fn made_of(&self, kind: &'a TypeKind) -> Part<'a> {
        let (id, title, rows) = match kind {
            TypeKind::Enum(values) => ("words", "Words", values.iter().map(word).collect()),
            TypeKind::Object { fields, .. } => ("members", "Members", self.rows(fields)),
            TypeKind::Union(forms) => ("forms", "Forms", forms.iter().flat_map(|form| self.form(form)).collect()),
            TypeKind::Tagged(tags) => ("keys", "Keys", tags.iter().map(tag).collect()),
            TypeKind::List(of) => ("items", "Items", self.members_of(of, 0, "")),
            TypeKind::Id(_) | TypeKind::Dialog => return Part::default(),
        };
        let notes = match kind {
            TypeKind::Object { groups, .. } => groups.iter().map(wording::group).collect(),
            _ => Vec::new(),
        };
        let ty = match kind {
            TypeKind::List(of) => Some(of),
            _ => None,
        };
        Part { id, title, ty, notes, rows, ..Part::default() }
    }

    /// A form of a union, and its members below it.
    fn form(&self, form: &'a TypeExpr) -> Vec<Row<'a>> {
        let doc = match form.innermost() {
            TypeExpr::Named(name) => self.spec.types.get(name).map(|def| def.doc.as_str()),
            _ => None,
        };
        let row = Row { doc: doc.unwrap_or_default(), ..row("", Kind::Type(form)) };
        std::iter::once(row).chain(self.members_of(form, 1, "")).collect()
    }
}

fn row<'a>(name: &'a str, kind: Kind<'a>) -> Row<'a> {
    Row { depth: 0, path: name.to_owned(), name, required: false, kind, doc: "", facts: Vec::new(), color: None }
}

fn word(value: &EnumValue) -> Row<'_> {
    let since = value.since.as_ref().map(|since| format!("since {}", wording::revision(since)));
    let color = value.color.as_deref();
    let facts = since.into_iter().chain(color.map(str::to_owned)).collect();
    Row { doc: &value.doc, facts, color, ..row(&value.value, Kind::Word(&value.name)) }
}

fn tag(tag: &Tag) -> Row<'_> {
    row(&tag.key, Kind::Type(&tag.ty))
}

/// The members of an object; none for any other kind.
pub(super) fn members(kind: &TypeKind) -> &[Field] {
    match kind {
        TypeKind::Object { fields, .. } => fields,
        _ => &[],
    }
}
