//! Values as the types of the spec want them. Portals are loose about scalars and strict about objects.

use b24_spec::{Field, Tag, TypeDef, TypeExpr, TypeKind};
use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::{Timestamp, civil};
use serde_json::{Map, Value};

use super::validate::{Check, Fault, fits, join, written_size};
use crate::ids::Dialog;

impl Check<'_> {
    /// A value of an object type that is spelled out where it is used.
    pub(super) fn nested(&self, field: &Field, value: Value, path: &str) -> Result<Value, Fault> {
        let one = |value: Value, path: &str| match value {
            Value::Object(object) => {
                self.expects(&field.fields, &object, path)?;
                self.members(&field.fields, &field.groups, object, path).map(Value::Object)
            }
            _ => Err(Fault::invalid(path, format!("{path} must be an object"))),
        };
        match &field.ty {
            TypeExpr::List(_) => each(list(value, path)?, path, one),
            TypeExpr::Map(..) => each_member(value, path, one),
            _ => one(value, path),
        }
    }

    pub(super) fn value(&self, ty: &TypeExpr, value: Value, path: &str) -> Result<Value, Fault> {
        let wrong = |what: &str| Fault::invalid(path, format!("{path} must be {what}"));
        match ty {
            TypeExpr::String | TypeExpr::Secret => text(&value).map(Value::String).ok_or_else(|| wrong("text")),
            TypeExpr::Int => whole(&value).map(Value::from).ok_or_else(|| wrong("a whole number")),
            TypeExpr::Float => {
                let number = text(&value).and_then(|text| text.trim().parse::<f64>().ok());
                number.map(Value::from).ok_or_else(|| wrong("a number"))
            }
            TypeExpr::Bool => flag(&value).map(Value::Bool).ok_or_else(|| wrong("true or false")),
            TypeExpr::YesNo => {
                flag(&value).map(|flag| if flag { "Y" } else { "N" }.into()).ok_or_else(|| wrong("Y or N"))
            }
            TypeExpr::Date => {
                valid(value, |text| text.parse::<civil::Date>().is_ok()).ok_or_else(|| wrong("YYYY-MM-DD"))
            }
            TypeExpr::DateTime => valid(value, is_date_time).ok_or_else(|| wrong("a date and time in ISO 8601")),
            // Portals store whatever they are given as a website or a photo, unless a code says otherwise.
            TypeExpr::Url if !self.is_refused(path) => self.value(&TypeExpr::String, value, path),
            TypeExpr::Url => valid(value, is_url).ok_or_else(|| wrong("a web address")),
            TypeExpr::Base64 if !self.is_refused(path) => Ok(base64(value).unwrap_or_default()),
            TypeExpr::Base64 => base64(value).ok_or_else(|| wrong("Base64")),
            TypeExpr::Any => Ok(value),
            TypeExpr::Object if value.is_object() => Ok(value),
            TypeExpr::Object => Err(wrong("an object")),
            // What holds texts may come as one text: portals read both.
            TypeExpr::List(inner) if **inner == TypeExpr::String && value.is_string() => Ok(Value::Array(vec![value])),
            TypeExpr::List(inner) => each(list(value, path)?, path, |item, path| self.value(inner, item, path)),
            TypeExpr::Map(_, inner) => each_member(value, path, |item, path| self.value(inner, item, path)),
            TypeExpr::Optional(_) if value.is_null() => Ok(value),
            TypeExpr::Optional(inner) => self.value(inner, value, path),
            TypeExpr::Named(name) => match self.spec.types.get(name) {
                Some(ty) => self.named(ty, value, path),
                None => Ok(value),
            },
        }
    }

    fn named(&self, ty: &TypeDef, value: Value, path: &str) -> Result<Value, Fault> {
        if let Some(limit) = &ty.limit {
            fits(limit, written_size(&value), &value, path)?;
        }
        self.shaped(ty, value, path)
    }

    /// A value of a type of the spec, whatever its size.
    pub(super) fn shaped(&self, ty: &TypeDef, value: Value, path: &str) -> Result<Value, Fault> {
        let wrong = |what: &str| Fault::invalid(path, format!("{path} must be {what}"));
        match &ty.kind {
            TypeKind::Id(TypeExpr::Int) => {
                let id = whole(&value).and_then(|id| u64::try_from(id).ok());
                id.map(Value::from).ok_or_else(|| wrong("an id"))
            }
            TypeKind::Id(_) => text(&value).map(Value::String).ok_or_else(|| wrong("an id")),
            TypeKind::Enum(values) => {
                let word = text(&value).ok_or_else(|| wrong("a word"))?;
                let known = values.iter().filter(|value| self.revisions.reach(value.since.as_ref()));
                let mut known = known.map(|value| value.value.as_str());
                match known.clone().find(|known| known.eq_ignore_ascii_case(&word)) {
                    Some(known) => Ok(known.into()),
                    None if self.is_refused(path) => {
                        let words = known.by_ref().collect::<Vec<_>>().join(", ");
                        Err(wrong(&format!("one of {words}, not {word:?}")))
                    }
                    None => Ok(word.into()),
                }
            }
            TypeKind::Object { fields, groups } => match value {
                Value::Object(object) => self.members(fields, groups, object, path).map(Value::Object),
                _ => Err(wrong("an object")),
            },
            TypeKind::List(inner) => {
                let Some(value) = unpacked(value) else { return Ok(Value::Null) };
                let bot = value.get("BOT_ID").and_then(whole);
                let list = each(list(unwrapped(value), path)?, path, |item, path| self.value(inner, item, path))?;
                Ok(match bot {
                    Some(bot) => of_bot(list, bot),
                    None => list,
                })
            }
            TypeKind::Union(forms) => {
                let Some(value) = unpacked(value) else { return Ok(Value::Null) };
                self.form(forms, &value, path)
            }
            TypeKind::Tagged(tags) => self.tagged(tags, value, path),
            TypeKind::Dialog => {
                let dialog = text(&value).and_then(|text| text.parse::<Dialog>().ok());
                dialog
                    .map(|dialog| dialog.to_string().into())
                    .ok_or_else(|| wrong("the id of a user or chat and an id"))
            }
        }
    }

    /// The first form that fits; the fault of the one that looks most like the value, if none does. Of several kinds of
    /// objects only those count that know the most of its members.
    fn form(&self, forms: &[TypeExpr], value: &Value, path: &str) -> Result<Value, Fault> {
        let is_like = |form: &TypeExpr| matches!(form, TypeExpr::List(_)) == value.is_array();
        let known = |form: &TypeExpr| self.members_of(form).map(|fields| how_many_known(fields, value));
        let most = forms.iter().filter_map(known).max();
        let mut fault = Fault::invalid(path, format!("{path} fits none of its forms"));
        for form in forms.iter().filter(|form| known(form).is_none() || known(form) == most) {
            match self.value(form, value.clone(), path) {
                Ok(value) => return Ok(value),
                Err(found) if is_like(form) => fault = found,
                Err(_) => {}
            }
        }
        Err(fault)
    }

    fn members_of(&self, form: &TypeExpr) -> Option<&[Field]> {
        let TypeExpr::Named(name) = form else { return None };
        match &self.spec.types.get(name)?.kind {
            TypeKind::Object { fields, .. } => Some(fields),
            _ => None,
        }
    }

    fn tagged(&self, tags: &[Tag], value: Value, path: &str) -> Result<Value, Fault> {
        let words = || tags.iter().map(|tag| tag.key.as_str()).collect::<Vec<_>>().join(", ");
        let wrong = || Fault::invalid(path, format!("{path} must have exactly one of {}", words()));
        let Value::Object(object) = value else { return Err(wrong()) };
        let mut members = object.into_iter();
        let (Some((key, value)), None) = (members.next(), members.next()) else { return Err(wrong()) };
        let tag = tags.iter().find(|tag| tag.key.eq_ignore_ascii_case(&key)).ok_or_else(wrong)?;
        let value = self.value(&tag.ty, value, &join(path, &tag.key))?;
        Ok(Value::Object(Map::from_iter([(tag.key.clone(), value)])))
    }
}

fn how_many_known(fields: &[Field], value: &Value) -> usize {
    let is_known = |name: &&String| fields.iter().any(|field| field.name.eq_ignore_ascii_case(name));
    value.as_object().map_or(0, |members| members.keys().filter(is_known).count())
}

fn each(
    items: Vec<Value>,
    path: &str,
    mut check: impl FnMut(Value, &str) -> Result<Value, Fault>,
) -> Result<Value, Fault> {
    let item = |(index, item): (usize, Value)| check(item, &join(path, &index.to_string()));
    items.into_iter().enumerate().map(item).collect::<Result<_, _>>().map(Value::Array)
}

fn each_member(
    value: Value,
    path: &str,
    mut check: impl FnMut(Value, &str) -> Result<Value, Fault>,
) -> Result<Value, Fault> {
    let Value::Object(object) = value else {
        return Err(Fault::invalid(path, format!("{path} must be an object")));
    };
    let member = |(key, value): (String, Value)| check(value, &join(path, &key)).map(|value| (key, value));
    object.into_iter().map(member).collect::<Result<_, _>>().map(Value::Object)
}

/// A list, also one that PHP wrote as an object because a number was left out, and one in JSON text.
fn list(value: Value, path: &str) -> Result<Vec<Value>, Fault> {
    let value = match value {
        Value::String(text) if text.trim().starts_with('[') => serde_json::from_str(&text).unwrap_or(text.into()),
        value => value,
    };
    match value {
        Value::Array(items) => Ok(items),
        Value::Object(object) if object.keys().all(|key| key.parse::<u64>().is_ok()) => {
            Ok(object.into_iter().map(|(_, value)| value).collect())
        }
        _ => Err(Fault::invalid(path, format!("{path} must be a list"))),
    }
}

/// What is attached to a message may be written as JSON text; `N` takes it off.
fn unpacked(value: Value) -> Option<Value> {
    match value {
        Value::Bool(false) => None,
        Value::String(text) if text.trim() == "N" => None,
        Value::String(text) => Some(serde_json::from_str(&text).unwrap_or(Value::String(text))),
        value => Some(value),
    }
}

/// A list may stand under one key of its own: `{"BUTTONS": […]}`, `{"ITEMS": […]}`.
fn unwrapped(value: Value) -> Value {
    let only = |object: &Map<String, Value>| object.len() == 1;
    let list = value.as_object().and_then(|object| {
        let named = object.get("BUTTONS").or_else(|| object.get("ITEMS"));
        named.or_else(|| object.values().next().filter(|_| only(object)))
    });
    list.filter(|list| list.is_array()).cloned().unwrap_or(value)
}

/// A bot that was named beside the list belongs to each of its buttons.
fn of_bot(list: Value, bot: i64) -> Value {
    let Value::Array(mut items) = list else { return list };
    for item in items.iter_mut().filter_map(Value::as_object_mut) {
        item.insert("BOT_ID".to_owned(), bot.into());
    }
    Value::Array(items)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(if *flag { "1" } else { "" }.to_owned()),
        _ => None,
    }
}

fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn flag(value: &Value) -> Option<bool> {
    let text = text(value)?.trim().to_ascii_lowercase();
    match text.as_str() {
        "y" | "yes" | "1" | "true" => Some(true),
        "n" | "no" | "0" | "false" | "" => Some(false),
        _ => None,
    }
}

fn valid(value: Value, is_valid: fn(&str) -> bool) -> Option<Value> {
    value.as_str().is_some_and(|text| is_valid(text.trim())).then_some(value)
}

fn is_date_time(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok() || text.parse::<civil::DateTime>().is_ok()
}

/// An address with a host, or a path on the portal itself.
fn is_url(text: &str) -> bool {
    let has_host = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || c == '[');
    let is_path = text.starts_with('/') && !text.contains(char::is_whitespace);
    is_path || ["http://", "https://"].iter().any(|scheme| text.strip_prefix(scheme).is_some_and(has_host))
}

/// The Base64 alone: a data URL and a pair of a file's name and content hold it, too.
fn base64(value: Value) -> Option<Value> {
    let text = match value {
        Value::Array(mut pair) if pair.len() == 2 => pair.pop()?.as_str()?.to_owned(),
        value => value.as_str()?.to_owned(),
    };
    let text = text.split_once(";base64,").map_or(text.as_str(), |(_, content)| content);
    // Forms turn the plus sign of careless clients into a space.
    let content: String = text.trim().replace(' ', "+").split_ascii_whitespace().collect();
    BASE64_STANDARD.decode(&content).is_ok().then_some(Value::String(content))
}
