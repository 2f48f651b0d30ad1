//! Spec types → Rust types.

use std::collections::BTreeSet;

use b24_spec::{Field, Spec, TypeExpr, TypeKind};

use crate::Options;

/// How a type of the spec is written in the generated code.
pub(crate) struct RustTypes<'a> {
    pub(crate) spec: &'a Spec,
    pub(crate) options: &'a Options,
    /// Objects and unions that are both sent and read: what is sent has a type of its own.
    pub(crate) two_way: BTreeSet<&'a str>,
    /// Objects that hold themselves, and so need a box.
    pub(crate) recursive: BTreeSet<&'a str>,
}

/// Which way a value goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Sent,
    Read,
}

impl RustTypes<'_> {
    /// The type of a value that is read. `inline` names the struct of a nested object.
    pub(crate) fn read(&self, ty: &TypeExpr, inline: &str) -> String {
        self.written(ty, inline, Way::Read)
    }

    pub(crate) fn written(&self, ty: &TypeExpr, inline: &str, way: Way) -> String {
        match ty {
            TypeExpr::List(inner) => format!("Vec<{}>", self.written(inner, inline, way)),
            TypeExpr::Map(key, value) => {
                format!("BTreeMap<{}, {}>", self.written(key, inline, way), self.written(value, inline, way))
            }
            TypeExpr::Optional(inner) => format!("Option<{}>", self.written(inner, inline, way)),
            scalar => self.scalar(scalar, inline, way),
        }
    }

    fn scalar(&self, ty: &TypeExpr, inline: &str, way: Way) -> String {
        match ty {
            TypeExpr::Int => "i64",
            TypeExpr::Float => "f64",
            TypeExpr::Bool | TypeExpr::YesNo => "bool",
            TypeExpr::Date => "Date",
            TypeExpr::DateTime => "DateTime",
            TypeExpr::Base64 => "Base64",
            TypeExpr::Secret => "Secret",
            TypeExpr::Any => "Value",
            TypeExpr::Object => inline,
            TypeExpr::Named(name) => return self.named(name, way),
            _ => "String",
        }
        .to_owned()
    }

    /// The name of a shared type: what is sent of a type that goes both ways is its `Input`.
    pub(crate) fn named(&self, name: &str, way: Way) -> String {
        let def = &self.spec.types[name];
        match &def.kind {
            TypeKind::List(of) if !def.by_hand => format!("Vec<{}>", self.written(of, name, way)),
            TypeKind::Tagged(_) if !def.by_hand => "Value".to_owned(),
            _ if way == Way::Sent && self.two_way.contains(name) => format!("{name}Input"),
            _ => name.to_owned(),
        }
    }

    /// Whether a member of an object needs a box: its type holds itself.
    pub(crate) fn is_boxed(&self, ty: &TypeExpr) -> bool {
        match ty {
            TypeExpr::Optional(inner) => self.is_boxed(inner),
            TypeExpr::Named(name) => self.recursive.contains(name.as_str()),
            _ => false,
        }
    }

    /// The type of an argument that is sent, as generous as it can be.
    pub(crate) fn argument(&self, ty: &TypeExpr, inline: &str) -> String {
        match ty {
            TypeExpr::Int
            | TypeExpr::Float
            | TypeExpr::Bool
            | TypeExpr::YesNo
            | TypeExpr::Date
            | TypeExpr::DateTime
            | TypeExpr::Base64 => self.scalar(ty, inline, Way::Sent),
            TypeExpr::Named(name) if matches!(self.spec.types[name].kind, TypeKind::Enum(_)) => name.clone(),
            TypeExpr::List(inner) => format!("impl IntoIterator<Item = {}>", self.argument(inner, inline)),
            TypeExpr::Map(..) => "impl Into<Value>".to_owned(),
            TypeExpr::Optional(inner) => self.argument(inner, inline),
            other => format!("impl Into<{}>", self.written(other, inline, Way::Sent)),
        }
    }

    /// The expression that makes the sent value of a field out of an argument called `name`. `inline` names the struct
    /// of a nested object.
    pub(crate) fn sent(&self, field: &Field, inline: &str, name: &str) -> String {
        if field.send_yes_no { format!("yes_no({name})") } else { self.sent_as(&field.ty, inline, name) }
    }

    fn sent_as(&self, ty: &TypeExpr, inline: &str, name: &str) -> String {
        match ty {
            TypeExpr::YesNo => format!("yes_no({name})"),
            TypeExpr::Int
            | TypeExpr::Float
            | TypeExpr::Bool
            | TypeExpr::Date
            | TypeExpr::DateTime
            | TypeExpr::Base64 => name.to_owned(),
            TypeExpr::Named(of) if matches!(self.spec.types[of].kind, TypeKind::Enum(_)) => name.to_owned(),
            TypeExpr::List(inner) => {
                let item = self.sent_as(inner, inline, "item");
                if item == "item" {
                    format!("{name}.into_iter().collect::<Vec<_>>()")
                } else {
                    let of = self.written(inner, inline, Way::Sent);
                    match item.as_str() {
                        "item.into()" => format!("{name}.into_iter().map(Into::into).collect::<Vec<{of}>>()"),
                        _ => format!("{name}.into_iter().map(|item| {item}).collect::<Vec<_>>()"),
                    }
                }
            }
            TypeExpr::Optional(inner) => self.sent_as(inner, inline, name),
            _ => format!("{name}.into()"),
        }
    }
}
