//! Objects: what is sent is a map with setters, what is read is a struct with fields.

use b24_spec::{Field, Group, TypeExpr};

use super::{docs, group, source::Source};
use crate::{names, rust_type::RustTypes};

/// An object that is sent.
pub(crate) fn sent(
    source: &mut Source,
    types: &RustTypes<'_>,
    name: &str,
    doc: &str,
    fields: &[Field],
    groups: &[Group],
) {
    let arguments = group::arguments(types, name, fields, groups);
    source.doc(doc);
    source.line(if arguments.is_empty() { "#[derive(Debug, Clone, Default)]" } else { "#[derive(Debug, Clone)]" });
    source.line(&format!("pub struct {name}(Params);"));
    source.blank();
    source.line(&format!("impl {name} {{"));
    source.indented(|source| {
        constructor(source, &arguments, "new", "Starts with what is required.", "Self");
        setters(source, types, name, fields, groups);
    });
    source.line("}");
    source.blank();
    source.line(&format!(
        "impl ToValue for {name} {{\n    fn to_value(self) -> Value {{\n        self.0.to_value()\n    }}\n}}"
    ));
    source.blank();
    group::render(source, types, name, fields, groups);
    nested_sent(source, types, name, fields);
}

/// The objects inside fields that are sent.
pub(crate) fn nested_sent(source: &mut Source, types: &RustTypes<'_>, owner: &str, fields: &[Field]) {
    for field in fields.iter().filter(|field| !field.fields.is_empty()) {
        let name = group::inline_name(owner, field);
        sent(source, types, &name, &docs::field(field), &field.fields, &field.groups);
    }
}

pub(crate) fn constructor(source: &mut Source, arguments: &[group::Argument], name: &str, doc: &str, of: &str) {
    let docs: Vec<&str> = arguments.iter().map(|argument| argument.doc.as_str()).collect();
    source.doc(&if docs.is_empty() { doc.to_owned() } else { format!("{doc}\n\n{}", docs.join("\n")) });
    let declarations: Vec<&str> = arguments.iter().map(|argument| argument.declaration.as_str()).collect();
    source.line(&format!("pub fn {name}({}) -> {of} {{", declarations.join(", ")));
    body(source, arguments, of);
    source.line("}");
    source.blank();
}

pub(crate) fn body(source: &mut Source, arguments: &[group::Argument], of: &str) {
    source.indented(|source| {
        if arguments.is_empty() {
            source.line(&format!("{of}(Params::new())"));
            return;
        }
        source.line("let mut params = Params::new();");
        for argument in arguments {
            source.line(&argument.statement);
        }
        source.line(&format!("{of}(params)"));
    });
}

pub(crate) fn setters(source: &mut Source, types: &RustTypes<'_>, owner: &str, fields: &[Field], groups: &[Group]) {
    for (field, name) in names::of_fields(fields).filter(|(field, _)| docs::is_setter(field, groups)) {
        let inline = group::inline_name(owner, field);
        if !types.options.allows(field.since.as_ref()) {
            continue;
        }
        let argument = types.argument(&field.ty, &inline);
        source.doc(&docs::field(field));
        if let Some(day) = &field.ends {
            source.line(&format!("#[deprecated = \"portals take it until {day}\"]"));
        }
        source.line(&format!("pub fn {name}(mut self, value: {argument}) -> Self {{"));
        source.line(&format!("    self.0.set(\"{}\", {});", field.name, types.sent(field, &inline, "value")));
        source.line("    self\n}");
        source.blank();
    }
}

/// An object that is read.
pub(crate) fn read(source: &mut Source, types: &RustTypes<'_>, name: &str, doc: &str, fields: &[Field]) {
    let fields: Vec<(&Field, String)> = names::of_fields(fields).filter(|(field, _)| field.copy_of.is_none()).collect();
    source.doc(doc);
    source.line("#[derive(Debug, Clone, PartialEq)]");
    if fields.is_empty() {
        source.line(&format!("pub struct {name} {{}}"));
        source.blank();
        source.line(&format!("impl FromNode for {name} {{"));
        source.line("    fn from_node(_: Node<'_>) -> Result<Self, DecodeError> {");
        source.line("        Ok(Self {})\n    }\n}");
        source.blank();
        return;
    }
    source.line(&format!("pub struct {name} {{"));
    source.indented(|source| {
        for (field, member) in &fields {
            source.doc(&docs::field(field));
            source.line(&format!("pub {member}: {},", member_type(types, name, field)));
        }
    });
    source.line("}");
    source.blank();
    source.line(&format!("impl FromNode for {name} {{"));
    source.line("    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {");
    source.line("        let object = node.object()?;");
    source.line("        Ok(Self {");
    for (field, member) in &fields {
        let reader = match (&field.ty, field.required) {
            (TypeExpr::List(_) | TypeExpr::Map(..), _) => "collect",
            (TypeExpr::Optional(_), _) | (_, false) => "get",
            _ => "need",
        };
        // The spelling that is there counts.
        let object = if field.aliases.is_empty() {
            "object".to_owned()
        } else {
            format!("object.spelled(&{:?})", field.aliases)
        };
        source.line(&format!("            {member}: {object}.{reader}(\"{}\")?,", field.name));
    }
    source.line("        })\n    }\n");
    source.line("    fn is_absent(node: Node<'_>) -> bool {");
    source.line("        node.is_no_object()\n    }\n}");
    source.blank();
    for (field, _) in fields.iter().filter(|(field, _)| !field.fields.is_empty()) {
        read(source, types, &group::inline_name(name, field), &docs::field(field), &field.fields);
    }
}

/// A list or map that is missing is empty; anything else that may be missing is an `Option`.
fn member_type(types: &RustTypes<'_>, owner: &str, field: &Field) -> String {
    let ty = types.read(&field.ty, &group::inline_name(owner, field));
    if types.is_boxed(&field.ty) {
        let inner = ty.trim_start_matches("Option<").trim_end_matches('>');
        return if field.required && !matches!(field.ty, TypeExpr::Optional(_)) {
            format!("Box<{inner}>")
        } else {
            format!("Option<Box<{inner}>>")
        };
    }
    match (&field.ty, field.required) {
        (TypeExpr::List(_) | TypeExpr::Map(..) | TypeExpr::Optional(_), _) | (_, true) => ty,
        _ => format!("Option<{ty}>"),
    }
}
