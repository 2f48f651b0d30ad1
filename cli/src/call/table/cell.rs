//! A value as text. Text from outside may hold what moves the cursor of a terminal: that is taken away.

use serde_json::Value;
use textwrap::core::display_width;

/// A value in one line of at most `most` columns.
pub(super) fn cell(value: &Value, most: usize) -> String {
    let text: String = line(value).split_whitespace().collect::<Vec<_>>().join(" ");
    if display_width(&text) <= most {
        return text;
    }
    let mut cut = String::new();
    for letter in text.chars() {
        if display_width(&cut) + 2 > most {
            break;
        }
        cut.push(letter);
    }
    cut + "…"
}

/// A value with its line breaks.
pub(super) fn line(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => harmless(text),
        Value::Array(items) if items.is_empty() => "-".to_owned(),
        Value::Object(members) if members.is_empty() => "-".to_owned(),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().map(line).collect::<Vec<_>>().join(", ")
        }
        nested => harmless(&nested.to_string()),
    }
}

/// Whether there is nothing to see.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

fn harmless(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .map(|letter| if letter.is_control() && letter != '\n' && letter != '\t' { '\u{fffd}' } else { letter })
        .collect()
}
