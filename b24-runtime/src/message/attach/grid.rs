use serde_json::Value;

use super::rules::{check_addresses, check_targets, check_text};
use crate::{
    message::{InvalidMessage, Rgb, Text},
    types::{ChatId, ColorToken, GridDisplay, UserId},
    wire::{Params, ToValue},
};

/// A name and a value in a grid of an [`Attach`](super::Attach).
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

    /// Whether another is shown in the same way.
    pub(super) fn is_shown_as(&self, other: &Self) -> bool {
        self.0.get("DISPLAY") == other.0.get("DISPLAY")
    }

    pub(super) fn check(&self, owner: &str) -> Result<(), InvalidMessage> {
        let is_empty = |key: &str| self.0.get(key).is_none_or(|text| text == "");
        if is_empty("NAME") && is_empty("VALUE") {
            return Err(InvalidMessage::new(format!("{owner} needs a name or a value")));
        }
        check_text(owner, self.0.get("VALUE").and_then(Value::as_str).unwrap_or_default())?;
        check_addresses(owner, &self.0, ["LINK"])?;
        check_targets(owner, &self.0)
    }

    fn with(mut self, key: &str, value: impl ToValue) -> Self {
        self.0.set(key, value);
        self
    }
}

impl ToValue for GridItem {
    fn to_value(self) -> Value {
        self.0.to_value()
    }
}
