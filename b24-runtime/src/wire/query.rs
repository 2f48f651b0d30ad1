use form_urlencoded::Serializer;
use serde_json::{Map, Value};

/// Parameters as PHP reads them from an address: brackets for what is nested, `1` and `0` for flags. An empty list or
/// object is an empty value, null is left out.
pub(crate) fn query(params: &Map<String, Value>) -> String {
    let mut pairs = Serializer::new(String::new());
    for (name, value) in params {
        append(&mut pairs, name, value);
    }
    pairs.finish()
}

fn append(pairs: &mut Serializer<'_, String>, name: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Bool(flag) => {
            pairs.append_pair(name, if *flag { "1" } else { "0" });
        }
        Value::Number(number) => {
            pairs.append_pair(name, &number.to_string());
        }
        Value::String(text) => {
            pairs.append_pair(name, text);
        }
        Value::Array(items) if items.is_empty() => {
            pairs.append_pair(name, "");
        }
        Value::Object(members) if members.is_empty() => {
            pairs.append_pair(name, "");
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                append(pairs, &format!("{name}[{index}]"), item);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                append(pairs, &format!("{name}[{key}]"), member);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::query;

    #[test]
    fn what_is_nested_stands_in_brackets() {
        let params = json!({"A": {"b": [1, "x y"], "c": true}, "e": [], "n": null, "t": "ü&="});
        let Value::Object(params) = params else { unreachable!() };
        assert_eq!(query(&params), "A%5Bb%5D%5B0%5D=1&A%5Bb%5D%5B1%5D=x+y&A%5Bc%5D=1&e=&t=%C3%BC%26%3D");
    }
}
