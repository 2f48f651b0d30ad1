use serde_json::Value;

/// An answer as XML: an element for each member, `item` for each of a list.
pub(super) fn document(body: &Value) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned();
    element(&mut text, "response", body);
    text
}

fn element(text: &mut String, name: &str, value: &Value) {
    // An element cannot be called 39, as members of maps by id are.
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let (tag, open) =
        if is_name { (name, name.to_owned()) } else { ("item", format!("item key=\"{}\"", escape(name))) };
    text.push_str(&format!("<{open}>"));
    match value {
        Value::Null => {}
        Value::Bool(flag) => text.push_str(if *flag { "1" } else { "0" }),
        Value::Number(number) => text.push_str(&number.to_string()),
        Value::String(string) => text.push_str(&escape(string)),
        Value::Array(items) => items.iter().for_each(|item| element(text, "item", item)),
        Value::Object(members) => members.iter().for_each(|(name, value)| element(text, name, value)),
    }
    text.push_str(&format!("</{tag}>"));
}

/// Text that means itself in XML and in HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn members_are_elements_and_text_is_escaped() {
        let body = json!({"result": {"39": "a<b"}, "list": [1, true, null]});
        assert_eq!(
            super::document(&body),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<response><result><item key=\"39\">a&lt;b</item></result>\
             <list><item>1</item><item>1</item><item></item></list></response>"
        );
    }
}
