use serde_json::Value;

use super::rules::check_addresses;
use crate::{
    message::InvalidMessage,
    types::{ChatId, UserId},
    wire::{Params, ToValue},
};

/// A link in an [`Attach`](super::Attach).
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

    pub(super) fn check(&self, owner: &str) -> Result<(), InvalidMessage> {
        if self.name.is_empty() {
            return Err(InvalidMessage::new(format!("{owner} needs a title")));
        }
        check_addresses(owner, &self.params, ["LINK", "PREVIEW"])
    }
}

impl ToValue for Link {
    fn to_value(self) -> Value {
        self.params.to_value()
    }
}
