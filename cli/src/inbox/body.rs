//! What an event says, field by field.

use b24_storage::{Delivery, Encoding};
use serde_json::Value;

const HIDDEN: &str = "***";

/// The fields of a body with their ways, `data[PARAMS][MESSAGE]`. Tokens are not shown.
pub(super) fn fields(delivery: &Delivery) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    match delivery.encoding {
        Encoding::Form => {
            fields.extend(
                form_urlencoded::parse(&delivery.body).map(|(name, value)| (name.into_owned(), value.into_owned())),
            );
        }
        Encoding::Json => match serde_json::from_slice(&delivery.body) {
            Ok(value) => flatten("", &value, &mut fields),
            Err(error) => fields.push(("no JSON".to_owned(), error.to_string())),
        },
    }
    for (name, value) in &mut fields {
        if is_secret(name) {
            HIDDEN.clone_into(value);
        }
    }
    fields
}

fn is_secret(name: &str) -> bool {
    name.to_ascii_lowercase().contains("token")
}

fn flatten(way: &str, value: &Value, fields: &mut Vec<(String, String)>) {
    let member = |name: &str| if way.is_empty() { name.to_owned() } else { format!("{way}[{name}]") };
    match value {
        Value::Object(object) => object.iter().for_each(|(name, value)| flatten(&member(name), value, fields)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| flatten(&member(&index.to_string()), value, fields));
        }
        Value::String(text) => fields.push((way.to_owned(), text.clone())),
        other => fields.push((way.to_owned(), other.to_string())),
    }
}
