//! How PHP writes and reads forms: what the platform sends, and a slow decoder to compare with.

use serde_json::{Map, Value};

/// `http_build_query`: brackets encoded, spaces as `+`, booleans as 1 and 0; null and empty lists leave no trace.
pub(crate) fn http_build_query(value: &Value) -> String {
    let mut fields = Vec::new();
    for (key, value) in members(value) {
        collect(&encode(&key), &value, &mut fields);
    }
    fields.join("&")
}

fn collect(key: &str, value: &Value, fields: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::Bool(flag) => fields.push(format!("{key}={}", u8::from(*flag))),
        Value::Number(number) => fields.push(format!("{key}={number}")),
        Value::String(text) => fields.push(format!("{key}={}", encode(text))),
        Value::Array(_) | Value::Object(_) => {
            for (name, value) in members(value) {
                collect(&format!("{key}%5B{}%5D", encode(&name)), &value, fields);
            }
        }
    }
}

fn members(value: &Value) -> Vec<(String, Value)> {
    match value {
        Value::Object(map) => map.clone().into_iter().collect(),
        Value::Array(list) => {
            list.iter().enumerate().map(|(index, value)| (index.to_string(), value.clone())).collect()
        }
        _ => panic!("a form is made of an object or a list"),
    }
}

pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => encoded.push(char::from(byte)),
            b' ' => encoded.push('+'),
            _ => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
}

/// `parse_str`, with objects for all arrays: `None` where a bracket is never closed. Percent codes must be sound.
pub(crate) fn parse_str(form: &str) -> Option<Value> {
    let mut root = Value::Object(Map::new());
    for field in form.split('&').filter(|field| !field.is_empty()) {
        let (key, value) = field.split_once('=').unwrap_or((field, ""));
        let mut place = &mut root;
        for part in path(&decode(key))? {
            // A scalar on the way gives way to a group.
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            let members = place.as_object_mut()?;
            let part = part.unwrap_or_else(|| members.len().to_string());
            place = members.entry(part).or_insert(Value::Null);
        }
        *place = Value::String(decode(value));
    }
    Some(root)
}

/// `a[b][]` → `a`, `b` and a number to come.
fn path(key: &str) -> Option<Vec<Option<String>>> {
    let (first, mut rest) = key.split_at(key.find('[').unwrap_or(key.len()));
    let mut parts = vec![Some(first.to_owned())];
    while let Some(inside) = rest.strip_prefix('[') {
        let (part, after) = inside.split_once(']')?;
        parts.push((!part.is_empty()).then(|| part.to_owned()));
        rest = after;
    }
    Some(parts)
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            other => other,
        });
    }
    String::from_utf8(bytes).unwrap()
}
