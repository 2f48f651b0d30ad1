//! A method: the function that makes the call, the call, and what is known about it.

use b24_spec::{Method, TypeExpr, TypeKind};

use super::{docs, facts, group, object, source::Source};
use crate::{names, rust_type::RustTypes};

pub(crate) fn render(source: &mut Source, types: &RustTypes<'_>, method: &Method) {
    let name = names::pascal(docs::last(&method.name));
    let function = names::snake(docs::last(&method.name));
    if let Some(since) = method.since.as_ref().filter(|since| !types.options.allows(Some(since))) {
        // The compiler points here when the function is called: the item is there, and configured out.
        source.doc(&format!("{}\n\nOlder portals than {} do not have it.", method.summary, docs::revision(since)));
        source.line(&format!("#[cfg(needs_{}_revision_{})]", since.counter, since.revision));
        source.line(&format!("pub fn {function}() {{}}"));
        return source.blank();
    }
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
    if method.since.is_some() || method.params.iter().any(|param| docs::is_setter(param, &method.groups)) {
        source.line(&format!("impl {name} {{"));
        if let Some(since) = &method.since {
            source.line("    /// The revision that brought the method.");
            source.line(&format!("    pub const SINCE: Since = {};", facts::since(since)));
            source.blank();
        }
        source.indented(|source| object::setters(source, types, &name, &method.params, &method.groups));
        source.line("}");
        source.blank();
    }
    let result = result(types, &name, method);
    source.line(&format!("impl Request for {name} {{"));
    source.line(&format!("    type Output = {result};"));
    source.blank();
    source.line("    const METHOD: &'static Method = &Method {");
    source.indented(|source| source.indented(|source| facts::render(source, types.spec, method)));
    source.line("    };");
    source.blank();
    source.line("    fn into_params(self) -> Params {\n        self.0\n    }\n}");
    source.blank();
    if let Some(item) = item(types, &result, method) {
        source.line(&format!("impl Paged for {name} {{\n    type Item = {item};\n}}"));
        source.blank();
    }
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

/// The type of an item of a list in pages.
fn item(types: &RustTypes<'_>, result: &str, method: &Method) -> Option<String> {
    let paging = method.paging.as_ref()?;
    let mut ty = &method.result.ty;
    let mut fields = &method.result.fields;
    let mut inline = result.to_owned();
    for part in paging.items.split('.').filter(|part| !part.is_empty()) {
        if let TypeExpr::Named(name) = ty.innermost()
            && let TypeKind::Object { fields: members, .. } = &types.spec.types[name].kind
        {
            fields = members;
            inline.clone_from(name);
        }
        let field = fields.iter().find(|field| field.name == part)?;
        inline = group::inline_name(&inline, field);
        (ty, fields) = (&field.ty, &field.fields);
    }
    match ty {
        TypeExpr::List(item) | TypeExpr::Map(_, item) => Some(types.read(item, &inline)),
        TypeExpr::Named(name) => match &types.spec.types[name].kind {
            TypeKind::List(item) => Some(types.read(item, name)),
            _ => None,
        },
        _ => None,
    }
}
