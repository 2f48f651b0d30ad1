use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// What PHP's `urlencode` leaves as it is, besides the space.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b' ');

/// PHP's `http_build_query`: nested keys in brackets, booleans as `1` and `0`, nothing for null.
pub(crate) fn encode(data: &Value) -> String {
    let mut pairs = Vec::new();
    collect(data, "", &mut pairs);
    pairs.join("&")
}

fn collect(value: &Value, key: &str, pairs: &mut Vec<String>) {
    let text = match value {
        Value::Null => return,
        Value::Object(members) => {
            return members.iter().for_each(|(name, value)| collect(value, &nested(key, name), pairs));
        }
        Value::Array(items) => {
            let numbered = items.iter().enumerate().map(|(index, value)| (index.to_string(), value));
            return numbered.for_each(|(index, value)| collect(value, &nested(key, &index), pairs));
        }
        Value::Bool(flag) => u8::from(*flag).to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => escape(text),
    };
    pairs.push(format!("{key}={text}"));
}

fn nested(key: &str, name: &str) -> String {
    if key.is_empty() { escape(name) } else { format!("{key}%5B{}%5D", escape(name)) }
}

fn escape(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string().replace(' ', "+")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::encode;

    #[test]
    fn a_form_is_written_as_php_does() {
        let data = json!({"data": {"PARAMS": {"MESSAGE": "a b&ü", "SYSTEM": false, "OK": true, "NONE": null}}, "l": [1, "x~"]});
        assert_eq!(
            encode(&data),
            "data%5BPARAMS%5D%5BMESSAGE%5D=a+b%26%C3%BC&data%5BPARAMS%5D%5BSYSTEM%5D=0\
             &data%5BPARAMS%5D%5BOK%5D=1&l%5B0%5D=1&l%5B1%5D=x%7E"
        );
    }
}
