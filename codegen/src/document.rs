//! JSON documents as people keep them: members in the order they were written, and one way to lay them out.

use std::fmt::Write;

use jsonc_parser::{ParseOptions, ast, parse_to_ast};
use serde_json::Value;

/// How wide a line may be.
const WIDTH: usize = 120;

/// A JSON value whose members keep their order.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// null, true, false or a number, as written.
    Plain(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a document.
    ///
    /// # Errors
    /// When it is not JSON.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parsed = parse_to_ast(text, &jsonc_parser::CollectOptions::default(), &ParseOptions::default());
        let value = parsed.map_err(|error| error.to_string())?.value.ok_or("the document is empty")?;
        Ok(Self::from_ast(&value))
    }

    fn from_ast(value: &ast::Value<'_>) -> Self {
        match value {
            ast::Value::StringLit(text) => Self::Text(text.value.to_string()),
            ast::Value::NumberLit(number) => Self::Plain(number.value.to_owned()),
            ast::Value::BooleanLit(flag) => Self::Plain(flag.value.to_string()),
            ast::Value::NullKeyword(_) => Self::Plain("null".to_owned()),
            ast::Value::Array(list) => Self::List(list.elements.iter().map(Self::from_ast).collect()),
            ast::Value::Object(object) => {
                let member = |property: &ast::ObjectProp<'_>| {
                    (property.name.as_str().to_owned(), Self::from_ast(&property.value))
                };
                Self::Object(object.properties.iter().map(member).collect())
            }
        }
    }

    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A member of an object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// A member of an object, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        match self {
            Self::Object(members) => members.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Sets a member; a new one stands before the first of `before` that is there, else at the end.
    pub fn set(&mut self, key: &str, value: Self, before: &[&str]) {
        if let Some(member) = self.get_mut(key) {
            *member = value;
        } else if let Self::Object(members) = self {
            let at = members.iter().position(|(name, _)| before.contains(&name.as_str())).unwrap_or(members.len());
            members.insert(at, (key.to_owned(), value));
        }
    }

    /// Takes a member away.
    pub fn remove(&mut self, key: &str) {
        if let Self::Object(members) = self {
            members.retain(|(name, _)| name != key);
        }
    }

    /// The items of a list.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The same as a value, the order of members lost.
    ///
    /// # Errors
    /// When a number is none that JSON knows.
    pub fn to_value(&self) -> Result<Value, String> {
        serde_json::from_str(&self.inline()).map_err(|error| error.to_string())
    }

    /// The document as a file: two spaces a level, and what fits in 120 columns in one line.
    pub fn to_file(&self) -> String {
        let mut text = String::new();
        self.open(&mut text, 0);
        text.push('\n');
        text
    }

    fn inline(&self) -> String {
        match self {
            Self::Plain(word) => word.clone(),
            Self::Text(text) => Value::from(text.as_str()).to_string(),
            Self::List(items) => {
                format!("[{}]", items.iter().map(Self::inline).collect::<Vec<_>>().join(", "))
            }
            Self::Object(members) => {
                let member =
                    |(name, value): &(String, Self)| format!("{}: {}", Value::from(name.as_str()), value.inline());
                format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// Writes the value behind a prefix that takes `used` columns, followed by a comma at most.
    fn write(&self, text: &mut String, depth: usize, used: usize) {
        let inline = self.inline();
        if matches!(self, Self::Plain(_) | Self::Text(_)) || used + inline.chars().count() < WIDTH {
            *text += &inline;
        } else {
            self.open(text, depth);
        }
    }

    fn open(&self, text: &mut String, depth: usize) {
        let indent = "  ".repeat(depth + 1);
        let mut rows: Vec<(String, &Self)> = Vec::new();
        let (open, close) = match self {
            Self::Object(members) => {
                rows.extend(members.iter().map(|(name, value)| (format!("{}: ", Value::from(name.as_str())), value)));
                ('{', '}')
            }
            Self::List(items) => {
                rows.extend(items.iter().map(|item| (String::new(), item)));
                ('[', ']')
            }
            _ => return *text += &self.inline(),
        };
        text.push(open);
        for (index, (prefix, value)) in rows.iter().enumerate() {
            let _ = write!(text, "{}\n{indent}{prefix}", if index > 0 { "," } else { "" });
            value.write(text, depth + 1, indent.len() + prefix.chars().count());
        }
        let _ = write!(text, "\n{}{close}", "  ".repeat(depth));
    }
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Object(members.iter().map(|(name, value)| (name.clone(), Self::from(value))).collect())
            }
            other => Self::Plain(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn members_keep_their_order_and_short_values_their_line() {
        let text = "{\n  \"name\": \"b\",\n  \"fields\": [{\"name\": \"a\"}],\n  \"a\": 1\n}\n";
        assert_eq!(Json::parse(text).map(|json| json.to_file()), Ok(text.to_owned()));
    }

    #[test]
    fn what_is_too_wide_for_a_line_is_opened() {
        let item = format!("{{\"name\": \"{}\"}}", "x".repeat(60));
        let text = format!("{{\n  \"list\": [\n    {item},\n    {item}\n  ]\n}}\n");
        assert_eq!(Json::parse(&text).map(|json| json.to_file()), Ok(text));
    }
}
