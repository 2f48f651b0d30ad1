//! What the client knows about a method at run time: static data, and of that only what differs from nothing.

use b24_spec::{Advance, ErrorKind, Field, Group, Limit, Method, Need, Paging, Since, Spec, TypeExpr, TypeKind};

use super::{errors, source::Source};

pub(crate) fn render(source: &mut Source, spec: &Spec, method: &Method) {
    source.line(&format!("name: {:?},", method.name));
    if !method.scope.is_empty() {
        source.line(&format!("scope: {:?},", method.scope));
    }
    if method.rest3 {
        source.line("rest3: true,");
    }
    for (name, revision) in [("since", &method.since), ("until", &method.until)] {
        if let Some(revision) = revision {
            source.line(&format!("{name}: Some({}),", since(revision)));
        }
    }
    if method.idempotent {
        source.line("idempotent: true,");
    }
    let injected = method.params.iter().filter_map(|param| Some((param, param.inject?)));
    let injected =
        injected.map(|(param, from)| format!("Inject {{ param: {:?}, from: Injected::{from:?} }}", param.name));
    list(source, "inject", injected.collect());
    let mut walk = Walk::new(spec, method);
    walk.members("", &method.params, &method.groups, 0);
    list(source, "needs", walk.needs);
    list(source, "limits", walk.limits);
    list(source, "gates", walk.gates);
    list(source, "ends", walk.ends);
    if let Some(paging) = &method.paging {
        source.line(&format!("paging: Some({}),", self::paging(paging)));
    }
    let codes = method.errors.iter().flat_map(|error| {
        let codes = std::iter::once(&error.code).chain(&error.aliases);
        codes.map(|code| errors::code(code, error))
    });
    list(source, "errors", codes.collect());
    source.line("..Method::UNKNOWN");
}

/// `Since { … }`
pub(crate) fn since(since: &Since) -> String {
    format!("Since {{ counter: {:?}, revision: {} }}", since.counter, since.revision)
}

fn list(source: &mut Source, name: &str, items: Vec<String>) {
    if items.is_empty() {
        return;
    }
    source.line(&format!("{name}: &["));
    for item in items {
        source.line(&format!("    {item},"));
    }
    source.line("],");
}

fn paging(paging: &Paging) -> String {
    let by = match &paging.by {
        Advance::Start => "Advance::Start".to_owned(),
        Advance::Offset => "Advance::Offset".to_owned(),
        Advance::LastId(way) => format!("Advance::LastId({way:?})"),
        Advance::LastDate(way) => format!("Advance::LastDate({way:?})"),
        Advance::Next(way) => format!("Advance::Next({way:?})"),
    };
    format!(
        "Paging {{ by: {by}, param: {:?}, size: {:?}, page: {:?}, items: {:?}, from_first: {}, with: &{:?}, more: {:?} }}",
        paging.param, paging.size, paging.page, paging.items, paging.from_first, paging.with, paging.more
    )
}

/// What is known of the parameters and of the objects inside them, each with the way to it.
struct Walk<'a> {
    spec: &'a Spec,
    method: &'a Method,
    needs: Vec<String>,
    limits: Vec<String>,
    gates: Vec<String>,
    ends: Vec<String>,
}

impl<'a> Walk<'a> {
    fn new(spec: &'a Spec, method: &'a Method) -> Self {
        Self { spec, method, needs: Vec::new(), limits: Vec::new(), gates: Vec::new(), ends: Vec::new() }
    }

    fn members(&mut self, path: &str, fields: &[Field], groups: &[Group], depth: usize) {
        for group in groups.iter().filter(|group| group.need == Need::Any) {
            let of: Vec<String> = group.of.iter().map(|names| format!("&{names:?}")).collect();
            self.needs.push(format!("Need {{ path: {path:?}, of: &[{}] }}", of.join(", ")));
        }
        for field in fields.iter().filter(|field| !field.read_only) {
            let path = if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
            self.field(&path, field, depth);
        }
    }

    fn field(&mut self, path: &str, field: &Field, depth: usize) {
        if field.since.is_some() || field.until.is_some() {
            let revision =
                |of: &Option<Since>| of.as_ref().map_or("None".to_owned(), |of| format!("Some({})", since(of)));
            let (first, last) = (revision(&field.since), revision(&field.until));
            self.gates.push(format!("Gate {{ path: {path:?}, since: {first}, until: {last} }}"));
        }
        if let Some(day) = &field.ends {
            self.ends.push(format!("End {{ path: {path:?}, day: {day:?} }}"));
        }
        let of_type = match &field.ty {
            TypeExpr::Named(name) => self.spec.types[name].limit.as_ref(),
            _ => None,
        };
        if let Some(limit) = field.limit.as_ref().or(of_type) {
            self.limit(path, limit);
        }
        // What stands in a list has no path of its own.
        match &field.ty {
            TypeExpr::Object => self.members(path, &field.fields, &field.groups, depth),
            TypeExpr::Named(name) if depth < 4 && !self.spec.types[name].by_hand => {
                if let TypeKind::Object { fields, groups } = &self.spec.types[name].kind {
                    self.members(path, fields, groups, depth + 1);
                }
            }
            _ => {}
        }
    }

    /// A bound is checked where the portal would refuse; where it cuts instead, so it may.
    fn limit(&mut self, path: &str, limit: &Limit) {
        let oversize = self.method.errors.iter().find(|error| {
            matches!(error.kind, ErrorKind::Oversize | ErrorKind::Limit)
                && error.params.iter().any(|param| param == path)
        });
        let Some(code) = oversize.map(|error| &error.code).or(limit.error.as_ref()) else { return };
        let from = limit.from.as_deref().unwrap_or_default();
        let bounds = [
            limit.kb.map(|kb| format!("Bytes({kb} * 1024)")),
            limit.chars.map(|chars| format!("Chars({chars})")),
            limit.min_chars.map(|chars| format!("MinChars({chars})")),
            limit.count.map(|count| format!("Items({count})")),
            limit.min.map(|min| format!("Min({min})")),
            limit.max.map(|max| format!("Max({max})")),
        ];
        for bound in bounds.into_iter().flatten() {
            self.limits
                .push(format!("Limit {{ path: {path:?}, bound: Bound::{bound}, code: {code:?}, from: {from:?} }}"));
        }
    }
}
