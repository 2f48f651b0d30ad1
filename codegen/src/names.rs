//! REST names → Rust names, so that one can be found from the other by eye.

use b24_spec::Field;
use heck::{ToSnakeCase, ToUpperCamelCase};

/// A function, module, parameter or field: `updateTitle` → `update_title`, `type` → `r#type`.
pub(crate) fn snake(name: &str) -> String {
    let snake = name.to_snake_case();
    match snake.as_str() {
        "self" | "super" | "crate" => snake + "_",
        digit if digit.starts_with(|first: char| first.is_ascii_digit()) => format!("_{snake}"),
        keyword if KEYWORDS.contains(&keyword) => format!("r#{snake}"),
        _ => snake,
    }
}

/// The function of a method: `im.chat.add` → `api::im::chat::add`.
#[cfg(feature = "cli")]
pub(crate) fn path(rest_name: &str) -> String {
    std::iter::once("api".to_owned()).chain(rest_name.split('.').map(snake)).collect::<Vec<_>>().join("::")
}

/// The fields with their Rust names. Two that would be the same (`ID` and `id`) are told apart by a number.
pub(crate) fn of_fields(fields: &[Field]) -> impl Iterator<Item = (&Field, String)> {
    let mut names: Vec<String> = Vec::with_capacity(fields.len());
    for field in fields {
        let name = snake(&field.name);
        let same = fields[..names.len()].iter().filter(|earlier| snake(&earlier.name) == name).count();
        names.push(if same == 0 { name } else { format!("{name}_{}", same + 1) });
    }
    fields.iter().zip(names)
}

/// A type or variant: `DIALOG_ID` → `DialogId`.
pub(crate) fn pascal(name: &str) -> String {
    name.to_upper_camel_case()
}

/// The struct of an event: `ONIMBOTMESSAGEADD` → `ImbotMessageAdd`. The names have no word boundaries of their own.
pub(crate) fn event(name: &str) -> String {
    let mut rest = name.strip_prefix("ON").unwrap_or(name);
    let mut pascal = String::new();
    while !rest.is_empty() {
        let word = EVENT_WORDS.iter().copied().find(|word| rest.starts_with(word)).unwrap_or(rest);
        pascal += &word.to_upper_camel_case();
        rest = &rest[word.len()..];
    }
    pascal
}

/// The words that event names are made of; a longer one stands before its beginning.
const EVENT_WORDS: [&str; 32] = [
    "IMCONNECTOR", "IMBOT", "IM", "APP", "UNINSTALL", "INSTALL", "MESSAGE", "COMMAND", "JOIN", "CHAT", "UPDATE",
    "DELETE", "ADD", "V2", "PAYMENT", "METHOD", "CONFIRM", "REACTION", "CHANGE", "CONTEXT", "GET", "OPENLINE",
    "OFFLINE", "OPEN", "LINE", "SESSION", "START", "FINISH", "USER", "EVENT", "STATUS", "DIALOG",
];

const KEYWORDS: [&str; 38] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut",
    "override", "priv", "pub", "ref", "return", "static", "trait", "type", "use", "while",
];

#[cfg(test)]
mod tests {
    use super::{event, pascal, snake};

    #[test]
    fn names_keep_their_words() {
        assert_eq!(snake("updateTitle"), "update_title");
        assert_eq!(snake("EVENT_MESSAGE_ADD"), "event_message_add");
        assert_eq!(snake("TYPE"), "r#type");
        assert_eq!(pascal("DIALOG_ID"), "DialogId");
        assert_eq!(event("ONIMBOTMESSAGEADD"), "ImbotMessageAdd");
        assert_eq!(event("ONAPPUNINSTALL"), "AppUninstall");
        assert_eq!(event("ONCRMDEALADD"), "Crmdealadd");
    }
}
