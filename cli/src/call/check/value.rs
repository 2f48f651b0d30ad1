//! Values against their types. Scalars are as loose as on the platform: `"5"` is a number, too.

use b24_spec::{EnumValue, Group, Tag, TypeDef, TypeExpr, TypeKind, closest};
use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::{Timestamp, civil};
use serde_json::Value;

use super::{Check, join};
use crate::call::{shape::Shape, typed::flag};

/// How many words of an enum are told at once.
const MANY: usize = 20;

impl<'a> Check<'a> {
    /// A value, and all inside it. `groups` are those of members that are spelled out where they are used.
    pub(super) fn value(&mut self, shape: Shape<'a>, groups: &'a [Group], value: &Value, path: &str) {
        let shape = shape.solid();
        let scalar = text(value);
        let fault = match shape.ty {
            TypeExpr::String | TypeExpr::Secret => scalar.is_none().then_some("text"),
            TypeExpr::Int => whole(value).is_none().then_some("a whole number"),
            TypeExpr::Float => scalar.and_then(|text| text.parse::<f64>().ok()).is_none().then_some("a number"),
            TypeExpr::Bool | TypeExpr::YesNo => {
                scalar.and_then(|text| flag(&text)).is_none().then_some("a flag: Y or N, 1 or 0, true or false")
            }
            TypeExpr::Date => scalar.is_none_or(|text| text.parse::<civil::Date>().is_err()).then_some("YYYY-MM-DD"),
            TypeExpr::DateTime => {
                scalar.is_none_or(|text| !is_time(&text)).then_some("a time: 2026-01-31T15:00:00+03:00")
            }
            TypeExpr::Url => scalar.is_none_or(|text| !is_address(&text)).then_some("an address: https://…"),
            TypeExpr::Base64 => (!is_base64(value)).then_some("Base64; NAME=@FILE sends a file"),
            TypeExpr::Object => return self.object(shape, groups, value, path),
            TypeExpr::List(_) => return self.items(shape, groups, value, path),
            TypeExpr::Map(..) => return self.entries(shape, groups, value, path),
            TypeExpr::Named(_) => {
                if let Some(def) = shape.named(self.spec) {
                    self.named(def, value, path);
                }
                None
            }
            TypeExpr::Any | TypeExpr::Optional(_) => None,
        };
        if let Some(wanted) = fault {
            self.wrong(path, wanted, value);
        }
    }

    fn wrong(&mut self, path: &str, wanted: &str, value: &Value) {
        let given = value.to_string();
        let shown: String = given.chars().take(40).collect();
        let rest = if shown == given { "" } else { "…" };
        self.mistake(format!("{path} must be {wanted}; it is {shown}{rest}"));
    }

    fn object(&mut self, shape: Shape<'a>, groups: &'a [Group], value: &Value, path: &str) {
        let Value::Object(object) = value else { return self.wrong(path, "an object", value) };
        let fields = shape.spelled_out();
        if !fields.is_empty() {
            self.members(fields, groups, object, path);
        }
    }

    fn items(&mut self, shape: Shape<'a>, groups: &'a [Group], value: &Value, path: &str) {
        let Some(inner) = shape.items(self.spec) else { return };
        let Value::Array(items) = value else { return self.wrong(path, "a list", value) };
        for (index, item) in items.iter().enumerate() {
            self.value(inner, groups, item, &join(path, &index.to_string()));
        }
    }

    fn entries(&mut self, shape: Shape<'a>, groups: &'a [Group], value: &Value, path: &str) {
        let Some(inner) = shape.entries() else { return };
        let Value::Object(entries) = value else { return self.wrong(path, "an object", value) };
        for (key, entry) in entries {
            self.value(inner, groups, entry, &join(path, key));
        }
    }

    fn named(&mut self, def: &'a TypeDef, value: &Value, path: &str) {
        if let Some(limit) = &def.limit {
            self.limit(limit, value, path);
        }
        match &def.kind {
            TypeKind::Id(of) => self.value(Shape::of(of), &[], value, path),
            TypeKind::Enum(words) => self.word(words, value, path),
            TypeKind::Object { fields, groups } => match value {
                Value::Object(object) => self.members(fields, groups, object, path),
                _ => self.wrong(path, "an object", value),
            },
            TypeKind::List(of) => match value {
                Value::Array(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.value(Shape::of(of), &[], item, &join(path, &index.to_string()));
                    }
                }
                // `N` takes a keyboard off, and a list may stand under a name of its own.
                Value::String(_) | Value::Object(_) => {}
                _ => self.wrong(path, "a list", value),
            },
            TypeKind::Union(forms) => self.union(forms, value, path),
            TypeKind::Tagged(tags) => self.tagged(tags, value, path),
            TypeKind::Dialog => {
                if !text(value).is_some_and(|text| is_dialog(&text)) {
                    self.wrong(path, "5 for a user, chat5 for a chat or sg5 for a group", value);
                }
            }
        }
    }

    fn word(&mut self, words: &[EnumValue], value: &Value, path: &str) {
        let known = words.iter().map(|word| word.value.as_str());
        let given = text(value).unwrap_or_else(|| value.to_string());
        if known.clone().any(|word| word.eq_ignore_ascii_case(&given)) {
            return;
        }
        let near = closest(&given, known.clone()).map_or_else(String::new, |near| format!(" Did you mean {near}?"));
        let mut list = known.take(MANY).collect::<Vec<_>>().join(", ");
        if words.len() > MANY {
            list += &format!(", … ({} words)", words.len());
        }
        self.mistake(format!("{path} must be one of {list}; it is {given}.{near}"));
    }

    /// One of the forms has to fit. What the form that looks most like the value lacks is told, if none does.
    fn union(&mut self, forms: &'a [TypeExpr], value: &Value, path: &str) {
        let before = self.findings.len();
        let mut best: Option<Vec<_>> = None;
        for form in forms {
            let is_like = Shape::of(form).items(self.spec).is_some() == value.is_array();
            self.value(Shape::of(form), &[], value, path);
            let found = self.findings.split_off(before);
            if !found.iter().any(|finding| finding.is_mistake) {
                self.findings.extend(found);
                return;
            }
            if best.is_none() || is_like {
                best = Some(found);
            }
        }
        // A form may be sent as JSON text; what is in there is the portal's business.
        if !value.is_string() {
            self.findings.extend(best.unwrap_or_default());
        }
    }

    fn tagged(&mut self, tags: &'a [Tag], value: &Value, path: &str) {
        let words = || tags.iter().map(|tag| tag.key.as_str()).collect::<Vec<_>>().join(", ");
        let only = value.as_object().filter(|object| object.len() == 1).and_then(|object| object.iter().next());
        let found = only
            .and_then(|(key, value)| tags.iter().find(|tag| tag.key.eq_ignore_ascii_case(key)).map(|tag| (tag, value)));
        match found {
            Some((tag, value)) => self.value(Shape::of(&tag.ty), &[], value, &join(path, &tag.key)),
            None => self.mistake(format!("{path} must have exactly one of {}", words())),
        }
    }
}

/// A scalar as text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

fn is_time(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok() || text.parse::<civil::DateTime>().is_ok()
}

/// An address of the web, or a path on the portal itself.
fn is_address(text: &str) -> bool {
    let is_on_the_web = ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme));
    (is_on_the_web || text.starts_with('/')) && !text.contains(char::is_whitespace)
}

/// Also a data URL, or a pair of a name and the content.
fn is_base64(value: &Value) -> bool {
    let content = match value {
        Value::Array(pair) => pair.get(1).and_then(Value::as_str),
        value => value.as_str(),
    };
    let Some(content) = content else { return false };
    let content = content.split_once(";base64,").map_or(content, |(_, content)| content);
    let packed: String = content.split_ascii_whitespace().collect();
    BASE64_STANDARD.decode(packed).is_ok()
}

fn is_dialog(text: &str) -> bool {
    let number = text.strip_prefix("chat").or_else(|| text.strip_prefix("sg")).unwrap_or(text);
    number.parse::<u64>().is_ok() || text.contains('|')
}
