use std::fmt;

/// The type of a value, as written in the spec: `UserId[]`, `map<BotId, EventBot>`, `string?`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeExpr {
    /// Text.
    String,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// JSON `true` or `false`.
    Bool,
    /// `Y` or `N`.
    YesNo,
    /// `YYYY-MM-DD`.
    Date,
    /// ISO 8601 with an offset.
    DateTime,
    /// A web address.
    Url,
    /// A file's bytes in Base64.
    Base64,
    /// Text that must not be shown: a token.
    Secret,
    /// Any JSON value.
    Any,
    /// An object whose members stand in the field itself.
    Object,
    /// A file in `types/`.
    Named(String),
    /// A list.
    List(Box<TypeExpr>),
    /// An object keyed by the first type.
    Map(Box<TypeExpr>, Box<TypeExpr>),
    /// A value that may be missing its content: null, empty or `false`.
    Optional(Box<TypeExpr>),
}

impl TypeExpr {
    /// The words that need no file in `types/`.
    pub(crate) const BUILT_IN: [&str; 12] =
        ["string", "int", "float", "bool", "YesNo", "Date", "DateTime", "Url", "Base64", "Secret", "any", "object"];

    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Some(inner) = text.strip_suffix('?') {
            return Ok(Self::Optional(Box::new(Self::parse(inner)?)));
        }
        if let Some(inner) = text.strip_suffix("[]") {
            return Ok(Self::List(Box::new(Self::parse(inner)?)));
        }
        if let Some(inner) = text.strip_prefix("map<").and_then(|rest| rest.strip_suffix('>')) {
            let (key, value) =
                inner.split_once(',').ok_or_else(|| format!("\"{text}\" needs two types: map<Key, Value>"))?;
            return Ok(Self::Map(Box::new(Self::parse(key)?), Box::new(Self::parse(value)?)));
        }
        Ok(match text {
            "string" => Self::String,
            "int" => Self::Int,
            "float" => Self::Float,
            "bool" => Self::Bool,
            "YesNo" => Self::YesNo,
            "Date" => Self::Date,
            "DateTime" => Self::DateTime,
            "Url" => Self::Url,
            "Base64" => Self::Base64,
            "Secret" => Self::Secret,
            "any" => Self::Any,
            "object" => Self::Object,
            name if !name.is_empty() && name.chars().all(char::is_alphanumeric) => Self::Named(name.to_owned()),
            _ => return Err(format!("\"{text}\" is not a type expression")),
        })
    }

    /// The type inside lists, maps and options.
    pub fn innermost(&self) -> &Self {
        match self {
            Self::List(inner) | Self::Optional(inner) | Self::Map(_, inner) => inner.innermost(),
            other => other,
        }
    }

    /// Calls `visit` with the name of every `types/` file that the expression mentions.
    pub fn for_each_name<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        match self {
            Self::Named(name) => visit(name),
            Self::List(inner) | Self::Optional(inner) => inner.for_each_name(visit),
            Self::Map(key, value) => {
                key.for_each_name(visit);
                value.for_each_name(visit);
            }
            _ => {}
        }
    }
}

impl fmt::Display for TypeExpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String => "string",
            Self::Int => "int",
            Self::Float => "float",
            Self::Bool => "bool",
            Self::YesNo => "YesNo",
            Self::Date => "Date",
            Self::DateTime => "DateTime",
            Self::Url => "Url",
            Self::Base64 => "Base64",
            Self::Secret => "Secret",
            Self::Any => "any",
            Self::Object => "object",
            Self::Named(name) => name,
            Self::List(inner) => return write!(f, "{inner}[]"),
            Self::Map(key, value) => return write!(f, "map<{key}, {value}>"),
            Self::Optional(inner) => return write!(f, "{inner}?"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::TypeExpr;

    #[test]
    fn an_expression_prints_as_it_was_written() {
        for text in ["string", "UserId[]", "map<BotId, EventBot>", "Date?", "map<int, UserId[]>"] {
            assert_eq!(TypeExpr::parse(text).map(|parsed| parsed.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn nonsense_is_refused_with_the_text_at_fault() {
        assert_eq!(TypeExpr::parse("map<int>"), Err("\"map<int>\" needs two types: map<Key, Value>".to_owned()));
        assert_eq!(TypeExpr::parse("User Id"), Err("\"User Id\" is not a type expression".to_owned()));
    }
}
