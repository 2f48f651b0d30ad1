//! Messages as plain text, for terminals, snapshots and lists.

use std::fmt;

use serde_json::Value;

/// What there is to see of a message.
pub(crate) struct Look<'a> {
    pub(crate) author: &'a str,
    pub(crate) is_edited: bool,
    pub(crate) text: &'a str,
    /// The names of the files.
    pub(crate) files: &'a [String],
    pub(crate) attach: &'a [Value],
    pub(crate) keyboard: &'a [Value],
}

impl fmt::Display for Look<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let edited = if self.is_edited { " (edited)" } else { "" };
        let indented = |text: &str| text.replace('\n', "\n  ");
        write!(f, "{}{edited}: {}", self.author, indented(&text(self.text)))?;
        self.files.iter().try_for_each(|name| write!(f, "\n  [file] {}", indented(name)))?;
        self.attach.iter().flat_map(attach).try_for_each(|line| write!(f, "\n  {}", indented(&line)))?;
        let buttons = captions(self.keyboard).enumerate();
        let buttons: Vec<String> = buttons.map(|(index, caption)| format!("[{}] {caption}", index + 1)).collect();
        if buttons.is_empty() { Ok(()) } else { write!(f, "\n  {}", indented(&buttons.join("  "))) }
    }
}

/// What stands on the buttons of a keyboard.
pub(crate) fn captions(keyboard: &[Value]) -> impl Iterator<Item = &str> {
    keyboard.iter().filter_map(|button| button.get("TEXT")?.as_str())
}

/// The text without BB codes: links keep their address, line breaks become real ones.
pub(crate) fn text(bb: &str) -> String {
    let mut plain = String::new();
    let mut link: Option<String> = None;
    let mut rest = bb;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        let Some((tag, after)) = after.split_once(']').filter(|(tag, _)| is_tag(tag)) else {
            plain.push('[');
            rest = after;
            continue;
        };
        rest = after;
        let (name, value) = tag.split_once('=').unwrap_or((tag, ""));
        match name.to_ascii_lowercase().as_str() {
            "br" => plain.push('\n'),
            "url" if !value.is_empty() => link = Some(value.to_owned()),
            "/url" => {
                if let Some(link) = link.take() {
                    plain.push_str(&format!(" ({link})"));
                }
            }
            _ => {}
        }
    }
    plain.push_str(rest);
    plain
}

/// The text as the older messenger shows it: with HTML for what is bold, italic, underlined and struck.
pub(crate) fn html(bb: &str) -> String {
    let escaped = bb.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    ["b", "i", "u", "s"]
        .iter()
        .fold(escaped, |html, tag| {
            let upper = tag.to_ascii_uppercase();
            [tag, upper.as_str()].iter().fold(html, |html, name| {
                html.replace(&format!("[{name}]"), &format!("<{tag}>"))
                    .replace(&format!("[/{name}]"), &format!("</{tag}>"))
            })
        })
        .replace("[br]", "<br />")
        .replace('\n', "<br />")
}

fn is_tag(tag: &str) -> bool {
    const TAGS: [&str; 20] = [
        "b", "i", "u", "s", "br", "url", "user", "chat", "send", "put", "call", "icon", "img", "size", "color", "pch",
        "quote", "code", "context", "dialog",
    ];
    let name = tag.trim_start_matches('/');
    let name = name.split(['=', ' ']).next().unwrap_or_default();
    TAGS.contains(&name.to_ascii_lowercase().as_str())
}

/// The blocks of an attachment, a line or more each.
fn attach(card: &Value) -> Vec<String> {
    let blocks = card.get("BLOCKS").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    blocks.iter().filter_map(Value::as_object).flatten().flat_map(|(kind, content)| block(kind, content)).collect()
}

fn block(kind: &str, content: &Value) -> Vec<String> {
    let rows = match content {
        Value::Array(rows) => rows.as_slice(),
        one => std::slice::from_ref(one),
    };
    match kind {
        "MESSAGE" => vec![format!("| {}", text(content.as_str().unwrap_or_default()).replace('\n', "\n| "))],
        "DELIMITER" => vec!["| ----".to_owned()],
        "GRID" => rows.iter().map(|row| format!("| {}: {}", field(row, "NAME"), text(&field(row, "VALUE")))).collect(),
        "IMAGE" => rows.iter().map(|row| named("image", row)).collect(),
        "FILE" => rows.iter().map(|row| named("file", row)).collect(),
        "LINK" => rows.iter().map(|row| with_description(named("link", row), row)).collect(),
        _ => rows.iter().map(|row| named(&kind.to_lowercase(), row)).collect(),
    }
}

/// `| [image] Chart (https://…)`, without what is not there.
fn named(kind: &str, row: &Value) -> String {
    let (name, link) = (field(row, "NAME"), field(row, "LINK"));
    match (name.is_empty(), link.is_empty()) {
        (false, false) => format!("| [{kind}] {name} ({link})"),
        _ => format!("| [{kind}] {name}{link}"),
    }
}

fn with_description(line: String, row: &Value) -> String {
    match field(row, "DESC") {
        none if none.is_empty() => line,
        description => format!("{line}: {}", text(&description)),
    }
}

fn field(row: &Value, name: &str) -> String {
    match row.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_go_and_brackets_that_are_none_stay() {
        let bb = "[b]Hi[/b] [USER=2]Ann[/USER][br][url=https://b.c]here[/url] a[0] [send=/help]help[/send]";
        assert_eq!(super::text(bb), "Hi Ann\nhere (https://b.c) a[0] help");
    }
}
