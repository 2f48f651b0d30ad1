//! A method: the function that makes the call, the call, and what is known about it.

use b24_spec::{Field, Group, Method, Need, Spec, TypeKind};

use super::{docs, group, object, source::Source};
use crate::{names, rust_type::RustTypes};

pub(crate) fn render(source: &mut Source, types: &RustTypes<'_>, method: &Method) {
    let name = names::pascal(docs::last(&method.name));
    let function = names::snake(docs::last(&method.name));
    let arguments = group::arguments(types, &name, &method.params, &method.groups);
    let argument_docs: Vec<String> = arguments.iter().map(|argument| argument.doc.clone()).collect();
    source.doc(&docs::method(method, &argument_docs));
    if let Some(note) = docs::deprecation(&method.status) {
        source.line(&format!("#[deprecated = \"{note}\"]"));
    }
    let declarations: Vec<&str> = arguments.iter().map(|argument| argument.declaration.as_str()).collect();
    source.line(&format!("pub fn {function}({}) -> {name} {{", declarations.join(", ")));
    object::body(source, &arguments, &name);
    source.line("}");
    source.blank();
    source.doc(&format!("A call of [`{function}`]."));
    source.line(&format!("#[derive(Debug, Clone)]\npub struct {name}(Params);"));
    source.blank();
    if method.params.iter().any(|param| docs::is_setter(param, &method.groups)) {
        source.line(&format!("impl {name} {{"));
        source.indented(|source| object::setters(source, types, &name, &method.params, &method.groups));
        source.line("}");
        source.blank();
    }
    let result = result(types, &name, method);
    source.line(&format!("impl Request for {name} {{"));
    source.line(&format!("    type Output = {result};"));
    source.blank();
    source.line("    const METHOD: &'static Method = &Method {");
    source.indented(|source| source.indented(|source| facts(source, types.spec, method)));
    source.line("    };");
    source.blank();
    source.line("    fn into_params(self) -> Params {\n        self.0\n    }\n}");
    source.blank();
    group::render(source, types, &name, &method.params, &method.groups);
    object::nested_sent(source, types, &name, &method.params);
    if !method.result.fields.is_empty() {
        let doc = format!("What [`{function}`] answers.");
        object::read(source, types, &format!("{name}Result"), &doc, &method.result.fields);
    }
}

fn result(types: &RustTypes<'_>, name: &str, method: &Method) -> String {
    types.read(&method.result.ty, &format!("{name}Result"))
}

/// What the client knows about a method at run time.
fn facts(source: &mut Source, spec: &Spec, method: &Method) {
    source.line(&format!("name: \"{}\",", method.name));
    source.line(&format!("scope: \"{}\",", method.scope));
    let since = method.since.as_ref().map_or_else(
        || "None".to_owned(),
        |since| format!("Some(Since {{ counter: \"{}\", revision: {} }})", since.counter, since.revision),
    );
    source.line(&format!("since: {since},"));
    source.line(&format!("idempotent: {},", method.idempotent));
    let injected = method.params.iter().filter_map(|param| Some((param, param.inject?)));
    let injected =
        injected.map(|(param, from)| format!("Inject {{ param: \"{}\", from: Injected::{from:?} }}", param.name));
    list(source, "inject", injected);
    let mut groups = Vec::new();
    needed(spec, "", &method.params, &method.groups, &mut groups);
    list(source, "needs", groups.into_iter());
    list(source, "limits", method.params.iter().filter_map(|param| limit(spec, method, param)));
    let errors = method.errors.iter().flat_map(|error| {
        let codes = std::iter::once(&error.code).chain(&error.aliases);
        codes.map(|code| super::errors::code(code, error))
    });
    list(source, "errors", errors);
}

/// The bound on a parameter's size: its own, or that of its type.
fn limit(spec: &Spec, method: &Method, param: &Field) -> Option<String> {
    let of_type = match &param.ty {
        b24_spec::TypeExpr::Named(name) => spec.types[name].limit.as_ref(),
        _ => None,
    };
    let limit = param.limit.as_ref().or(of_type)?;
    let oversize = method
        .errors
        .iter()
        .find(|error| error.kind == b24_spec::ErrorKind::Oversize && error.params.contains(&param.name));
    let code = oversize.map(|error| error.code.clone()).or_else(|| limit.error.clone()).unwrap_or_default();
    Some(format!("Limit {{ param: {:?}, bytes: {} * 1024, code: {code:?} }}", param.name, limit.kb?))
}

fn list(source: &mut Source, name: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        source.line(&format!("{name}: &[],"));
        return;
    }
    source.line(&format!("{name}: &["));
    for item in items {
        source.line(&format!("    {item},"));
    }
    source.line("],");
}

/// The "at least one of" groups of the parameters and the objects inside them, each with the way to it.
fn needed(spec: &Spec, path: &str, fields: &[Field], groups: &[Group], found: &mut Vec<String>) {
    for group in groups.iter().filter(|group| group.need == Need::Any) {
        let of: Vec<String> = group.of.iter().map(|names| format!("&{names:?}")).collect();
        found.push(format!("Need {{ path: {path:?}, of: &[{}] }}", of.join(", ")));
    }
    for field in fields {
        let inside = if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
        needed(spec, &inside, &field.fields, &field.groups, found);
        if let b24_spec::TypeExpr::Named(name) = &field.ty
            && let TypeKind::Object { fields, groups } = &spec.types[name].kind
            && !spec.types[name].by_hand
        {
            needed(spec, &inside, fields, groups, found);
        }
    }
}
