//! Text in pieces: what its BB codes mean.

mod code;
mod read;

use super::{Rgb, Text};
use crate::types::{ChatId, DialogId, UserId};

/// A piece of a text, as BB codes make it.
///
/// ```
/// use b24_runtime::{message::{LinkTo, Span, Style}, types::UserId};
///
/// let spans = Span::read("[b]ask[/b] [user=5]Marta[/user], not [foo]");
/// assert_eq!(spans, [
///     Span::Styled(Style::Bold, vec![Span::Plain("ask".to_owned())]),
///     Span::Plain(" ".to_owned()),
///     Span::Link(LinkTo::User(UserId(5)), vec![Span::Plain("Marta".to_owned())]),
///     Span::Plain(", not [foo]".to_owned()),
/// ]);
/// assert_eq!(Span::plain(&spans), "ask Marta, not [foo]");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Span {
    /// Text without codes; lines end with a line feed.
    Plain(String),
    /// Text that looks different.
    Styled(Style, Vec<Span>),
    /// Text that leads somewhere: a link, a mention, a command to click.
    Link(LinkTo, Vec<Span>),
    /// Lines that are quoted. Where a whole message is, its first line may tell the author and the time.
    Quote(Vec<Span>),
    /// Program code, in which nothing else is a code.
    Code(String),
    /// A picture.
    Picture {
        /// Where it is.
        url: String,
        /// How large it is shown.
        size: PictureSize,
    },
    /// A picture in the line.
    Icon {
        /// Where it is.
        url: String,
        /// How wide and high it is, in pixels.
        size: u32,
        /// What it shows.
        title: String,
    },
    /// A time, which everybody sees in their own zone.
    Time {
        /// Unix seconds.
        seconds: i64,
        /// How it is written, such as `SHORT_TIME_FORMAT`; may be empty.
        format: String,
    },
    /// A file on the Drive, by its number.
    File(i64),
}

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// **Bold**.
    Bold,
    /// *Italic*.
    Italic,
    /// Underlined.
    Underline,
    /// Struck through.
    Strike,
    /// The height of the letters in pixels.
    Size(u32),
    /// The colour of the letters.
    Color(Rgb),
}

/// Where a piece of text leads.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkTo {
    /// A page, by its address.
    Page(String),
    /// A user, who is mentioned by it.
    User(UserId),
    /// Everybody in the chat.
    Everyone,
    /// A chat.
    Chat(ChatId),
    /// An open line, by its number.
    Line(i64),
    /// A message of a dialog.
    Message(DialogId, i64),
    /// Calls a phone number.
    Call(String),
    /// Says a text for whoever clicks.
    Send(String),
    /// Puts a text into the input field.
    Put(String),
}

/// How large a picture in a text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureSize {
    /// Small.
    Small,
    /// Neither small nor large.
    Medium,
    /// Large.
    Large,
}

impl PictureSize {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// A user who is named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Who.
    pub user: UserId,
    /// By which name.
    pub name: String,
}

impl Span {
    /// Reads a text with BB codes, as people, bots and portals write them. What is no code, or only half of one, is
    /// plain text; so is what is nested more than 32 deep.
    pub fn read(text: &str) -> Vec<Self> {
        read::spans(text)
    }

    /// The words alone: links leave their label, icons their title, pictures and files nothing.
    pub fn plain(spans: &[Self]) -> String {
        let mut words = String::new();
        write_plain(spans, &mut words);
        words
    }

    /// The users who are named, in order, also in quotes.
    pub fn mentions(spans: &[Self]) -> Vec<Mention> {
        let mut found = Vec::new();
        collect_mentions(spans, &mut found);
        found
    }

    /// The name of the first code that attachments do not take.
    pub(super) fn not_for_attachments(spans: &[Self]) -> Option<&'static str> {
        spans.iter().find_map(|span| match span {
            Self::Plain(_) => None,
            Self::Styled(Style::Size(_), _) => Some("size"),
            Self::Styled(Style::Color(_), _) => Some("color"),
            Self::Link(LinkTo::Message(..), _) => Some("context"),
            Self::Code(_) => Some("code"),
            Self::Picture { .. } => Some("img"),
            Self::Icon { .. } => Some("icon"),
            Self::Time { .. } => Some("timestamp"),
            Self::File(_) => Some("disk"),
            Self::Styled(_, inside) | Self::Link(_, inside) | Self::Quote(inside) => Self::not_for_attachments(inside),
        })
    }
}

fn write_plain(spans: &[Span], words: &mut String) {
    for span in spans {
        match span {
            Span::Plain(text) | Span::Code(text) | Span::Icon { title: text, .. } => words.push_str(text),
            Span::Styled(_, inside) | Span::Link(_, inside) => write_plain(inside, words),
            Span::Quote(inside) => {
                write_plain(inside, words);
                words.push('\n');
            }
            Span::Time { seconds, .. } => {
                let time = jiff::Timestamp::from_second(*seconds);
                words.push_str(&time.map_or_else(|_| seconds.to_string(), |time| time.to_string()));
            }
            Span::Picture { .. } | Span::File(_) => {}
        }
    }
}

fn collect_mentions(spans: &[Span], found: &mut Vec<Mention>) {
    for span in spans {
        match span {
            Span::Link(LinkTo::User(user), inside) => found.push(Mention { user: *user, name: Span::plain(inside) }),
            Span::Styled(_, inside) | Span::Link(_, inside) | Span::Quote(inside) => collect_mentions(inside, found),
            _ => {}
        }
    }
}

/// Writes spans as BB codes again: what [`Span::read`] reads back.
impl FromIterator<Span> for Text {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        spans.into_iter().fold(Self::new(), |text, span| match span {
            Span::Plain(words) => text.push(words),
            Span::Styled(style, inside) => text.styled(style, inside.into_iter().collect::<Self>()),
            Span::Link(to, inside) => text.lead(to, inside.into_iter().collect::<Self>()),
            Span::Quote(inside) => text.quote_lines(&inside.into_iter().collect::<Self>()),
            Span::Code(words) => text.code(words),
            Span::Picture { url, size } => text.picture(url, size),
            Span::Icon { url, size, title } => text.icon(url, size, title),
            Span::Time { seconds, format } => text.time(seconds, format),
            Span::File(id) => text.file(id),
        })
    }
}
