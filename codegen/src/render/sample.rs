//! A call of every method with every parameter set, for tests that hold the bindings against the spec.

use b24_spec::{Field, Group, Limit, Method, Need, TypeExpr, TypeKind};

use super::{docs, group, source::Source};
use crate::{
    names,
    plan::Plan,
    rust_type::{RustTypes, Way},
};

pub(crate) fn file(mut source: Source, types: &RustTypes<'_>, plan: &Plan<'_>) -> String {
    source.line("use super::Sample;");
    source.line("use crate::{generated::*, request::Request};");
    source.blank();
    source.line("/// A call of each method.");
    source.line("pub static SAMPLES: &[(&str, Sample)] = &[");
    plan.each(&mut |path, method| {
        if types.options.allows(method.since.as_ref()) {
            let call = Sample { types, path }.call(method);
            source.line(&format!("    ({:?}, || {call}.into_params()),", method.name));
        }
    });
    source.line("];");
    source.into_text()
}

/// How deep objects inside objects are filled.
const DEPTH: usize = 3;

struct Sample<'a> {
    types: &'a RustTypes<'a>,
    /// The module of the method, where the types of its own stand.
    path: &'a str,
}

impl Sample<'_> {
    fn call(&self, method: &Method) -> String {
        let name = names::pascal(docs::last(&method.name));
        let function = names::snake(docs::last(&method.name));
        let arguments = self.arguments(&name, true, &method.params, &method.groups, DEPTH);
        let setters = self.setters(&name, true, &method.params, &method.groups, DEPTH);
        format!("{}::{function}({arguments}){setters}", self.path)
    }

    /// What `owner`, which stands beside the method or among the shared types, is made with.
    fn arguments(&self, owner: &str, is_local: bool, fields: &[Field], groups: &[Group], depth: usize) -> String {
        let choices = groups.iter().enumerate().filter(|(_, group)| group.need == Need::One).map(|(index, group)| {
            let of: Vec<&Field> =
                group.of[0].iter().filter_map(|name| fields.iter().find(|field| field.name == *name)).collect();
            let choice = format!("{}::{}", self.place(is_local), group::enum_name(owner, group, index));
            if let [field] = of.as_slice() {
                format!("{choice}::{}({})", group::variant_name(&of), self.exact(owner, is_local, field, depth))
            } else {
                let member = |field: &&Field| {
                    format!("{}: {}", names::snake(&field.name), self.exact(owner, is_local, field, depth))
                };
                let members: Vec<String> = of.iter().map(member).collect();
                format!("{choice}::{} {{ {} }}", group::variant_name(&of), members.join(", "))
            }
        });
        let required = fields.iter().filter(|field| group::is_argument(field));
        let required = required.map(|field| self.loose(owner, is_local, field, depth));
        choices.chain(required).collect::<Vec<_>>().join(", ")
    }

    fn setters(&self, owner: &str, is_local: bool, fields: &[Field], groups: &[Group], depth: usize) -> String {
        let mut text = String::new();
        for (field, name) in names::of_fields(fields) {
            let is_hand = matches!(field.ty.innermost(), TypeExpr::Named(name) if self.types.spec.types[name].by_hand
                && !matches!(self.types.spec.types[name].kind, TypeKind::Dialog));
            let is_deep = depth == 0 && !field.fields.is_empty();
            if docs::is_setter(field, groups) && !is_hand && !is_deep && self.types.options.allows(field.since.as_ref())
            {
                text += &format!(".{name}({})", self.loose(owner, is_local, field, depth));
            }
        }
        text
    }

    fn place(&self, is_local: bool) -> &str {
        if is_local { self.path } else { "crate::types" }
    }

    /// A value for an argument.
    fn loose(&self, owner: &str, is_local: bool, field: &Field, depth: usize) -> String {
        self.value(&field.ty, owner, is_local, field, depth, false)
    }

    /// A value of exactly the type that is sent.
    fn exact(&self, owner: &str, is_local: bool, field: &Field, depth: usize) -> String {
        self.value(&field.ty, owner, is_local, field, depth, true)
    }

    fn value(&self, ty: &TypeExpr, owner: &str, is_local: bool, field: &Field, depth: usize, is_exact: bool) -> String {
        let text = |text: &str| if is_exact { format!("String::from({text:?})") } else { format!("{text:?}") };
        match ty {
            TypeExpr::String => text(&words(field.limit.as_ref())),
            TypeExpr::Secret => format!("crate::types::Secret::from({:?})", "text"),
            TypeExpr::Url => text("https://example.com/"),
            TypeExpr::Int => number(field.limit.as_ref()).to_string(),
            TypeExpr::Float => "1.5".to_owned(),
            TypeExpr::Bool | TypeExpr::YesNo => "true".to_owned(),
            TypeExpr::Date => "Date::constant(2026, 1, 2)".to_owned(),
            TypeExpr::DateTime => "DateTime::UNIX_EPOCH".to_owned(),
            TypeExpr::Base64 => "Base64::encode(\"file\")".to_owned(),
            TypeExpr::Any => "Value::from(\"any\")".to_owned(),
            TypeExpr::Object if field.fields.is_empty() => "serde_json::json!({\"key\": \"value\"})".to_owned(),
            TypeExpr::Object => {
                self.object(&group::inline_name(owner, field), is_local, &field.fields, &field.groups, depth)
            }
            TypeExpr::Map(_, value) => match self.word(value) {
                Some(word) => format!("serde_json::json!({{\"7\": {word:?}}})"),
                None => "serde_json::json!({})".to_owned(),
            },
            TypeExpr::Optional(inner) => self.value(inner, owner, is_local, field, depth, is_exact),
            TypeExpr::List(inner) => {
                let item = self.value(inner, owner, is_local, field, depth, is_exact);
                if is_exact { format!("vec![{item}]") } else { format!("[{item}]") }
            }
            TypeExpr::Named(name) => self.named(name, field, depth, is_exact),
        }
    }

    fn named(&self, name: &str, field: &Field, depth: usize, is_exact: bool) -> String {
        let def = &self.types.spec.types[name];
        match &def.kind {
            TypeKind::Id(of) if *of == TypeExpr::Int => format!("{name}(7)"),
            TypeKind::Id(_) => format!("{name}::from(\"text\")"),
            TypeKind::Enum(values) => format!("{name}::{}", values[0].name),
            TypeKind::Dialog => "DialogId::User(UserId(7))".to_owned(),
            TypeKind::Object { fields, groups } => {
                self.object(&self.types.named(name, Way::Sent), false, fields, groups, depth)
            }
            TypeKind::List(of) => format!("vec![{}]", self.value(of, name, false, field, depth, true)),
            TypeKind::Union(forms) => {
                let form = self.value(&forms[0], name, false, field, depth, true);
                if is_exact { form + ".into()" } else { form }
            }
            TypeKind::Tagged(_) => "serde_json::json!({})".to_owned(),
        }
    }

    /// A word that stands for a scalar of this type.
    fn word(&self, ty: &TypeExpr) -> Option<String> {
        match ty {
            TypeExpr::Object | TypeExpr::List(_) | TypeExpr::Map(..) => None,
            TypeExpr::Optional(inner) => self.word(inner),
            TypeExpr::Named(name) => match &self.types.spec.types[name].kind {
                TypeKind::Enum(values) => Some(values[0].value.clone()),
                TypeKind::Id(_) | TypeKind::Dialog => Some("7".to_owned()),
                _ => None,
            },
            _ => Some("7".to_owned()),
        }
    }

    fn object(&self, name: &str, is_local: bool, fields: &[Field], groups: &[Group], depth: usize) -> String {
        let depth = depth.saturating_sub(1);
        let arguments = self.arguments(name, is_local, fields, groups, depth);
        let setters = if depth == 0 { String::new() } else { self.setters(name, is_local, fields, groups, depth) };
        format!("{}::{name}::new({arguments}){setters}", self.place(is_local))
    }
}

/// Text that is neither too short nor too long.
fn words(limit: Option<&Limit>) -> String {
    let least = limit.and_then(|limit| limit.min_chars).unwrap_or_default().max(4);
    let most = limit.and_then(|limit| limit.chars).unwrap_or(u32::MAX);
    "text".repeat(least.div_ceil(4) as usize).chars().take(most as usize).collect()
}

fn number(limit: Option<&Limit>) -> i64 {
    let (least, most) = limit.map_or((None, None), |limit| (limit.min, limit.max));
    7.max(least.unwrap_or(7)).min(most.unwrap_or(i64::MAX))
}
