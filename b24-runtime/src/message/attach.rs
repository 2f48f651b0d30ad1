mod grid;
mod link;
mod media;
mod person;
mod rules;

use serde_json::Value;

use self::rules::check_text;
pub use self::{
    grid::GridItem,
    link::Link,
    media::{File, Image},
    person::Person,
};
use super::{InvalidMessage, Rgb, Text};
use crate::{
    types::ColorToken,
    wire::{Params, ToValue},
};

/// What is attached below a message: blocks in order, at most 30 KB as JSON.
///
/// ```
/// use b24_runtime::message::{Attach, Delimiter, GridItem, Image, Link, Rgb};
///
/// let attach = Attach::new()
///     .color(Rgb::new(0x29_61_9b))
///     .link(Link::to_page("Ticket 12345", "https://example.com/12345").description("due on Friday"))
///     .delimiter(Delimiter::default())
///     .grid([GridItem::column("Status", "open"), GridItem::column("Owner", "Marta").user(5)])
///     .image(Image::new("https://example.com/screen.png").size(640, 480));
/// assert!(attach.check().is_ok());
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attach {
    id: Option<i64>,
    color: Option<Rgb>,
    color_token: Option<ColorToken>,
    blocks: Vec<Value>,
    /// Blocks that lack what they need.
    mistakes: Vec<InvalidMessage>,
}

impl Attach {
    /// The largest attachment in bytes of JSON.
    pub const MAX_BYTES: usize = 30 * 1024;

    /// No blocks yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Just a block of text.
    pub fn text(text: impl Into<Text>) -> Self {
        Self::new().message(text)
    }

    /// A number for the attachment.
    pub fn id(mut self, id: i64) -> Self {
        self.id = Some(id);
        self
    }

    /// The colour of its edge; by default that of the chat.
    pub fn color(mut self, color: Rgb) -> Self {
        self.color = Some(color);
        self
    }

    /// The colour of its edge by its part in the design; older portals ignore it.
    pub fn color_token(mut self, token: ColorToken) -> Self {
        self.color_token = Some(token);
        self
    }

    /// A person or bot with a picture.
    pub fn user(self, person: Person) -> Self {
        let checked = person.check(&self.next("person"));
        self.block("USER", person, checked)
    }

    /// A link with a description and a picture.
    pub fn link(self, link: Link) -> Self {
        let checked = link.check(&self.next("link"));
        self.block("LINK", link, checked)
    }

    /// A block of text. Of the BB codes it may hold links, mentions, commands to click, and bold, italic, underlined or
    /// struck text.
    pub fn message(self, text: impl Into<Text>) -> Self {
        let (text, owner) = (text.into(), self.next("text"));
        let checked = match text.as_str() {
            "" => Err(InvalidMessage::new(format!("{owner} is empty"))),
            text => check_text(&owner, text),
        };
        self.block("MESSAGE", text.to_string(), checked)
    }

    /// A line between blocks.
    pub fn delimiter(self, delimiter: Delimiter) -> Self {
        self.block("DELIMITER", delimiter.0, Ok(()))
    }

    /// Names and values. All items of a grid are shown in one way; mixed ones are refused by [`Attach::check`].
    pub fn grid(self, items: impl IntoIterator<Item = GridItem>) -> Self {
        let (items, owner): (Vec<GridItem>, _) = (items.into_iter().collect(), self.next("grid"));
        let is_mixed = items.windows(2).any(|pair| matches!(pair, [one, other] if !one.is_shown_as(other)));
        let checked = if is_mixed {
            Err(InvalidMessage::new(format!("{owner} mixes ways to show its items: make a grid of each")))
        } else {
            check_all(&owner, &items, GridItem::check)
        };
        self.block("GRID", items, checked)
    }

    /// A picture.
    pub fn image(self, image: Image) -> Self {
        self.images([image])
    }

    /// Pictures in one block.
    pub fn images(self, images: impl IntoIterator<Item = Image>) -> Self {
        let images: Vec<Image> = images.into_iter().collect();
        let checked = check_all(&self.next("picture"), &images, Image::check);
        self.block("IMAGE", images, checked)
    }

    /// A file to download.
    pub fn file(self, file: File) -> Self {
        self.files([file])
    }

    /// Files to download in one block.
    pub fn files(self, files: impl IntoIterator<Item = File>) -> Self {
        let files: Vec<File> = files.into_iter().collect();
        let checked = check_all(&self.next("file"), &files, File::check);
        self.block("FILE", files, checked)
    }

    /// How messages call the block that comes next.
    fn next(&self, kind: &str) -> String {
        format!("the {kind} in block {} of the attachment", self.blocks.len() + 1)
    }

    fn block(mut self, key: &str, value: impl ToValue, checked: Result<(), InvalidMessage>) -> Self {
        let mut params = Params::new();
        params.set(key, value);
        self.blocks.push(params.to_value());
        self.mistakes.extend(checked.err());
        self
    }

    /// Checks what the types cannot.
    ///
    /// # Errors
    /// When there are no blocks, a block lacks what it needs, or the whole is larger than [`Attach::MAX_BYTES`].
    pub fn check(&self) -> Result<(), InvalidMessage> {
        if let Some(mistake) = self.mistakes.first() {
            return Err(mistake.clone());
        }
        if self.blocks.is_empty() {
            return Err(InvalidMessage::new("an attachment needs blocks"));
        }
        InvalidMessage::check_size("the attachment", self.clone().to_value().to_string().len(), Self::MAX_BYTES)
    }
}

/// Checks the items of a block, each by its number where there are several.
fn check_all<T>(
    owner: &str,
    items: &[T],
    check: impl Fn(&T, &str) -> Result<(), InvalidMessage>,
) -> Result<(), InvalidMessage> {
    match items {
        [] => Err(InvalidMessage::new(format!("{owner} has no items"))),
        [item] => check(item, owner),
        _ => items.iter().zip(1..).try_for_each(|(item, number)| check(item, &format!("item {number} of {owner}"))),
    }
}

/// The short form where neither an id nor a colour is set, the full form otherwise.
impl ToValue for Attach {
    fn to_value(self) -> Value {
        if self.id.is_none() && self.color.is_none() && self.color_token.is_none() {
            return Value::Array(self.blocks);
        }
        let mut params = Params::new();
        if let Some(id) = self.id {
            params.set("ID", id);
        }
        if let Some(color) = self.color {
            params.set("COLOR", color.to_string());
        }
        if let Some(token) = self.color_token {
            params.set("COLOR_TOKEN", token);
        }
        params.set("BLOCKS", self.blocks);
        params.to_value()
    }
}

impl From<Text> for Attach {
    fn from(text: Text) -> Self {
        Self::text(text)
    }
}

/// A line between the blocks of an [`Attach`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Delimiter(Params);

impl Delimiter {
    /// Its length in pixels.
    pub fn size(mut self, pixels: u32) -> Self {
        self.0.set("SIZE", pixels);
        self
    }

    /// Its colour.
    pub fn color(mut self, color: Rgb) -> Self {
        self.0.set("COLOR", color.to_string());
        self
    }
}
