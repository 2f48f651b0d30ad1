//! What the journal keeps of a request or an answer: enough to understand it, never so much that it grows heavy.

use serde_json::{Map, Value};

/// A longer text is cut, in bytes.
const TEXT: usize = 4096;
/// Lists and objects are cut where all texts and numbers together have grown beyond this, in bytes.
const ALL: usize = 32 * 1024;
/// What a number, a name or a bracket is counted as.
const SMALL: usize = 16;

/// A copy of a value, cut where it is large.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept {
    pub(crate) value: Value,
    pub(crate) is_cut: bool,
}

impl Kept {
    pub(crate) fn of(value: &Value) -> Self {
        let mut copy = Copy { left: ALL, is_cut: false };
        let value = copy.value(value);
        Self { value, is_cut: copy.is_cut }
    }

    pub(crate) fn of_members(members: &Map<String, Value>) -> Self {
        let mut copy = Copy { left: ALL, is_cut: false };
        let value = copy.members(members);
        Self { value, is_cut: copy.is_cut }
    }
}

struct Copy {
    left: usize,
    is_cut: bool,
}

impl Copy {
    fn value(&mut self, value: &Value) -> Value {
        self.spend(SMALL);
        match value {
            Value::String(text) => self.text(text).into(),
            Value::Array(items) => self.items(items),
            Value::Object(members) => self.members(members),
            other => other.clone(),
        }
    }

    fn text(&mut self, text: &str) -> String {
        self.spend(text.len().min(TEXT));
        if text.len() <= TEXT {
            return text.to_owned();
        }
        self.is_cut = true;
        format!("{}… ({} bytes)", &text[..text.floor_char_boundary(TEXT)], text.len())
    }

    fn items(&mut self, items: &[Value]) -> Value {
        let mut kept = Vec::new();
        for item in items {
            if self.left == 0 {
                kept.push(self.rest(items.len() - kept.len()).into());
                break;
            }
            kept.push(self.value(item));
        }
        Value::Array(kept)
    }

    fn members(&mut self, members: &Map<String, Value>) -> Value {
        let mut kept = Map::new();
        for (name, member) in members {
            if self.left == 0 {
                let rest = self.rest(members.len() - kept.len());
                kept.insert("…".to_owned(), rest.into());
                break;
            }
            self.spend(name.len());
            kept.insert(name.clone(), self.value(member));
        }
        Value::Object(kept)
    }

    fn rest(&mut self, count: usize) -> String {
        self.is_cut = true;
        format!("… ({count} more)")
    }

    fn spend(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Kept;

    #[test]
    fn what_is_small_is_kept_as_it_is() {
        let value = json!({"a": [1, "x", null, {"b": true}]});
        let kept = Kept::of(&value);
        assert_eq!((kept.value, kept.is_cut), (value, false));
    }

    #[test]
    fn a_long_text_is_cut() {
        let kept = Kept::of(&json!({"file": "ü".repeat(3000)}));
        assert!(kept.is_cut);
        let text = kept.value["file"].as_str().expect("a text");
        assert!(text.len() < 4200 && text.ends_with("… (6000 bytes)"), "{text}");
    }

    #[test]
    fn a_long_list_is_cut() {
        let kept = Kept::of(&json!({"list": vec!["x".repeat(1000); 100]}));
        let list = kept.value["list"].as_array().expect("a list");
        assert!(kept.is_cut && list.len() < 40, "{}", list.len());
        assert_eq!(list.last(), Some(&json!(format!("… ({} more)", 101 - list.len()))));
    }
}
