//! "Exactly one of these" → an enum, so that nothing else can be said.

use b24_spec::{Field, Group, Need, TypeExpr};

use super::{docs, source::Source};
use crate::{
    names,
    rust_type::{RustTypes, Way},
};

/// An argument of a constructor.
pub(crate) struct Argument {
    /// `dialog_id: impl Into<DialogId>`
    pub(crate) declaration: String,
    /// The statement that puts it into `params`.
    pub(crate) statement: String,
    /// "- `dialog_id`: `DIALOG_ID`: Where to send it."
    pub(crate) doc: String,
}

/// The constructor's arguments: choices first, then required fields, both in the order of the spec.
pub(crate) fn arguments(types: &RustTypes<'_>, owner: &str, fields: &[Field], groups: &[Group]) -> Vec<Argument> {
    let choices = groups.iter().enumerate().filter(|(_, group)| group.need == Need::One).map(|(index, group)| {
        let name = group.name.clone().unwrap_or_else(|| format!("choice{}", index + 1));
        let alternatives: Vec<String> = group
            .of
            .iter()
            .map(|names| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" with "))
            .collect();
        Argument {
            declaration: format!("{}: impl Into<{}>", names::snake(&name), enum_name(owner, group, index)),
            statement: format!("{}.into().put(&mut params);", names::snake(&name)),
            doc: format!("- `{name}`: {}.", alternatives.join(" or ")),
        }
    });
    let required = fields.iter().filter(|field| is_argument(field));
    let required = required.map(|field| {
        let name = names::snake(&field.name);
        let inline = inline_name(owner, field);
        Argument {
            declaration: format!("{name}: {}", types.argument(&field.ty, &inline)),
            statement: format!("params.set(\"{}\", {});", field.name, types.sent(field, &inline, &name)),
            doc: format!("- `{name}`: {}", docs::field(field)),
        }
    });
    choices.chain(required).collect()
}

/// Whether a field is an argument of the constructor.
pub(crate) fn is_argument(field: &Field) -> bool {
    field.required && field.inject.is_none() && !field.read_only
}

/// The struct of a nested object: the owner's name and the field's. An object of which nothing is told is any value.
pub(crate) fn inline_name(owner: &str, field: &Field) -> String {
    if field.fields.is_empty() {
        return "Value".to_owned();
    }
    format!("{owner}{}", names::pascal(&field.name))
}

pub(crate) fn enum_name(owner: &str, group: &Group, index: usize) -> String {
    let noun = group.name.as_deref().map_or_else(|| format!("Choice{}", index + 1), names::pascal);
    format!("{owner}{noun}")
}

/// The enums of the groups that need exactly one.
pub(crate) fn render(source: &mut Source, types: &RustTypes<'_>, owner: &str, fields: &[Field], groups: &[Group]) {
    for (index, group) in groups.iter().enumerate().filter(|(_, group)| group.need == Need::One) {
        let name = enum_name(owner, group, index);
        let alternatives: Vec<Vec<&Field>> = group
            .of
            .iter()
            .map(|names| names.iter().filter_map(|name| fields.iter().find(|field| field.name == *name)).collect())
            .filter(|of: &Vec<&Field>| of.iter().all(|field| types.options.allows(field.since.as_ref())))
            .collect();
        source.doc(&format!("The {} of [`{owner}`].", group.name.as_deref().unwrap_or("choice")));
        source.line("#[derive(Debug, Clone)]");
        source.line(&format!("pub enum {name} {{"));
        source.indented(|source| {
            for alternative in &alternatives {
                variant(source, types, owner, alternative);
            }
        });
        source.line("}");
        source.blank();
        source.line(&format!("impl {name} {{"));
        source.line("    fn put(self, params: &mut Params) {");
        source.line("        match self {");
        for alternative in &alternatives {
            put_arm(source, types, owner, alternative);
        }
        source.line("        }\n    }\n}");
        source.blank();
        conversions(source, types, &name, owner, &alternatives);
    }
}

pub(crate) fn variant_name(alternative: &[&Field]) -> String {
    alternative.iter().map(|field| names::pascal(&field.name)).collect::<Vec<_>>().join("And")
}

fn variant(source: &mut Source, types: &RustTypes<'_>, owner: &str, alternative: &[&Field]) {
    let read = |field: &Field| types.written(&field.ty, &inline_name(owner, field), Way::Sent);
    if let [field] = alternative {
        source.doc(&docs::field(field));
        source.line(&format!("{}({}),", variant_name(alternative), read(field)));
        return;
    }
    let names: Vec<String> = alternative.iter().map(|field| format!("`{}`", field.name)).collect();
    source.doc(&format!("{} together.", names.join(" and ")));
    source.line(&format!("{} {{", variant_name(alternative)));
    for field in alternative {
        source.indented(|source| {
            source.doc(&docs::field(field));
            source.line(&format!("{}: {},", names::snake(&field.name), read(field)));
        });
    }
    source.line("},");
}

fn put_arm(source: &mut Source, types: &RustTypes<'_>, owner: &str, alternative: &[&Field]) {
    let set = |field: &Field, name: &str| {
        // The enum holds the final type already.
        let sent = types.sent(field, &inline_name(owner, field), name).replace(".into()", "");
        format!("params.set(\"{}\", {sent})", field.name)
    };
    let variant = variant_name(alternative);
    if let [field] = alternative {
        source.line(&format!("            Self::{variant}(value) => {},", set(field, "value")));
        return;
    }
    let bound: Vec<String> = alternative.iter().map(|field| names::snake(&field.name)).collect();
    source.line(&format!("            Self::{variant} {{ {} }} => {{", bound.join(", ")));
    for (field, name) in alternative.iter().zip(&bound) {
        source.line(&format!("                {};", set(field, name)));
    }
    source.line("            }");
}

/// `From` for each alternative of one field whose type no other alternative has.
fn conversions(source: &mut Source, types: &RustTypes<'_>, name: &str, owner: &str, alternatives: &[Vec<&Field>]) {
    let single: Vec<(String, &Field)> = alternatives
        .iter()
        .filter_map(|alternative| match alternative.as_slice() {
            [field] => Some((types.written(&field.ty, &inline_name(owner, field), Way::Sent), *field)),
            _ => None,
        })
        .collect();
    for (ty, field) in &single {
        if single.iter().filter(|(other, _)| other == ty).count() > 1 {
            continue;
        }
        let variant = names::pascal(&field.name);
        let mut from = |ty: &str, value: &str| {
            source.line(&format!("impl From<{ty}> for {name} {{"));
            source.line(&format!("    fn from(value: {ty}) -> Self {{\n        Self::{variant}({value})\n    }}\n}}"));
            source.blank();
        };
        from(ty, "value");
        if matches!(field.ty, TypeExpr::String | TypeExpr::Url) {
            from("&str", "value.to_owned()");
        }
        if ty == "DialogId" {
            for part in ["UserId", "ChatId"] {
                if !single.iter().any(|(other, _)| other == part) {
                    from(part, "value.into()");
                }
            }
        }
    }
}
