//! Shared types and type expressions.

use super::{
    Reader, expect_path,
    field::{groups, limit},
    name, since,
};
use crate::{
    EnumValue, Tag, TypeDef, TypeExpr, TypeKind,
    json::{Cursor, Members},
    suggest::did_you_mean,
};

impl Reader<'_> {
    pub(super) fn type_def(&self, members: &Members<'_>) -> TypeDef {
        let name = name(members);
        expect_path(members, &format!("types/{name}.json"));
        let by_hand = members.get("binding").is_some_and(|binding| {
            if binding.string() != Some("hand") {
                binding.error("expected \"hand\"");
            }
            true
        });
        TypeDef {
            doc: members.need_prose("doc"),
            since: since(members, true),
            limit: members.get("limit").and_then(|cursor| limit(&cursor)),
            met: members.get("met").map(|_| members.get_prose("met")),
            rules: members.get_strings("rules"),
            kind: self.type_kind(members),
            by_hand,
            name,
        }
    }

    fn type_kind(&self, members: &Members<'_>) -> TypeKind {
        let Some(kind) = members.need("kind") else { return of_unknown_kind(members) };
        match kind.string().unwrap_or_default() {
            "id" => TypeKind::Id(self.need_type(members, "of")),
            "enum" => TypeKind::Enum(members.get_list("values").iter().filter_map(enum_value).collect()),
            "object" => {
                let fields = self.fields(members.get_list("fields"));
                let groups = groups(&members.get_list("groups"), &fields);
                TypeKind::Object { fields, groups }
            }
            "list" => TypeKind::List(self.need_type(members, "of")),
            "union" => TypeKind::Union(members.get_list("forms").iter().map(|form| self.type_expr(form)).collect()),
            "tagged" => {
                let tags = members.need("tags").map(|tags| tags.entries()).unwrap_or_default();
                let tag = |(key, ty): &(&str, Cursor<'_>)| Tag { key: (*key).to_owned(), ty: self.type_expr(ty) };
                TypeKind::Tagged(tags.iter().map(tag).collect())
            }
            "dialog" => TypeKind::Dialog,
            other => {
                let known = ["id", "enum", "object", "list", "union", "tagged", "dialog"];
                kind.error(format!("unknown kind \"{other}\"{}", did_you_mean(other, known)));
                of_unknown_kind(members)
            }
        }
    }

    pub(super) fn need_type(&self, members: &Members<'_>, key: &'static str) -> TypeExpr {
        members.need(key).map_or(TypeExpr::Any, |cursor| self.type_expr(&cursor))
    }

    pub(super) fn type_expr(&self, cursor: &Cursor<'_>) -> TypeExpr {
        let Some(text) = cursor.string() else { return TypeExpr::Any };
        match TypeExpr::parse(text) {
            Ok(parsed) => {
                parsed.for_each_name(&mut |name| {
                    if !self.names.types.contains(name) {
                        let known = self.names.types.iter().copied().chain(TypeExpr::BUILT_IN);
                        cursor.error(format!("unknown type \"{name}\"{}", did_you_mean(name, known)));
                    }
                });
                parsed
            }
            Err(message) => {
                cursor.error(message);
                TypeExpr::Any
            }
        }
    }
}

/// Takes note of the keys that belong to some kind, so that one mistake gives one message.
fn of_unknown_kind(members: &Members<'_>) -> TypeKind {
    for key in ["of", "values", "fields", "groups", "forms", "tags"] {
        members.get_or_null(key);
    }
    TypeKind::Dialog
}

fn enum_value(cursor: &Cursor<'_>) -> Option<EnumValue> {
    let members = cursor.object()?;
    let value = EnumValue {
        value: members.need_string("value"),
        name: members.need_string("name"),
        doc: members.get_prose("doc"),
        since: since(&members, false),
        color: members.get_string("color"),
    };
    members.finish();
    Some(value)
}
