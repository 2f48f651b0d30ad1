//! Whether answers and events are what the spec says. The clients are generated from the same spec, so what is wrong
//! here would be read wrongly there.

use b24_spec::{Event, Field, Method, Spec, TypeExpr, TypeKind};
use serde_json::{Map, Value};

use crate::state::State;

/// Where an answer differs from the spec and how, if it does.
pub(super) fn mismatch(spec: &Spec, method: &Method, result: &Value) -> Option<String> {
    Conformity { spec }.field(&method.result, result, "result").err()
}

/// The same of the `data` of an event.
fn event_mismatch(spec: &Spec, event: &Event, data: &Value) -> Option<String> {
    if event.data.is_empty() && !data.is_object() {
        return None; // its rules tell what it is
    }
    object(data, "data").and_then(|data| Conformity { spec }.members(&event.data, data, "data")).err()
}

impl State {
    /// Remembers what of an event is not what the spec says.
    pub(crate) fn check_event(&mut self, name: &str, data: &Value) {
        let Some(event) = self.spec.events.get(name) else { return };
        if let Some(mismatch) = event_mismatch(&self.spec, event, data) {
            tracing::error!(event = name, mismatch, "the portal's event is not what the spec says");
            self.mismatches.push(format!("{name}: {mismatch}"));
        }
    }
}

struct Conformity<'a> {
    spec: &'a Spec,
}

type Checked = Result<(), String>;

impl Conformity<'_> {
    fn field(&self, field: &Field, value: &Value, path: &str) -> Checked {
        if field.fields.is_empty() {
            return self.value(&field.ty, value, path);
        }
        match (inner(&field.ty), value) {
            (TypeExpr::List(_), Value::Array(items)) => {
                each(items, path, |item, path| self.members(&field.fields, object(item, path)?, path))
            }
            (TypeExpr::Map(..), Value::Object(members)) => members.iter().try_for_each(|(key, member)| {
                let path = format!("{path}.{key}");
                self.members(&field.fields, object(member, &path)?, &path)
            }),
            // PHP has one kind of array: an empty one is a list.
            (TypeExpr::Map(..), Value::Array(items)) if items.is_empty() => Ok(()),
            (TypeExpr::Map(..) | TypeExpr::List(_), _) => wrong("a list or a map", value, path),
            (_, value) if is_absent(value) && is_optional(&field.ty) => Ok(()),
            (_, value) => self.members(&field.fields, object(value, path)?, path),
        }
    }

    fn members(&self, fields: &[Field], given: &Map<String, Value>, path: &str) -> Checked {
        let named = |name: &str| {
            fields.iter().find(|field| field.name == name || field.aliases.iter().any(|alias| alias == name))
        };
        for (name, value) in given {
            let path = format!("{path}.{name}");
            match named(name) {
                // A field that the portal has added itself.
                None if name.starts_with("UF_USR_") => {}
                None => return Err(format!("{path} is not in the spec")),
                // Nearly everything may be null, false or empty where there is nothing to tell.
                Some(field) if !field.required && is_absent(value) => {}
                Some(field) => self.field(field, value, &path)?,
            }
        }
        match fields.iter().find(|field| field.required && !given.contains_key(&field.name)) {
            Some(missing) => Err(format!("{path}.{} is always there, the spec says", missing.name)),
            None => Ok(()),
        }
    }

    fn value(&self, ty: &TypeExpr, value: &Value, path: &str) -> Checked {
        match ty {
            TypeExpr::Any => Ok(()),
            TypeExpr::Optional(inner) if is_absent(value) || self.value(inner, value, path).is_ok() => Ok(()),
            TypeExpr::Optional(inner) => self.value(inner, value, path),
            TypeExpr::Int if is_whole(value) => Ok(()),
            TypeExpr::Float if value.is_number() || text_is(value, |text| text.parse::<f64>().is_ok()) => Ok(()),
            TypeExpr::Bool | TypeExpr::YesNo if is_flag(value) => Ok(()),
            TypeExpr::DateTime if text_is(value, |text| text.parse::<jiff::Timestamp>().is_ok()) => Ok(()),
            TypeExpr::Date if text_is(value, |text| text.parse::<jiff::civil::Date>().is_ok()) => Ok(()),
            TypeExpr::String | TypeExpr::Secret | TypeExpr::Url | TypeExpr::Base64
                if value.is_string() || value.is_number() =>
            {
                Ok(())
            }
            TypeExpr::Object => object(value, path).map(drop),
            TypeExpr::List(inner) => match value {
                Value::Array(items) => each(items, path, |item, path| self.value(inner, item, path)),
                // A list that PHP keyed by ids.
                Value::Object(members) if members.keys().all(|key| key.parse::<u64>().is_ok()) => {
                    members.iter().try_for_each(|(key, member)| self.value(inner, member, &format!("{path}.{key}")))
                }
                _ => wrong("a list", value, path),
            },
            TypeExpr::Map(_, inner) => match value {
                Value::Object(members) => {
                    members.iter().try_for_each(|(key, member)| self.value(inner, member, &format!("{path}.{key}")))
                }
                // Keys that count up from zero make a list of it.
                Value::Array(items) => each(items, path, |item, path| self.value(inner, item, path)),
                _ => wrong("a map", value, path),
            },
            TypeExpr::Named(name) => match self.spec.types.get(name) {
                Some(ty) => self.kind(&ty.kind, value, path),
                None => Ok(()),
            },
            _ => wrong(&format!("{ty:?}"), value, path),
        }
    }

    fn kind(&self, kind: &TypeKind, value: &Value, path: &str) -> Checked {
        match kind {
            TypeKind::Id(TypeExpr::Int) => self.value(&TypeExpr::Int, value, path),
            TypeKind::Id(_) | TypeKind::Enum(_) | TypeKind::Dialog => self.value(&TypeExpr::String, value, path),
            TypeKind::Object { fields, .. } => self.members(fields, object(value, path)?, path),
            TypeKind::List(inner) => self.value(&TypeExpr::List(Box::new(inner.clone())), value, path),
            TypeKind::Union(forms) if forms.iter().any(|form| self.value(form, value, path).is_ok()) => Ok(()),
            TypeKind::Union(_) => wrong("one of the forms of the union", value, path),
            TypeKind::Tagged(tags) => {
                object(value, path)?.iter().try_for_each(|(key, value)| match tags.iter().find(|tag| tag.key == *key) {
                    Some(tag) => self.value(&tag.ty, value, &format!("{path}.{key}")),
                    None => Err(format!("{path}.{key} is not in the spec")),
                })
            }
        }
    }
}

fn inner(ty: &TypeExpr) -> &TypeExpr {
    match ty {
        TypeExpr::Optional(inner) => inner,
        other => other,
    }
}

fn is_optional(ty: &TypeExpr) -> bool {
    matches!(ty, TypeExpr::Optional(_))
}

fn each(items: &[Value], path: &str, check: impl Fn(&Value, &str) -> Checked) -> Checked {
    items.iter().enumerate().try_for_each(|(index, item)| check(item, &format!("{path}[{index}]")))
}

fn wrong<T>(wanted: &str, value: &Value, path: &str) -> Result<T, String> {
    Err(format!("{path} should be {wanted}, not {value}"))
}

/// An object; an empty one may have become a list on its way through PHP.
fn object<'a>(value: &'a Value, path: &str) -> Result<&'a Map<String, Value>, String> {
    static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    match value {
        Value::Object(members) => Ok(members),
        Value::Array(items) if items.is_empty() => Ok(&EMPTY),
        _ => wrong("an object", value, path),
    }
}

fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn is_whole(value: &Value) -> bool {
    value.is_i64() || value.is_u64() || text_is(value, |text| text.parse::<i64>().is_ok())
}

fn is_flag(value: &Value) -> bool {
    value.is_boolean()
        || matches!(value.as_i64(), Some(0 | 1))
        || text_is(value, |text| ["Y", "N", "1", "0", ""].contains(&text))
}

fn text_is(value: &Value, is: impl Fn(&str) -> bool) -> bool {
    value.as_str().is_some_and(is)
}
