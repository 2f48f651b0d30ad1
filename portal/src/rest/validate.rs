//! The checks that the spec asks for: what must be there, of which type and size, and which code answers otherwise.

use b24_spec::{ErrorKind, Field, Group, Limit, Method, MethodError, Spec, TypeDef, TypeExpr};
use serde_json::{Map, Value};

use super::{Args, Refusal, refusal::usual_code};
use crate::state::revisions::Revisions;

/// What is wrong with a value, and where: `PROPERTIES.NAME`.
#[derive(Debug)]
pub(super) struct Fault {
    path: String,
    problem: Problem,
    /// The code of the group that the value belongs to.
    group_code: Option<String>,
}

#[derive(Debug)]
enum Problem {
    Missing,
    Invalid(String),
    Oversize { code: Option<String>, detail: String },
}

impl Fault {
    pub(super) fn invalid(path: &str, detail: impl Into<String>) -> Self {
        Self { path: path.to_owned(), problem: Problem::Invalid(detail.into()), group_code: None }
    }

    fn missing(path: String, group_code: Option<String>) -> Self {
        Self { path, problem: Problem::Missing, group_code }
    }
}

/// The arguments of a call and what was sent besides, or the refusal that the documentation has for the first mistake.
pub(super) fn arguments(
    spec: &Spec,
    method: &Method,
    revisions: Revisions,
    mut params: Map<String, Value>,
) -> Result<(Args, Args), Refusal> {
    let check = Check { spec, revisions, method };
    let known = check.taken(&method.params, &method.groups, &mut params, "");
    known.map(|known| (Args(known), Args(params))).map_err(|fault| refusal(method, fault))
}

/// What clients always send, because the documentation marks it as required, and portals do without all the same. What
/// the method makes of its absence is its own business.
const DISPENSABLE: [(&str, &str); 6] = [
    ("access.name", "ACCESS"),
    ("event.bind", "handler"),
    ("event.unbind", "event"),
    ("event.unbind", "handler"),
    ("im.search.department.list", "FIND"),
    ("user.update", "ID"),
];

/// Values that can be wrong in ways for which there are several codes: the method tells them apart.
const JUDGED_LATER: [(&str, &str); 1] = [("placement.bind", "HANDLER")];

/// What clients send in other ways than the documentation says, because most lists are asked like that: the method makes
/// of it what it can.
const READ_LATER: [(&str, &str); 4] =
    [("department.get", "SORT"), ("department.get", "order"), ("user.get", "order"), ("user.search", "order")];

/// What the values are checked against.
pub(super) struct Check<'a> {
    pub(super) spec: &'a Spec,
    pub(super) revisions: Revisions,
    method: &'a Method,
}

impl Check<'_> {
    /// The members that the spec knows, with their names as it writes them.
    pub(super) fn members(
        &self,
        fields: &[Field],
        groups: &[Group],
        mut given: Map<String, Value>,
        path: &str,
    ) -> Result<Map<String, Value>, Fault> {
        self.taken(fields, groups, &mut given, path)
    }

    /// Likewise; what the spec does not know stays behind.
    fn taken(
        &self,
        fields: &[Field],
        groups: &[Group],
        given: &mut Map<String, Value>,
        path: &str,
    ) -> Result<Map<String, Value>, Fault> {
        let mut checked = Map::new();
        for field in fields.iter().filter(|field| self.knows(field)) {
            let mut names = std::iter::once(&field.name).chain(&field.aliases);
            let value = names.find_map(|name| take(given, name, fields));
            let path = join(path, &field.name);
            if let Some(value) = self.member(field, value, &path).map_err(|fault| within(groups, field, fault))? {
                checked.insert(field.name.clone(), value);
            }
        }
        for group in groups {
            satisfied(group, &checked, path)?;
        }
        Ok(checked)
    }

    /// Unknown members are passed over, unless the method has a code for what is wrong with the object itself.
    pub(super) fn expects(&self, fields: &[Field], given: &Map<String, Value>, path: &str) -> Result<(), Fault> {
        let minds =
            |error: &MethodError| error.kind == ErrorKind::Invalid && error.params.iter().any(|param| param == path);
        let is_known = |name: &&String| {
            let mut names = fields.iter().flat_map(|field| std::iter::once(&field.name).chain(&field.aliases));
            names.any(|known| known.eq_ignore_ascii_case(name))
        };
        match given.keys().find(|name| !is_known(name)) {
            Some(stranger) if self.method.errors.iter().any(minds) => {
                Err(Fault::invalid(path, format!("{path} has no {stranger:?}")))
            }
            _ => Ok(()),
        }
    }

    fn knows(&self, field: &Field) -> bool {
        self.revisions.have(field.since.as_ref(), field.until.as_ref()) && !field.read_only
    }

    fn member(&self, field: &Field, given: Option<Value>, path: &str) -> Result<Option<Value>, Fault> {
        let was_given = given.is_some();
        let Some(value) = given.filter(|value| !is_blank(value)) else {
            return match (field.required && !self.does_without(path), was_given) {
                // An object that is empty lacks what its groups ask for.
                (true, _) => {
                    Err(Fault::missing(path.to_owned(), field.groups.iter().find_map(|group| group.error.clone())))
                }
                (false, true) => Ok(Some(Value::Null)),
                (false, false) => Ok(field.default.clone()),
            };
        };
        if READ_LATER.contains(&(&self.method.name, path)) {
            return Ok(Some(value));
        }
        if let Some(limit) = &field.limit {
            // What is limited is the file, not its Base64 text.
            let size = if field.ty == TypeExpr::Base64 { decoded_size } else { written_size };
            fits(limit, size(&value), &value, path)?;
        }
        let value = if field.fields.is_empty() {
            match (&field.limit, named(self.spec, &field.ty)) {
                // What is said of the parameter counts, not what is said of its type.
                (Some(_), Some(ty)) => self.shaped(ty, value, path)?,
                _ => self.value(&field.ty, value, path)?,
            }
        } else {
            self.nested(field, value, path)?
        };
        // The platform reads a missing id as 0 and cannot tell the two apart.
        if field.required && value.as_u64() == Some(0) && !self.does_without(path) {
            return Err(Fault::missing(path.to_owned(), None));
        }
        Ok(Some(value))
    }

    fn does_without(&self, path: &str) -> bool {
        DISPENSABLE.contains(&(self.method.name.as_str(), path))
    }

    /// Whether the method documents that a wrong value here is refused. Where it does not, portals let it pass.
    pub(super) fn is_refused(&self, path: &str) -> bool {
        let is_refused = |error: &MethodError| error.kind == ErrorKind::Invalid && covers(&error.params, path);
        !JUDGED_LATER.contains(&(&self.method.name, path)) && self.method.errors.iter().any(is_refused)
    }
}

fn named<'a>(spec: &'a Spec, ty: &TypeExpr) -> Option<&'a TypeDef> {
    match ty {
        TypeExpr::Named(name) => spec.types.get(name),
        _ => None,
    }
}

/// Nothing, or what forms send for nothing.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Takes the member with this name, in any letter case; but `SORT` is not `sort` where there are both.
fn take(given: &mut Map<String, Value>, name: &str, fields: &[Field]) -> Option<Value> {
    if let Some(value) = given.shift_remove(name) {
        return Some(value);
    }
    let is_another = |key: &str| fields.iter().any(|field| field.name == key);
    let key = given.keys().find(|key| key.eq_ignore_ascii_case(name) && !is_another(key))?.clone();
    given.shift_remove(&key)
}

pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// A fault in a member of a group may answer with the code of the group.
fn within(groups: &[Group], field: &Field, mut fault: Fault) -> Fault {
    let is_mine = |group: &&Group| group.of.iter().flatten().any(|name| *name == field.name);
    if fault.group_code.is_none() {
        fault.group_code = groups.iter().find(is_mine).and_then(|group| group.error.clone());
    }
    fault
}

fn satisfied(group: &Group, checked: &Map<String, Value>, path: &str) -> Result<(), Fault> {
    let is_there = |name: &&String| checked.get(*name).is_some_and(|value| !value.is_null());
    if group.of.iter().any(|alternative| alternative.iter().all(|name| is_there(&name))) {
        return Ok(());
    }
    // Whoever began one alternative is told what it lacks, and whoever sent one empty, that it is.
    let begun = group.of.iter().max_by_key(|alternative| alternative.iter().filter(is_there).count());
    let begun = begun.filter(|alternative| alternative.iter().any(|name| is_there(&name)));
    let was_sent = |alternative: &&Vec<String>| alternative.iter().any(|name| checked.contains_key(name));
    let begun = begun.or_else(|| group.of.iter().find(was_sent));
    let path = match begun {
        None if group.error.is_some() => {
            group.of.iter().flatten().map(|name| join(path, name)).collect::<Vec<_>>().join(" or ")
        }
        begun => {
            let names = begun.or(group.of.first());
            let lacking = names.and_then(|names| names.iter().find(|name| !is_there(name)));
            join(path, lacking.map_or("", String::as_str))
        }
    };
    Err(Fault::missing(path, group.error.clone()))
}

/// How many bytes a value has in JSON.
pub(super) fn written_size(value: &Value) -> usize {
    value.as_str().map_or_else(|| value.to_string().len(), str::len)
}

/// How many bytes stand in a Base64 text.
fn decoded_size(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.trim_end_matches('=').len() / 4 * 3)
}

/// Whether a value is within its limit. Where no code is known for what goes beyond, portals cut it or let it pass.
pub(super) fn fits(limit: &Limit, size: usize, value: &Value, path: &str) -> Result<(), Fault> {
    if limit.error.is_none() && limit.kb.is_none() {
        return Ok(());
    }
    let chars = |value: &Value| match value {
        Value::String(text) => text.chars().count(),
        value if value.is_array() || value.is_object() => value.to_string().chars().count(),
        _ => 0,
    };
    let count = |value: &Value| match value {
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => 0,
    };
    let number = |value: &Value| value.as_i64().or_else(|| value.as_str()?.trim().parse().ok());
    let is_over = |most: Option<u32>, unit: usize, measured: usize| {
        most.is_some_and(|most| measured > usize::try_from(most).unwrap_or(usize::MAX).saturating_mul(unit))
    };
    let detail = if is_over(limit.kb, 1024, size) {
        format!("{path} has {size} bytes, more than {} KB", limit.kb.unwrap_or_default())
    } else if is_over(limit.chars, 1, chars(value)) {
        format!("{path} has {} characters, more than {}", chars(value), limit.chars.unwrap_or_default())
    } else if is_over(limit.count, 1, count(value)) {
        format!("{path} has {} items, more than {}", count(value), limit.count.unwrap_or_default())
    } else if limit.min_chars.is_some_and(|least| value.is_string() && chars(value) < least as usize) {
        format!("{path} has {} characters, less than {}", chars(value), limit.min_chars.unwrap_or_default())
    } else if let Some(number) = number(value)
        .filter(|number| limit.min.is_some_and(|least| *number < least) || limit.max.is_some_and(|most| *number > most))
    {
        format!("{path} is {number}, which is out of bounds")
    } else {
        return Ok(());
    };
    Err(Fault {
        path: path.to_owned(),
        problem: Problem::Oversize { code: limit.error.clone(), detail },
        group_code: None,
    })
}

/// Whether an error about `params` is one about `path` or about something that `path` is part of.
fn covers(params: &[String], path: &str) -> bool {
    params
        .iter()
        .any(|param| path.strip_prefix(param.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
}

/// Whether an error about `params` is one about a part of `path`.
fn is_inside(params: &[String], path: &str) -> bool {
    params.iter().any(|param| param.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

fn refusal(method: &Method, fault: Fault) -> Refusal {
    let Fault { path, problem, group_code } = fault;
    let found = |kinds: &[ErrorKind], fits: fn(&[String], &str) -> bool| {
        let of_kind = |kind: &ErrorKind| {
            let mut errors = method.errors.iter().filter(|error| error.kind == *kind);
            errors.find(|error| fits(&error.params, &path))
        };
        kinds.iter().find_map(of_kind).map(|error| error.code.clone())
    };
    let documented = |kinds: &[ErrorKind]| found(kinds, |params, path| covers(params, path) || is_inside(params, path));
    let (code, detail) = match problem {
        Problem::Missing => {
            let kinds = [ErrorKind::Missing, ErrorKind::Invalid, ErrorKind::NotFound];
            let codes = if group_code.is_some() { found(&kinds, covers) } else { documented(&kinds) };
            (codes.or(group_code), format!("{path} is missing or empty"))
        }
        Problem::Invalid(detail) => {
            let codes = documented(&[ErrorKind::Invalid, ErrorKind::Missing, ErrorKind::NotFound]);
            (codes.or(group_code), detail)
        }
        Problem::Oversize { code, detail } => {
            (code.or_else(|| documented(&[ErrorKind::Oversize, ErrorKind::Invalid])), detail)
        }
    };
    Refusal::because(code.unwrap_or_else(|| usual_code(method, "ERROR_ARGUMENT").to_owned()), detail).about(path)
}
