use std::fmt;

use super::{LinkTo, PictureSize, Rgb, Span, Style};
use crate::types::{ChatId, DialogId, UserId};

/// Text with BB codes, built so that what people typed stays what they typed.
///
/// A `&str` or `String` given to a method is plain text and is escaped; a [`Text`] brings the codes that it was built
/// with, and only [`Text::bb`] takes BB codes as they are. The platform has no escape character, so an invisible
/// zero-width space separates what would otherwise be a code. [`Text::spans`] reads a text again.
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
        self.separate();
        escape(text.as_ref(), &mut self.0);
        self
    }

    /// Adds a text with its codes.
    pub fn append(mut self, text: impl Into<Self>) -> Self {
        self.separate();
        self.0 += &text.into().0;
        self
    }

    /// Two pieces must not make a code that neither holds: `[ic` and `on=…]`.
    fn separate(&mut self) {
        let before_word = self.0.trim_end_matches(|letter: char| letter.is_ascii_alphabetic() || letter == '/');
        if before_word.ends_with(['[', '#', '>', '-']) {
            self.0.push(APART);
        }
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
    pub fn bold(self, text: impl Into<Self>) -> Self {
        self.styled(Style::Bold, text)
    }

    /// *Italic* text.
    pub fn italic(self, text: impl Into<Self>) -> Self {
        self.styled(Style::Italic, text)
    }

    /// Underlined text.
    pub fn underline(self, text: impl Into<Self>) -> Self {
        self.styled(Style::Underline, text)
    }

    /// Text that is struck through.
    pub fn strike(self, text: impl Into<Self>) -> Self {
        self.styled(Style::Strike, text)
    }

    /// Text in a style: [`Style::Size`] is 8 to 30 pixels, what is smaller or larger becomes the nearest of them.
    pub fn styled(self, style: Style, text: impl Into<Self>) -> Self {
        match style {
            Style::Bold => self.wrap("B", "B", text),
            Style::Italic => self.wrap("I", "I", text),
            Style::Underline => self.wrap("U", "U", text),
            Style::Strike => self.wrap("S", "S", text),
            Style::Size(pixels) => self.wrap(&format!("SIZE={}", letters(pixels)), "SIZE", text),
            Style::Color(color) => self.wrap(&format!("COLOR={color}"), "COLOR", text),
        }
    }

    /// Text in a colour.
    pub fn colored(self, color: Rgb, text: impl Into<Self>) -> Self {
        self.styled(Style::Color(color), text)
    }

    /// Program code: what stands in it is shown as it is.
    pub fn code(self, text: impl AsRef<str>) -> Self {
        const END: &str = "[/code";
        let (text, mut inside, mut from) = (text.as_ref(), String::new(), 0);
        for (at, _) in text.to_ascii_lowercase().match_indices(END) {
            inside += text.get(from..=at).unwrap_or_default();
            inside.push(APART);
            from = at + 1;
        }
        inside += text.get(from..).unwrap_or_default();
        self.bb(format!("[CODE]{inside}[/CODE]"))
    }

    /// A quotation, each line of it marked.
    pub fn quote(self, text: impl Into<Self>) -> Self {
        let text = text.into();
        self.quote_lines(&Self(text.0.trim_end_matches(['\r', '\n']).to_owned()))
    }

    pub(super) fn quote_lines(mut self, text: &Self) -> Self {
        if !self.0.is_empty() && !self.0.ends_with('\n') {
            self.0.push('\n');
        }
        for line in text.0.split('\n') {
            self.0 += ">>";
            self.0 += line;
            self.0.push('\n');
        }
        self
    }

    /// A link to a page.
    pub fn link(self, url: impl Into<String>, label: impl Into<Self>) -> Self {
        self.lead(LinkTo::Page(url.into()), label)
    }

    /// A link to a user, who is mentioned by it.
    pub fn user(self, id: UserId, name: impl Into<Self>) -> Self {
        self.lead(LinkTo::User(id), name)
    }

    /// A mention of everybody in the chat.
    pub fn everyone(self, label: impl Into<Self>) -> Self {
        self.lead(LinkTo::Everyone, label)
    }

    /// A link to a chat.
    pub fn chat(self, id: ChatId, label: impl Into<Self>) -> Self {
        self.lead(LinkTo::Chat(id), label)
    }

    /// A link to a message of a dialog.
    pub fn message(self, dialog: impl Into<DialogId>, message: i64, label: impl Into<Self>) -> Self {
        self.lead(LinkTo::Message(dialog.into(), message), label)
    }

    /// A button that calls a phone number.
    pub fn call(self, number: impl Into<String>, label: impl Into<Self>) -> Self {
        self.lead(LinkTo::Call(number.into()), label)
    }

    /// A link that says `text` for the person who clicks it.
    pub fn send(self, text: impl Into<String>, label: impl Into<Self>) -> Self {
        self.lead(LinkTo::Send(text.into()), label)
    }

    /// A link that puts `text` into the input field.
    pub fn put(self, text: impl Into<String>, label: impl Into<Self>) -> Self {
        self.lead(LinkTo::Put(text.into()), label)
    }

    /// Text that leads somewhere.
    pub fn lead(self, to: LinkTo, label: impl Into<Self>) -> Self {
        let (name, value) = match to {
            LinkTo::Page(url) => ("URL", address(&url)),
            LinkTo::User(id) => ("USER", id.to_string()),
            LinkTo::Everyone => ("USER", "all".to_owned()),
            LinkTo::Chat(id) => ("CHAT", id.to_string()),
            LinkTo::Line(id) => ("CHAT", format!("imol|{id}")),
            LinkTo::Message(dialog, message) => ("CONTEXT", format!("{dialog}/{message}")),
            LinkTo::Call(number) => ("CALL", value(&number)),
            LinkTo::Send(text) => ("SEND", value(&text)),
            LinkTo::Put(text) => ("PUT", value(&text)),
        };
        self.wrap(&format!("{name}={value}"), name, label)
    }

    /// A picture in the line, `size` pixels high and wide.
    pub fn icon(self, url: impl AsRef<str>, size: u32, title: impl AsRef<str>) -> Self {
        let (url, title) = (address(url.as_ref()), value(title.as_ref()));
        self.bb(format!("[icon={url} size={size} title={title}]"))
    }

    /// A picture.
    pub fn picture(self, url: impl AsRef<str>, size: PictureSize) -> Self {
        self.bb(format!("[img size={}]{} [/img]", size.word(), address(url.as_ref())))
    }

    /// A time in Unix seconds, which everybody sees in their own zone. `format` is one of the platform, such as
    /// `SHORT_TIME_FORMAT`; empty leaves it to the messenger.
    pub fn time(self, seconds: i64, format: impl AsRef<str>) -> Self {
        match value(format.as_ref()) {
            format if format.is_empty() => self.bb(format!("[timestamp={seconds}]")),
            format => self.bb(format!("[timestamp={seconds} format={format}]")),
        }
    }

    /// A link to a file on the Drive.
    pub fn file(self, id: i64) -> Self {
        self.bb(format!("[disk={id}]"))
    }

    /// The text with its BB codes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What its codes mean.
    pub fn spans(&self) -> Vec<Span> {
        Span::read(&self.0)
    }

    /// The words alone.
    pub fn words(&self) -> String {
        Span::plain(&self.spans())
    }

    fn wrap(self, begin: &str, end: &str, text: impl Into<Self>) -> Self {
        self.bb(format!("[{begin}]")).append(text).bb(format!("[/{end}]"))
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

/// Plain text, as from `&str`.
impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self::plain(text)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What separates, unseen, what would be read as a code.
pub(super) const APART: char = '\u{200b}';

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
pub(super) fn value(text: &str) -> String {
    text.replace('[', "\u{ff3b}").replace(']', "\u{ff3d}").replace(['\n', '\r'], " ")
}

/// An address inside a code: brackets and spaces are percent-encoded, as browsers do.
pub(super) fn address(url: &str) -> String {
    url.replace('[', "%5B").replace(']', "%5D").replace(char::is_whitespace, "%20")
}

/// The height of letters in pixels, as the platform takes it.
pub(super) fn letters(pixels: u32) -> u32 {
    pixels.clamp(8, 30)
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
