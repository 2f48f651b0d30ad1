//! One code: what stands between its brackets, and what it means.

use super::{LinkTo, PictureSize, Span, Style};
use crate::{
    message::text::{address, letters, value},
    types::{ChatId, UserId},
};

/// What a code does with the text inside.
pub(super) enum Meaning {
    Style(Style),
    Link(LinkTo),
    /// A link to what stands inside.
    Inside(fn(&str) -> LinkTo),
}

/// `[name=value]` or `[/name]`.
pub(super) struct Code<'a> {
    pub(super) is_end: bool,
    pub(super) name: &'a str,
    /// With the sign or space that separates it.
    pub(super) value: &'a str,
    pub(super) length: usize,
}

impl<'a> Code<'a> {
    pub(super) fn at(text: &'a str) -> Option<Self> {
        let inside = text.strip_prefix('[')?;
        let word = inside.strip_prefix('/').unwrap_or(inside);
        let is_end = word.len() < inside.len();
        let letters = word.find(|letter: char| !letter.is_ascii_alphabetic())?;
        let (name, rest) = word.split_at(letters);
        // A value ends with its code; one that holds a bracket or the end of a line is none.
        let end = rest.find(['[', ']', '\n'])?;
        let (value, after) = rest.split_at(end);
        let separated = value.is_empty() || (!is_end && value.starts_with(['=', ' ']));
        let length = text.len() - after.len() + 1;
        (!name.is_empty() && separated && after.starts_with(']')).then_some(Self { is_end, name, value, length })
    }
}

impl Meaning {
    pub(super) fn of(name: &str, given: &str) -> Option<Self> {
        let plain = given.is_empty();
        let given = given.strip_prefix('=');
        Some(match (name, given) {
            ("b", None) if plain => Self::Style(Style::Bold),
            ("i", None) if plain => Self::Style(Style::Italic),
            ("u", None) if plain => Self::Style(Style::Underline),
            ("s", None) if plain => Self::Style(Style::Strike),
            ("size", Some(size)) => Self::Style(Style::Size(letters(size.trim().trim_end_matches("px").parse().ok()?))),
            ("color", Some(color)) => Self::Style(Style::Color(color.trim().parse().ok()?)),
            ("url", Some(url)) => Self::Link(LinkTo::Page(address(url.trim()))),
            ("call", Some(number)) => Self::Link(LinkTo::Call(number.to_owned())),
            ("send", Some(text)) => Self::Link(LinkTo::Send(text.to_owned())),
            ("put", Some(text)) => Self::Link(LinkTo::Put(text.to_owned())),
            ("url", None) if plain => Self::Inside(|url| LinkTo::Page(address(url))),
            ("call", None) if plain => Self::Inside(|number| LinkTo::Call(value(number))),
            ("send", None) if plain => Self::Inside(|text| LinkTo::Send(value(text))),
            ("put", None) if plain => Self::Inside(|text| LinkTo::Put(value(text))),
            ("user", Some(user)) => Self::Link(user_of(user)?),
            ("chat", Some(chat)) => Self::Link(match chat.trim().strip_prefix("imol|") {
                Some(line) => LinkTo::Line(line.parse().ok()?),
                None => LinkTo::Chat(ChatId(chat.trim().parse().ok()?)),
            }),
            ("context", Some(place)) => {
                let (dialog, message) = place.trim().rsplit_once('/')?;
                Self::Link(LinkTo::Message(dialog.parse().ok()?, message.parse().ok()?))
            }
            _ => return None,
        })
    }
}

/// `5`, or with a word about how the name is shown `5 replace`.
fn user_of(text: &str) -> Option<LinkTo> {
    let word = text.split_whitespace().next()?;
    if word.eq_ignore_ascii_case("all") {
        return Some(LinkTo::Everyone);
    }
    word.parse().ok().map(|id| LinkTo::User(UserId(id)))
}

/// A code that has no end.
pub(super) fn leaf(name: &str, given: &str) -> Option<Span> {
    let mut given = Attributes::of(given.strip_prefix('=')?);
    Some(match name {
        "icon" if !given.first.is_empty() => {
            // A single side is given for both, or each for itself.
            let sides = [given.take("size"), given.take("width"), given.take("height")];
            let size = sides.iter().find_map(|side| side.parse().ok()).unwrap_or(ICON_SIZE);
            Span::Icon { url: address(&given.first), size, title: given.take("title") }
        }
        "timestamp" => Span::Time { seconds: given.first.parse().ok()?, format: given.take("format") },
        "disk" => Span::File(given.first.parse().ok()?),
        _ => return None,
    })
}

/// What a picture in the line measures where it does not tell.
const ICON_SIZE: u32 = 20;

pub(super) fn picture_size(given: &str) -> Option<PictureSize> {
    match Attributes::of(given).take("size").to_ascii_lowercase().as_str() {
        "small" => Some(PictureSize::Small),
        "medium" => Some(PictureSize::Medium),
        "large" => Some(PictureSize::Large),
        _ => None,
    }
}

/// `https://… size=20 title=A unicorn`: what stands before the first name, and the rest by name.
struct Attributes {
    first: String,
    named: Vec<(&'static str, String)>,
}

impl Attributes {
    fn of(given: &str) -> Self {
        const NAMES: [&str; 5] = ["size", "width", "height", "title", "format"];
        let mut attributes = Self { first: String::new(), named: Vec::new() };
        for word in given.split_whitespace() {
            let named = word.split_once('=').and_then(|(name, value)| {
                let name = NAMES.iter().find(|known| known.eq_ignore_ascii_case(name))?;
                Some((*name, value.to_owned()))
            });
            let last = attributes.named.last_mut().map_or(&mut attributes.first, |(_, value)| value);
            match named {
                Some(named) => attributes.named.push(named),
                None if last.is_empty() => word.clone_into(last),
                None => {
                    last.push(' ');
                    last.push_str(word);
                }
            }
        }
        attributes
    }

    fn take(&mut self, name: &str) -> String {
        let found = self.named.iter_mut().find(|(known, _)| *known == name);
        found.map(|(_, value)| std::mem::take(value)).unwrap_or_default()
    }
}
