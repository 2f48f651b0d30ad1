use std::fmt;

use crate::types::{ChatId, UserId};

/// Text with BB codes, built so that what people typed stays what they typed.
///
/// Everything given to a method is plain text and is escaped; only [`Text::bb`] takes BB codes as they are. The
/// platform has no escape character, so an invisible zero-width space separates what would otherwise be a code.
///
/// ```
/// use b24_runtime::{message::Text, types::UserId};
///
/// let text = Text::plain("hello ").bold("[b]you[/b]").newline().user(UserId(5), "Marta");
/// assert_eq!(text.as_str(), "hello [B][\u{200b}b]you[\u{200b}/b][/B]\n[USER=5]Marta[/USER]");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(String);

impl Text {
    /// No text yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Plain text.
    pub fn plain(text: impl AsRef<str>) -> Self {
        Self::new().push(text)
    }

    /// Adds text that holds BB codes of its own.
    pub fn bb(mut self, text: impl AsRef<str>) -> Self {
        self.0 += text.as_ref();
        self
    }

    /// Adds plain text.
    pub fn push(mut self, text: impl AsRef<str>) -> Self {
        // Two pieces must not make a code that neither holds: `[ic` and `on=…]`.
        let before_word = self.0.trim_end_matches(|letter: char| letter.is_ascii_alphabetic() || letter == '/');
        if before_word.ends_with(['[', '#', '>', '-']) {
            self.0.push(APART);
        }
        escape(text.as_ref(), &mut self.0);
        self
    }

    /// Ends the line.
    pub fn newline(self) -> Self {
        self.bb("\n")
    }

    /// Indents what follows.
    pub fn indent(self) -> Self {
        self.bb("\t")
    }

    /// **Bold** text.
    pub fn bold(self, text: impl AsRef<str>) -> Self {
        self.wrap("B", text)
    }

    /// *Italic* text.
    pub fn italic(self, text: impl AsRef<str>) -> Self {
        self.wrap("I", text)
    }

    /// Underlined text.
    pub fn underline(self, text: impl AsRef<str>) -> Self {
        self.wrap("U", text)
    }

    /// Text that is struck through.
    pub fn strike(self, text: impl AsRef<str>) -> Self {
        self.wrap("S", text)
    }

    /// A quotation, each line of it marked.
    pub fn quote(mut self, text: impl AsRef<str>) -> Self {
        for line in text.as_ref().lines() {
            if !self.0.is_empty() && !self.0.ends_with('\n') {
                self.0.push('\n');
            }
            self.0 += ">>";
            escape(line, &mut self.0);
        }
        self.newline()
    }

    /// A link to a page.
    pub fn link(self, url: impl AsRef<str>, label: impl AsRef<str>) -> Self {
        self.with_value("URL", &address(url.as_ref()), label)
    }

    /// A link to a user.
    pub fn user(self, id: UserId, name: impl AsRef<str>) -> Self {
        self.with_value("USER", &id.to_string(), name)
    }

    /// A link to a chat.
    pub fn chat(self, id: ChatId, label: impl AsRef<str>) -> Self {
        self.with_value("CHAT", &id.to_string(), label)
    }

    /// A button that calls a phone number.
    pub fn call(self, number: impl AsRef<str>, label: impl AsRef<str>) -> Self {
        self.with_value("CALL", &value(number.as_ref()), label)
    }

    /// A link that says `text` for the person who clicks it.
    pub fn send(self, text: impl AsRef<str>, label: impl AsRef<str>) -> Self {
        self.with_value("SEND", &value(text.as_ref()), label)
    }

    /// A link that puts `text` into the input field.
    pub fn put(self, text: impl AsRef<str>, label: impl AsRef<str>) -> Self {
        self.with_value("PUT", &value(text.as_ref()), label)
    }

    /// A picture in the line, `size` pixels high and wide.
    pub fn icon(self, url: impl AsRef<str>, size: u32, title: impl AsRef<str>) -> Self {
        let (url, title) = (address(url.as_ref()), value(title.as_ref()));
        self.bb(format!("[icon={url} size={size} title={title}]"))
    }

    /// The text with its BB codes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn wrap(self, code: &str, text: impl AsRef<str>) -> Self {
        self.bb(format!("[{code}]")).push(text).bb(format!("[/{code}]"))
    }

    fn with_value(self, code: &str, value: &str, label: impl AsRef<str>) -> Self {
        self.bb(format!("[{code}={value}]")).push(label).bb(format!("[/{code}]"))
    }
}

/// Plain text. BB codes come from the methods of [`Text`] alone, so that no text brings its own by accident.
impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

/// Plain text, as from `&str`.
impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::plain(text)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const APART: char = '\u{200b}';

/// Separates what would be read as a code: `[b]`, `#BR#`, `>>` at the start of a line, a line of dashes.
fn escape(text: &str, out: &mut String) {
    let mut line_start = out.is_empty() || out.ends_with('\n');
    for (at, character) in text.char_indices() {
        let rest = &text[at + character.len_utf8()..];
        out.push(character);
        let begins_code = match character {
            '[' => begins_with_code(rest),
            '#' => rest.get(..3).is_some_and(|code| code.eq_ignore_ascii_case("BR#")),
            '>' => line_start && rest.starts_with('>'),
            '-' => line_start && rest.starts_with("----"),
            _ => false,
        };
        if begins_code {
            out.push(APART);
        }
        line_start = character == '\n';
    }
}

/// The codes that messengers know, those of newer versions included. Other brackets are left alone.
const CODES: [&str; 22] = [
    "b", "i", "u", "s", "br", "url", "user", "chat", "call", "send", "put", "icon", "img", "color", "size", "code",
    "quote", "pch", "disk", "context", "timestamp", "rating",
];

fn begins_with_code(text: &str) -> bool {
    let text = text.strip_prefix('/').unwrap_or(text);
    let end = text.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(text.len());
    CODES.iter().any(|code| text[..end].eq_ignore_ascii_case(code))
}

/// A value inside a code cannot hold brackets: full-width ones look the same.
fn value(text: &str) -> String {
    text.replace('[', "\u{ff3b}").replace(']', "\u{ff3d}").replace(['\n', '\r'], " ")
}

/// An address inside a code: brackets and spaces are percent-encoded, as browsers do.
fn address(url: &str) -> String {
    url.replace('[', "%5B").replace(']', "%5D").replace(char::is_whitespace, "%20")
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn what_people_typed_stays_what_they_typed() {
        let typed = "[url=http://x]click[/url] a[0] [PAGE] #br# [1]\n>>fake\n------\n";
        let text = Text::plain(typed);
        assert_eq!(text.as_str().replace('\u{200b}', ""), typed);
        for code in ["[url", "[/url", "#br#", "\n>>", "\n-----"] {
            assert!(!text.as_str().contains(code), "{code} survived in {text}");
        }
        assert!(text.as_str().contains("a[0] [PAGE]"), "what is no code is left alone");
    }

    #[test]
    fn pieces_do_not_make_a_code_together() {
        assert_eq!(Text::plain("[ico").push("n=http://t]").as_str(), "[ico\u{200b}n=http://t]");
        assert_eq!(Text::plain("#b").push("r#").as_str(), "#b\u{200b}r#");
    }

    #[test]
    fn a_value_cannot_break_out_of_its_code() {
        let text = Text::new().send("a]b[/send][b]", "x").link("http://h/a b[1]", "y");
        assert_eq!(
            text.as_str(),
            "[SEND=a\u{ff3d}b\u{ff3b}/send\u{ff3d}\u{ff3b}b\u{ff3d}]x[/SEND][URL=http://h/a%20b%5B1%5D]y[/URL]"
        );
    }
}
