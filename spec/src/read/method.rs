//! Methods and events.

use std::collections::BTreeSet;

use super::{Reader, error::error, expect_path, field::groups, name, one_word, revision, since, word};
use crate::{
    Advance, Event, Field, Method, Paging, Status, Through, TypeExpr,
    json::{Cursor, Members},
    suggest::did_you_mean,
};

const THROUGH: [(&str, Through); 2] = [("application", Through::Application), ("webhook", Through::Webhook)];

impl Reader<'_> {
    pub(super) fn method(&self, members: &Members<'_>) -> Method {
        let name = name(members);
        let scope = members.need_string("scope");
        let folder = if scope.is_empty() { "_" } else { &scope };
        expect_path(members, &format!("methods/{folder}/{name}.json"));
        let params = self.fields(members.get_list("params"));
        let groups = groups(&members.get_list("groups"), &params);
        let result = members.need("result").map_or_else(|| Field::of(TypeExpr::Any), |cursor| self.result(&cursor));
        Method {
            summary: members.need_prose("summary"),
            other_scopes: members.get_strings("other_scopes"),
            rest3: members.get("rest").is_some_and(|cursor| {
                let version: Option<u8> = cursor.number();
                if version.is_some_and(|version| version != 3) {
                    cursor.error("expected 3; a method of the older REST has no such key");
                }
                true
            }),
            only: word(members, "only", &THROUGH),
            admin: members.get_flag("admin"),
            since: since(members, true),
            until: members.get("until").and_then(|cursor| revision(&cursor)),
            status: status(members, &self.names.methods),
            aliases: members.get_strings("aliases"),
            idempotent: members.get_flag("idempotent"),
            paging: members.get("paging").and_then(|cursor| paging(&cursor, &params)),
            rules: members.get_strings("rules"),
            result,
            errors: members.get_list("errors").iter().filter_map(|cursor| error(cursor, Some(&params))).collect(),
            docs: members.need_string("docs"),
            name,
            scope,
            params,
            groups,
        }
    }

    pub(super) fn event(&self, members: &Members<'_>) -> Event {
        let name = name(members);
        expect_path(members, &format!("events/{name}.json"));
        Event {
            aliases: members.get_strings("aliases"),
            summary: members.need_prose("summary"),
            scope: members.need_string("scope"),
            since: since(members, true),
            until: members.get("until").and_then(|cursor| revision(&cursor)),
            status: status(members, &self.names.events),
            rules: members.get_strings("rules"),
            data: self.fields(members.get_list("data")),
            auth: members.get_flag("auth"),
            subscribe: members.need_string("subscribe"),
            docs: members.need_string("docs"),
            name,
        }
    }

    /// A result: a type expression or a field without a name.
    fn result(&self, cursor: &Cursor<'_>) -> Field {
        if cursor.is_string() {
            return Field::of(self.type_expr(cursor));
        }
        cursor.object().map_or_else(
            || Field::of(TypeExpr::Any),
            |members| {
                let field = self.field_without_name(&members);
                members.finish();
                field
            },
        )
    }
}

fn status(members: &Members<'_>, known: &BTreeSet<&str>) -> Status {
    let Some(status) = members.get("status").and_then(|cursor| cursor.object()) else { return Status::Current };
    let deprecated = status.get("deprecated").and_then(|cursor| cursor.object()).map(|deprecated| {
        let replacement = deprecated.get("use").and_then(|cursor| {
            let name = cursor.string()?;
            if !known.contains(name) {
                cursor.error(format!("\"{name}\" is not in the spec{}", did_you_mean(name, known.iter().copied())));
            }
            Some(name.to_owned())
        });
        deprecated.finish();
        Status::Deprecated(replacement)
    });
    let undocumented = status.get_flag("undocumented").then_some(Status::Undocumented);
    if deprecated.is_none() && undocumented.is_none() {
        status.cursor.error("a status holds \"deprecated\" or \"undocumented\"");
    }
    status.finish();
    deprecated.or(undocumented).unwrap_or_default()
}

fn paging(cursor: &Cursor<'_>, params: &[Field]) -> Option<Paging> {
    let members = cursor.object()?;
    let by = one_word(&members, "by", &["start", "offset", "last_id", "last_date", "next"]);
    if by.is_none() {
        cursor.error("the key \"by\" is missing");
    }
    let way = members.get_string("cursor");
    let needs_way = || {
        way.clone().unwrap_or_else(|| {
            cursor.error("the key \"cursor\" is missing: the way to the next position");
            String::new()
        })
    };
    let by = match by.as_deref() {
        Some("offset") => Advance::Offset,
        Some("last_id") => Advance::LastId(needs_way()),
        Some("last_date") => Advance::LastDate(needs_way()),
        Some("next") => Advance::Next(needs_way()),
        _ => Advance::Start,
    };
    if way.is_some() && matches!(by, Advance::Start | Advance::Offset) {
        cursor.error("a \"cursor\" belongs to last_id, last_date and next");
    }
    let param = |cursor: Cursor<'_>| known_param(&cursor, params);
    let with = members.get("with").map(|cursor| cursor.entries()).unwrap_or_default();
    let with = with.iter().filter_map(|(name, way)| {
        check_param(way, name, params);
        Some(((*name).to_owned(), way.string()?.to_owned()))
    });
    let paging = Paging {
        by,
        param: members.need("param").and_then(param).unwrap_or_default(),
        size: members.get("size").and_then(param),
        page: members.get_number("page"),
        items: members.get_string("items").unwrap_or_default(),
        from_first: one_word(&members, "take", &["first"]).is_some(),
        with: with.collect(),
        more: members.get_string("more"),
    };
    members.finish();
    Some(paging)
}

fn known_param(cursor: &Cursor<'_>, params: &[Field]) -> Option<String> {
    let name = cursor.string()?;
    check_param(cursor, name, params);
    Some(name.to_owned())
}

/// A parameter, or with dots a member of one.
fn check_param(cursor: &Cursor<'_>, path: &str, params: &[Field]) {
    let mut level = params;
    for name in path.split('.') {
        let Some(param) = level.iter().find(|param| param.name == name) else {
            let known = level.iter().map(|param| param.name.as_str());
            cursor.error(format!("there is no parameter \"{name}\"{}", did_you_mean(name, known)));
            return;
        };
        level = &param.fields;
    }
}
