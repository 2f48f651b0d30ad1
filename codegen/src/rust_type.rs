//! Spec types → Rust types.

use b24_spec::{Spec, TypeExpr, TypeKind};

/// How a type of the spec is written in the generated code.
pub(crate) struct RustTypes<'a> {
    pub(crate) spec: &'a Spec,
}

impl RustTypes<'_> {
    /// The type of a value that is read. `inline` names the struct of a nested object.
    pub(crate) fn read(&self, ty: &TypeExpr, inline: &str) -> String {
        match ty {
            TypeExpr::List(inner) => format!("Vec<{}>", self.read(inner, inline)),
            TypeExpr::Map(key, value) => format!("BTreeMap<{}, {}>", self.read(key, inline), self.read(value, inline)),
            TypeExpr::Optional(inner) => format!("Option<{}>", self.read(inner, inline)),
            scalar => self.scalar(scalar, inline),
        }
    }

    fn scalar(&self, ty: &TypeExpr, inline: &str) -> String {
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
            TypeExpr::Named(name) => return self.named(name),
            _ => "String",
        }
        .to_owned()
    }

    fn named(&self, name: &str) -> String {
        let def = &self.spec.types[name];
        match &def.kind {
            TypeKind::List(of) if !def.by_hand => format!("Vec<{}>", self.read(of, name)),
            _ => name.to_owned(),
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
            | TypeExpr::Base64 => self.scalar(ty, inline),
            TypeExpr::Named(name) if matches!(self.spec.types[name].kind, TypeKind::Enum(_)) => name.clone(),
            TypeExpr::List(inner) => format!("impl IntoIterator<Item = {}>", self.argument(inner, inline)),
            TypeExpr::Map(..) => "impl Into<Value>".to_owned(),
            TypeExpr::Optional(inner) => self.argument(inner, inline),
            other => format!("impl Into<{}>", self.read(other, inline)),
        }
    }

    /// The expression that makes the sent value of an argument called `name`. `inline` names the struct of a nested
    /// object.
    pub(crate) fn sent(&self, ty: &TypeExpr, inline: &str, name: &str) -> String {
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
                let item = self.sent(inner, inline, "item");
                if item == "item" {
                    format!("{name}.into_iter().collect::<Vec<_>>()")
                } else {
                    let of = self.read(inner, inline);
                    match item.as_str() {
                        "item.into()" => format!("{name}.into_iter().map(Into::into).collect::<Vec<{of}>>()"),
                        _ => format!("{name}.into_iter().map(|item| {item}).collect::<Vec<_>>()"),
                    }
                }
            }
            TypeExpr::Optional(inner) => self.sent(inner, inline, name),
            _ => format!("{name}.into()"),
        }
    }
}
