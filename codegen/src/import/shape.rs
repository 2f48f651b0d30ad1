//! The shape of an example: its keys and kinds of values, with neutral values in place of somebody's.

use serde_json::Value;

use super::example::is_instant;

/// The same shape with neutral values. Words that may belong to a list of words stay.
pub fn shape(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(neutral(text)),
        Value::Array(items) => Value::Array(items.iter().take(2).map(shape).collect()),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), shape(value))).collect())
        }
        Value::Number(number) if number.is_f64() => Value::from(1.5),
        Value::Number(number) if number.as_i64().is_some_and(|number| number > 9999) => Value::from(1001),
        other => other.clone(),
    }
}

fn neutral(text: &str) -> String {
    let is_word = text.len() <= 24
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && (text.bytes().all(|byte| !byte.is_ascii_lowercase()) || text.bytes().all(|byte| !byte.is_ascii_uppercase()));
    if text.parse::<f64>().is_ok() {
        (if text.contains('.') {
            "1.5"
        } else if text.len() > 4 {
            "1001"
        } else {
            text
        })
        .to_owned()
    } else if is_word {
        text.to_owned()
    } else if is_instant(text) {
        "2026-01-02T03:04:05+00:00".to_owned()
    } else if text.starts_with("http") {
        "https://example.com/".to_owned()
    } else if text.len() == 10 && text.bytes().enumerate().all(|(at, byte)| (byte == b'-') == (at == 4 || at == 7)) {
        "2026-01-02".to_owned()
    } else if text.strip_prefix("chat").is_some_and(|number| number.parse::<u32>().is_ok()) {
        "chat5".to_owned()
    } else if text.starts_with('#') && text.len() == 7 {
        "#df532d".to_owned()
    } else {
        "some text".to_owned()
    }
}
