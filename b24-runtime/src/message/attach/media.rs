use serde_json::Value;

use super::rules::check_addresses;
use crate::{
    message::InvalidMessage,
    wire::{Params, ToValue},
};

/// A picture in an [`Attach`](super::Attach).
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

    pub(super) fn check(&self, owner: &str) -> Result<(), InvalidMessage> {
        check_addresses(owner, &self.0, ["LINK", "PREVIEW"])
    }
}

impl ToValue for Image {
    fn to_value(self) -> Value {
        self.0.to_value()
    }
}

/// A file in an [`Attach`](super::Attach).
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

    pub(super) fn check(&self, owner: &str) -> Result<(), InvalidMessage> {
        check_addresses(owner, &self.0, ["LINK"])
    }
}

impl ToValue for File {
    fn to_value(self) -> Value {
        self.0.to_value()
    }
}
