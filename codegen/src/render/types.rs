//! The shared types: ids, enums and objects.

use b24_spec::{EnumValue, TypeDef, TypeExpr, TypeKind};

use super::{docs, object, source::Source, union};
use crate::{
    plan::Plan,
    rust_type::{RustTypes, Way},
};

pub(crate) fn file(mut source: Source, types: &RustTypes<'_>, plan: &Plan<'_>) -> String {
    source.line("use crate::generated::*;");
    source.blank();
    for def in plan.types(types.spec) {
        let doc = match &def.since {
            Some(since) => format!("{} Since {}.", def.doc, docs::revision(since)),
            None => def.doc.clone(),
        };
        match &def.kind {
            TypeKind::Id(of) => id(&mut source, def, &doc, of),
            TypeKind::Enum(values) => {
                let allowed = values.iter().filter(|value| types.options.allows(value.since.as_ref()));
                open_enum(&mut source, def, &doc, &allowed.collect::<Vec<_>>());
            }
            TypeKind::Object { fields, groups } => {
                if plan.read.contains(def.name.as_str()) {
                    object::read(&mut source, types, &def.name, &doc, fields);
                }
                if plan.sent.contains(def.name.as_str()) {
                    object::sent(&mut source, types, &types.named(&def.name, Way::Sent), &doc, fields, groups);
                }
            }
            TypeKind::Union(forms) => {
                if plan.read.contains(def.name.as_str()) {
                    union::render(&mut source, types, &def.name, &doc, forms, Way::Read);
                }
                if plan.sent.contains(def.name.as_str()) {
                    union::render(&mut source, types, &types.named(&def.name, Way::Sent), &doc, forms, Way::Sent);
                }
            }
            // Lists and tagged objects stand for themselves; the rest is written by hand.
            TypeKind::List(_) | TypeKind::Tagged(_) | TypeKind::Dialog => {}
        }
    }
    source.into_text()
}

fn id(source: &mut Source, def: &TypeDef, doc: &str, of: &TypeExpr) {
    let of = if *of == TypeExpr::Int { "i64" } else { "String" };
    source.line("id! {");
    source.indented(|source| {
        source.doc(doc);
        source.line(&format!("{}: {of}", def.name));
    });
    source.line("}");
    source.blank();
}

fn open_enum(source: &mut Source, def: &TypeDef, doc: &str, values: &[&EnumValue]) {
    source.line("open_enum! {");
    source.indented(|source| {
        source.doc(doc);
        source.line(&format!("{} {{", def.name));
        source.indented(|source| {
            for value in values {
                let since =
                    value.since.as_ref().map_or_else(String::new, |since| format!(" Since {}.", docs::revision(since)));
                source.doc(&format!("`{}`: {}{since}", value.value, value.doc));
                source.line(&format!("{} = \"{}\",", value.name, value.value));
            }
        });
        source.line("}");
    });
    source.line("}");
    source.blank();
    if values.iter().any(|value| value.color.is_some()) {
        source.line(&format!("impl {} {{", def.name));
        source.line("    /// The colour as `#rrggbb`, where it is known.");
        source.line("    pub fn hex(&self) -> Option<&'static str> {");
        source.line("        match self {");
        for value in values {
            if let Some(color) = &value.color {
                source.line(&format!("            Self::{} => Some(\"{color}\"),", value.name));
            }
        }
        source.line("            _ => None,\n        }\n    }\n}");
        source.blank();
    }
}
