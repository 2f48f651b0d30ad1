use serde_json::Value;

use super::{InvalidMessage, Rgb, Text};
use crate::{
    types::{AttachAvatarType, BotId, ChatId, ColorToken, GridDisplay, UserId},
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
        let mistake = person.name.is_empty().then_some("a person in an attachment needs a name");
        self.block("USER", person.params, mistake)
    }

    /// A link with a description and a picture.
    pub fn link(self, link: Link) -> Self {
        let mistake = link.name.is_empty().then_some("a link in an attachment needs a title");
        let mistake = mistake.or(without_address(&link.params, "a link in an attachment needs an address"));
        self.block("LINK", link.params, mistake)
    }

    /// A block of text.
    pub fn message(self, text: impl Into<Text>) -> Self {
        let text = text.into();
        let mistake = text.as_str().is_empty().then_some("a block of text needs text");
        self.block("MESSAGE", text.to_string(), mistake)
    }

    /// A line between blocks.
    pub fn delimiter(self, delimiter: Delimiter) -> Self {
        self.block("DELIMITER", delimiter.0, None)
    }

    /// Names and values. All items of a grid are shown in one way; mixed ones are refused by [`Attach::check`].
    pub fn grid(self, items: impl IntoIterator<Item = GridItem>) -> Self {
        let items: Vec<Value> = items.into_iter().map(|item| item.0.to_value()).collect();
        let mistake = items.is_empty().then_some("a grid needs items").or_else(|| {
            let mixed = items.iter().any(|item| item["DISPLAY"] != items[0]["DISPLAY"]);
            mixed.then_some("all items of a grid are shown in the same way")
        });
        self.block("GRID", items, mistake)
    }

    /// A picture.
    pub fn image(self, image: Image) -> Self {
        let mistake = without_address(&image.0, "a picture in an attachment needs an address");
        self.block("IMAGE", vec![image.0], mistake)
    }

    /// A file to download.
    pub fn file(self, file: File) -> Self {
        let mistake = without_address(&file.0, "a file in an attachment needs an address");
        self.block("FILE", vec![file.0], mistake)
    }

    fn block(mut self, key: &str, value: impl ToValue, mistake: Option<&str>) -> Self {
        let mut params = Params::new();
        params.set(key, value);
        self.blocks.push(params.to_value());
        self.mistakes.extend(mistake.map(InvalidMessage::new));
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

fn without_address(params: &Params, mistake: &'static str) -> Option<&'static str> {
    params.get("LINK").is_some_and(|address| address == "").then_some(mistake)
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

/// A person or bot in an [`Attach`].
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    name: String,
    params: Params,
}

impl Person {
    /// A person by name.
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        let mut params = Params::new();
        params.set("NAME", name.as_str());
        Self { name, params }
    }

    /// The address of a picture.
    pub fn avatar(self, url: impl Into<String>) -> Self {
        self.with("AVATAR", url.into())
    }

    /// The shape of the picture: that of a person, a chat or a bot.
    pub fn avatar_type(self, shape: AttachAvatarType) -> Self {
        self.with("AVATAR_TYPE", shape)
    }

    /// The page that the name links to.
    pub fn page(self, url: impl Into<String>) -> Self {
        self.with("LINK", url.into())
    }

    /// The user that the name links to.
    pub fn user(self, id: impl Into<UserId>) -> Self {
        self.with("USER_ID", id.into())
    }

    /// The bot that the name links to.
    pub fn bot(self, id: impl Into<BotId>) -> Self {
        self.with("BOT_ID", id.into())
    }

    /// The chat that the name links to.
    pub fn chat(self, id: impl Into<ChatId>) -> Self {
        self.with("CHAT_ID", id.into())
    }

    /// The user of the vendor's network that the name links to.
    pub fn network(self, id: impl Into<String>) -> Self {
        self.with("NETWORK_ID", id.into())
    }

    fn with(mut self, key: &str, value: impl ToValue) -> Self {
        self.params.set(key, value);
        self
    }
}

/// A link in an [`Attach`].
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    name: String,
    params: Params,
}

impl Link {
    fn new(name: impl Into<String>, key: &str, target: impl ToValue) -> Self {
        let name = name.into();
        let mut params = Params::new();
        params.set("NAME", name.as_str());
        params.set(key, target);
        Self { name, params }
    }

    /// A link to a page.
    pub fn to_page(name: impl Into<String>, url: impl Into<String>) -> Self {
        Self::new(name, "LINK", url.into())
    }

    /// A link to a chat.
    pub fn to_chat(name: impl Into<String>, id: impl Into<ChatId>) -> Self {
        Self::new(name, "CHAT_ID", id.into())
    }

    /// A link to a user.
    pub fn to_user(name: impl Into<String>, id: impl Into<UserId>) -> Self {
        Self::new(name, "USER_ID", id.into())
    }

    /// A line below the title.
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.params.set("DESC", text.into());
        self
    }

    /// The description as HTML, in place of [`Link::description`].
    pub fn html(mut self, html: impl Into<String>) -> Self {
        self.params.set("HTML", html.into());
        self
    }

    /// The user of the vendor's network that the title links to.
    pub fn network(mut self, id: impl Into<String>) -> Self {
        self.params.set("NETWORK_ID", id.into());
        self
    }

    /// A picture with its size in pixels.
    pub fn preview(mut self, url: impl Into<String>, width: u32, height: u32) -> Self {
        self.params.set("PREVIEW", url.into());
        self.params.set("WIDTH", width);
        self.params.set("HEIGHT", height);
        self
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

/// A name and a value in a grid of an [`Attach`].
#[derive(Debug, Clone, PartialEq)]
pub struct GridItem(Params);

impl GridItem {
    fn new(display: GridDisplay, name: impl Into<String>, value: impl Into<Text>) -> Self {
        let mut params = Params::new();
        params.set("NAME", name.into());
        params.set("VALUE", value.into().to_string());
        params.set("DISPLAY", display);
        Self(params)
    }

    /// Below the one before.
    pub fn block(name: impl Into<String>, value: impl Into<Text>) -> Self {
        Self::new(GridDisplay::Block, name, value)
    }

    /// Beside the one before, while there is space.
    pub fn line(name: impl Into<String>, value: impl Into<Text>) -> Self {
        Self::new(GridDisplay::Line, name, value)
    }

    /// The name in one column, the value in another.
    pub fn column(name: impl Into<String>, value: impl Into<Text>) -> Self {
        Self::new(GridDisplay::Column, name, value)
    }

    /// In a table; older portals show it as a block.
    pub fn table(name: impl Into<String>, value: impl Into<Text>) -> Self {
        Self::new(GridDisplay::Table, name, value)
    }

    /// The width of the block, or of the first column, in pixels.
    pub fn width(self, pixels: u32) -> Self {
        self.with("WIDTH", pixels)
    }

    /// The height in pixels.
    pub fn height(self, pixels: u32) -> Self {
        self.with("HEIGHT", pixels)
    }

    /// The colour of the value by its part in the design; older portals ignore it.
    pub fn color_token(self, token: ColorToken) -> Self {
        self.with("COLOR_TOKEN", token)
    }

    /// The colour of the value.
    pub fn color(self, color: Rgb) -> Self {
        self.with("COLOR", color.to_string())
    }

    /// The page that the value links to.
    pub fn page(self, url: impl Into<String>) -> Self {
        self.with("LINK", url.into())
    }

    /// The user that the value links to.
    pub fn user(self, id: impl Into<UserId>) -> Self {
        self.with("USER_ID", id.into())
    }

    /// The chat that the value links to.
    pub fn chat(self, id: impl Into<ChatId>) -> Self {
        self.with("CHAT_ID", id.into())
    }

    fn with(mut self, key: &str, value: impl ToValue) -> Self {
        self.0.set(key, value);
        self
    }
}

/// A picture in an [`Attach`].
#[derive(Debug, Clone, PartialEq)]
pub struct Image(Params);

impl Image {
    /// A picture by its address.
    pub fn new(url: impl Into<String>) -> Self {
        let mut params = Params::new();
        params.set("LINK", url.into());
        Self(params)
    }

    /// The title.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.0.set("NAME", name.into());
        self
    }

    /// The address of a smaller copy.
    pub fn preview(mut self, url: impl Into<String>) -> Self {
        self.0.set("PREVIEW", url.into());
        self
    }

    /// The size in pixels. Without it the message jumps when the picture arrives.
    pub fn size(mut self, width: u32, height: u32) -> Self {
        self.0.set("WIDTH", width);
        self.0.set("HEIGHT", height);
        self
    }
}

/// A file in an [`Attach`].
#[derive(Debug, Clone, PartialEq)]
pub struct File(Params);

impl File {
    /// A file by its address.
    pub fn new(url: impl Into<String>) -> Self {
        let mut params = Params::new();
        params.set("LINK", url.into());
        Self(params)
    }

    /// The name of the file.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.0.set("NAME", name.into());
        self
    }

    /// The size in bytes.
    pub fn size(mut self, bytes: u32) -> Self {
        self.0.set("SIZE", bytes);
        self
    }
}
