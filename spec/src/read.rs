//! Files → [`Spec`], checking every cross-reference on the way.

use std::collections::{BTreeMap, BTreeSet};

use jsonc_parser::ast::Value;

use crate::{
    Counter, Diagnostics, EnumValue, ErrorKind, Event, Field, Group, Limit, Method, MethodError, Need, Since, Source,
    Sources, Spec, Step, SystemError, Tag, TypeDef, TypeExpr, TypeKind,
    json::{Cursor, Members, Report, parse},
    suggest::did_you_mean,
};

pub(crate) fn spec(sources: &Sources) -> Result<Spec, Diagnostics> {
    let report = Report::default();
    let files: Vec<(&Source, Value<'_>)> =
        sources.0.iter().filter_map(|source| Some((source, parse(source, &report)?))).collect();
    let reader = Reader { names: Names::of(sources) };
    let mut spec = Spec { hash: sources.hash(), ..Spec::default() };
    for (source, value) in &files {
        let root = Cursor::root(source, &report, value);
        let Some(members) = root.object() else { continue };
        match source.path.split('/').next() {
            Some("methods") => {
                let method = reader.method(&members);
                spec.methods.insert(method.name.clone(), method);
            }
            Some("events") => {
                let event = reader.event(&members);
                spec.events.insert(event.name.clone(), event);
            }
            Some("types") => {
                let def = reader.type_def(&members);
                spec.types.insert(def.name.clone(), def);
            }
            Some("errors.json") => spec.errors = system_errors(&members),
            Some("revisions.json") => spec.revisions = revisions(&members),
            _ => {
                root.error("the file belongs in spec/methods, spec/events or spec/types");
                continue;
            }
        }
        members.finish();
    }
    match report.into_sorted() {
        none if none.is_empty() => Ok(spec),
        some => Err(Diagnostics(some)),
    }
}

/// The names that the files may refer to, told by the file names.
struct Names<'a> {
    types: BTreeSet<&'a str>,
    methods: BTreeSet<&'a str>,
    events: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of(sources: &'a Sources) -> Self {
        let stems = |folder: &str| {
            let stem = |source: &'a Source| {
                let (place, file) = source.path.rsplit_once('/')?;
                let inside = place == folder || place.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
                file.strip_suffix(".json").filter(|_| inside)
            };
            sources.0.iter().filter_map(stem).collect()
        };
        Self { types: stems("types"), methods: stems("methods"), events: stems("events") }
    }
}

struct Reader<'a> {
    names: Names<'a>,
}

impl Reader<'_> {
    fn method(&self, members: &Members<'_>) -> Method {
        let name = name(members);
        let scope = members.need_string("scope");
        let folder = if scope.is_empty() { "_" } else { &scope };
        expect_path(members, &format!("methods/{folder}/{name}.json"));
        let params = self.fields(members.get_list("params"));
        let groups = groups(&members.get_list("groups"), &params);
        if let Some(paging) = members.get("paging") {
            paging.error("how lists continue is not described yet; write null or leave it out");
        }
        Method {
            summary: members.need_string("summary"),
            since: since(members, true),
            replacement: replacement(members, &self.names.methods),
            idempotent: members.get_flag("idempotent"),
            result: members.need("result").map_or_else(anything, |cursor| self.result(&cursor)),
            errors: members.get_list("errors").iter().filter_map(|cursor| error(cursor, Some(&params))).collect(),
            docs: members.need_string("docs"),
            name,
            scope,
            params,
            groups,
        }
    }

    fn event(&self, members: &Members<'_>) -> Event {
        let name = name(members);
        expect_path(members, &format!("events/{name}.json"));
        Event {
            aliases: members.get_strings("aliases"),
            summary: members.need_string("summary"),
            scope: members.need_string("scope"),
            since: since(members, true),
            replacement: replacement(members, &self.names.events),
            data: self.fields(members.get_list("data")),
            auth: members.get_flag("auth"),
            subscribe: members.need_string("subscribe"),
            docs: members.need_string("docs"),
            name,
        }
    }

    fn type_def(&self, members: &Members<'_>) -> TypeDef {
        let name = name(members);
        expect_path(members, &format!("types/{name}.json"));
        let by_hand = members.get("binding").is_some_and(|binding| {
            if binding.string() != Some("hand") {
                binding.error("expected \"hand\"");
            }
            true
        });
        TypeDef {
            doc: members.need_string("doc"),
            since: since(members, true),
            limit: members.get("limit").and_then(|cursor| limit(&cursor)),
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

    fn need_type(&self, members: &Members<'_>, key: &'static str) -> TypeExpr {
        members.need(key).map_or(TypeExpr::Any, |cursor| self.type_expr(&cursor))
    }

    fn type_expr(&self, cursor: &Cursor<'_>) -> TypeExpr {
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

    /// A result: a type expression or a field without a name.
    fn result(&self, cursor: &Cursor<'_>) -> Field {
        if cursor.is_string() {
            return Field { ty: self.type_expr(cursor), ..anything() };
        }
        cursor.object().map_or_else(anything, |members| {
            let field = self.field_without_name(&members);
            members.finish();
            field
        })
    }

    fn fields(&self, list: Vec<Cursor<'_>>) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for cursor in list {
            let Some(members) = cursor.object() else { continue };
            let name = members.need_string("name");
            if fields.iter().any(|earlier| earlier.name == name) {
                cursor.error(format!("\"{name}\" stands twice in this list"));
            }
            fields.push(Field { name, ..self.field_without_name(&members) });
            members.finish();
        }
        fields
    }

    fn field_without_name(&self, members: &Members<'_>) -> Field {
        let ty = self.need_type(members, "type");
        let fields = self.fields(members.get_list("fields"));
        if !fields.is_empty() && *ty.innermost() != TypeExpr::Object {
            members.cursor.error(format!("\"fields\" belong to the type object, not to {ty}"));
        }
        let webhook_only = one_word(members, "only", &["webhook"]).is_some();
        Field {
            name: String::new(),
            required: members.get_flag("required"),
            default: members.get("default").map(|cursor| cursor.json()),
            doc: members.get_string("doc").unwrap_or_default(),
            since: since(members, false),
            until: members.get("until").and_then(|cursor| revision(&cursor)),
            limit: members.get("limit").and_then(|cursor| limit(&cursor)),
            webhook_only,
            inject: one_word(members, "inject", &["bot.id", "bot.client_id"]),
            read_only: members.get_flag("read_only"),
            copy_of: members.get_string("copy_of"),
            groups: groups(&members.get_list("groups"), &fields),
            fields,
            ty,
        }
    }
}

fn system_errors(members: &Members<'_>) -> Vec<SystemError> {
    let one = |cursor: &Cursor<'_>| {
        let members = cursor.object()?;
        let system = SystemError {
            status: members.need("status").and_then(|cursor| cursor.number()).unwrap_or_default(),
            advice: members.need_string("advice"),
            error: error_members(&members, None),
        };
        members.finish();
        Some(system)
    };
    members.get_list("errors").iter().filter_map(one).collect()
}

fn anything() -> Field {
    Field {
        name: String::new(),
        ty: TypeExpr::Any,
        required: false,
        default: None,
        doc: String::new(),
        since: None,
        until: None,
        limit: None,
        webhook_only: false,
        inject: None,
        read_only: false,
        copy_of: None,
        fields: Vec::new(),
        groups: Vec::new(),
    }
}

/// Takes note of the keys that belong to some kind, so that one mistake gives one message.
fn of_unknown_kind(members: &Members<'_>) -> TypeKind {
    for key in ["of", "values", "fields", "groups", "forms", "tags"] {
        members.get_or_null(key);
    }
    TypeKind::Dialog
}

fn name(members: &Members<'_>) -> String {
    members.get_or_null("$schema");
    members.need_string("name")
}

fn expect_path(members: &Members<'_>, path: &str) {
    if members.cursor.source.path != path {
        members.cursor.error(format!("the file belongs at spec/{path}"));
    }
}

fn one_word(members: &Members<'_>, key: &'static str, known: &[&'static str]) -> Option<String> {
    let cursor = members.get(key)?;
    let word = cursor.string()?;
    if !known.contains(&word) {
        cursor.error(format!("expected {}{}", known.join(" or "), did_you_mean(word, known.iter().copied())));
    }
    Some(word.to_owned())
}

fn since(members: &Members<'_>, always_written: bool) -> Option<Since> {
    match members.get_or_null("since") {
        Some(cursor) if cursor.is_null() => None,
        Some(cursor) => revision(&cursor),
        None => {
            if always_written {
                members.cursor.error("the key \"since\" is missing; write null where the sources do not tell");
            }
            None
        }
    }
}

fn revision(cursor: &Cursor<'_>) -> Option<Since> {
    let entries = cursor.entries();
    let [(counter, value)] = entries.as_slice() else {
        cursor.error("expected one counter and its value, like {\"im\": 24}");
        return None;
    };
    if !["im", "imopenlines"].contains(counter) {
        value.error(format!("unknown counter \"{counter}\"{}", did_you_mean(counter, ["im", "imopenlines"])));
    }
    Some(Since { counter: (*counter).to_owned(), revision: value.number()? })
}

fn replacement(members: &Members<'_>, known: &BTreeSet<&str>) -> Option<String> {
    let status = members.get("status")?.object()?;
    let name = status.need("deprecated").and_then(|cursor| cursor.object()).and_then(|deprecated| {
        let target = deprecated.need("use");
        deprecated.finish();
        let target = target?;
        let name = target.string()?;
        if !known.contains(name) {
            target.error(format!("\"{name}\" is not in the spec{}", did_you_mean(name, known.iter().copied())));
        }
        Some(name.to_owned())
    });
    status.finish();
    name
}

fn limit(cursor: &Cursor<'_>) -> Option<Limit> {
    let members = cursor.object()?;
    let limit = Limit {
        kb: members.get_number("kb"),
        chars: members.get_number("chars"),
        count: members.get_number("count"),
        error: members.get_string("error"),
    };
    if limit.kb.is_none() && limit.chars.is_none() && limit.count.is_none() {
        cursor.error("a limit holds kb, chars or count");
    }
    members.finish();
    Some(limit)
}

fn groups(list: &[Cursor<'_>], fields: &[Field]) -> Vec<Group> {
    let one = |cursor: &Cursor<'_>| {
        let members = cursor.object()?;
        let need = match one_word(&members, "need", &["one", "any"]).as_deref() {
            Some("one") => Need::One,
            Some(_) => Need::Any,
            None => {
                cursor.error("the key \"need\" is missing");
                Need::Any
            }
        };
        let alternative = |cursor: &Cursor<'_>| -> Vec<String> {
            cursor.list().iter().filter_map(|name| known_field(name, fields)).collect()
        };
        let group = Group {
            need,
            of: members.get_list("of").iter().map(alternative).collect(),
            name: members.get_string("name"),
            error: members.get_string("error"),
        };
        members.finish();
        Some(group)
    };
    list.iter().filter_map(one).collect()
}

fn known_field(cursor: &Cursor<'_>, fields: &[Field]) -> Option<String> {
    let name = cursor.string()?;
    match fields.iter().find(|field| field.name == name) {
        Some(field) if field.required => cursor.error(format!("\"{name}\" stands in a group and must not be required")),
        Some(_) => {}
        None => {
            let known = fields.iter().map(|field| field.name.as_str());
            cursor.error(format!("there is no field \"{name}\"{}", did_you_mean(name, known)));
        }
    }
    Some(name.to_owned())
}

fn error(cursor: &Cursor<'_>, params: Option<&[Field]>) -> Option<MethodError> {
    let members = cursor.object()?;
    let error = error_members(&members, params);
    members.finish();
    Some(error)
}

fn error_members(members: &Members<'_>, params: Option<&[Field]>) -> MethodError {
    let kinds: BTreeMap<&str, ErrorKind> = ErrorKind::WORDS.into_iter().collect();
    let kind = members.need("kind").and_then(|cursor| {
        let word = cursor.string()?;
        let kind = kinds.get(word).copied();
        if kind.is_none() {
            cursor.error(format!("unknown kind \"{word}\"{}", did_you_mean(word, kinds.keys().copied())));
        }
        kind
    });
    let paths = match members.get("param") {
        Some(cursor) if cursor.is_list() => cursor.list(),
        Some(cursor) => vec![cursor],
        None => Vec::new(),
    };
    if let Some(params) = params {
        for path in &paths {
            check_path(path, params);
        }
    }
    MethodError {
        code: members.need_string("code"),
        aliases: members.get_strings("aliases"),
        kind: kind.unwrap_or(ErrorKind::Other),
        params: paths.iter().filter_map(Cursor::string).map(str::to_owned).collect(),
        meaning: members.need_string("meaning"),
    }
}

fn check_path(cursor: &Cursor<'_>, params: &[Field]) {
    let mut level = params;
    for part in cursor.string().unwrap_or_default().split('.') {
        let Some(field) = level.iter().find(|field| field.name == part) else {
            let known = level.iter().map(|field| field.name.as_str());
            cursor.error(format!("there is no parameter \"{part}\"{}", did_you_mean(part, known)));
            return;
        };
        // A named type is described in its own file: what lies below it is not checked here.
        if field.fields.is_empty() {
            return;
        }
        level = &field.fields;
    }
}

fn enum_value(cursor: &Cursor<'_>) -> Option<EnumValue> {
    let members = cursor.object()?;
    let value = EnumValue {
        value: members.need_string("value"),
        name: members.need_string("name"),
        doc: members.get_string("doc").unwrap_or_default(),
        since: since(&members, false),
        color: members.get_string("color"),
    };
    members.finish();
    Some(value)
}

fn revisions(members: &Members<'_>) -> BTreeMap<String, Counter> {
    let counters = members.need("counters").map(|cursor| cursor.entries()).unwrap_or_default();
    let step = |cursor: &Cursor<'_>| {
        let members = cursor.object()?;
        let step = Step {
            revision: members.need("revision").and_then(|cursor| cursor.number()).unwrap_or_default(),
            doc: members.need_string("doc"),
        };
        members.finish();
        Some(step)
    };
    let counter = |(name, cursor): &(&str, Cursor<'_>)| {
        let members = cursor.object()?;
        let doc = members.need_string("doc");
        let steps: Vec<Step> = members.get_list("steps").iter().filter_map(step).collect();
        if !steps.is_sorted_by(|a, b| a.revision < b.revision) {
            cursor.error("the steps must be in ascending order");
        }
        members.finish();
        Some(((*name).to_owned(), Counter { doc, steps }))
    };
    counters.iter().filter_map(counter).collect()
}
