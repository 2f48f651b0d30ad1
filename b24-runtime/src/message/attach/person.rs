use serde_json::Value;

use super::rules::{check_addresses, check_targets};
use crate::{
    message::InvalidMessage,
    types::{AttachAvatarType, BotId, ChatId, UserId},
    wire::{Params, ToValue},
};

/// A person or bot in an [`Attach`](super::Attach).
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

    pub(super) fn check(&self, owner: &str) -> Result<(), InvalidMessage> {
        if self.name.is_empty() {
            return Err(InvalidMessage::new(format!("{owner} needs a name")));
        }
        check_addresses(owner, &self.params, ["AVATAR", "LINK"])?;
        check_targets(owner, &self.params)
    }

    fn with(mut self, key: &str, value: impl ToValue) -> Self {
        self.params.set(key, value);
        self
    }
}

impl ToValue for Person {
    fn to_value(self) -> Value {
        self.params.to_value()
    }
}
