//! What the script searches: a small index as JSON.

use b24_spec::{Spec, Status};
use serde_json::json;

use super::site::plain;
use crate::search::{Item, items};

/// `[[kind, name, page, summary, [other names], [parameters, members and words], [codes], whether it is old]]`, fit to
/// stand inside a `script` element.
pub(super) fn json(spec: &Spec) -> String {
    let rows: Vec<serde_json::Value> = items(spec).iter().map(row).collect();
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        text += if index == 0 { "[\n" } else { ",\n" };
        // Nothing in it can end the element, and nothing can begin one.
        text += &row.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    }
    if rows.is_empty() { "[]".to_owned() } else { text + "\n]" }
}

fn row(item: &Item<'_>) -> serde_json::Value {
    let page = match item.kind {
        "error" => format!("errors.html#{}", plain(item.name)),
        kind => format!("{kind}s/{}.html", plain(item.name)),
    };
    let is_old = u8::from(item.status != Status::Current);
    json!([item.kind, item.name, page, item.summary, item.aliases, item.fields, item.codes, is_old])
}
