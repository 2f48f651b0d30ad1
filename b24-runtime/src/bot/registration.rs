use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use serde_json::Value;

use super::{BotApi, Delivery};
use crate::{
    Request,
    types::{AppId, BotId, CommandId, Secret},
    wire::{DecodeError, FromNode, Node, Params, ToValue},
};

/// What of a bot is registered on a portal, and how. Not every portal can tell its commands, so they are remembered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Registration {
    pub(crate) bot: BotId,
    pub(crate) api: BotApi,
    pub(crate) delivery: Delivery,
    /// The event to fetch next: all before it were taken.
    pub(crate) offset: Option<i64>,
    pub(super) definition: Definition,
    pub(super) commands: BTreeMap<String, RegisteredCommand>,
    pub(super) apps: BTreeMap<String, RegisteredApp>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct RegisteredCommand {
    pub(super) id: CommandId,
    pub(super) is_common: bool,
    pub(super) languages: Vec<String>,
    pub(super) definition: Definition,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct RegisteredApp {
    pub(super) id: AppId,
    /// By which its page knows that the portal opened it.
    pub(super) hash: Secret,
    pub(super) definition: Definition,
}

/// A fingerprint of the parameters that something was registered with: enough to see that they changed. The
/// parameters themselves hold a picture and, behind a webhook, a key.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Definition(String);

impl Definition {
    pub(super) fn of(request: impl Request) -> Self {
        let mut hasher = DefaultHasher::new();
        request.into_params().to_value().to_string().hash(&mut hasher);
        Self(format!("{:016x}", hasher.finish()))
    }
}

impl Registration {
    pub(super) fn new(bot: BotId, api: BotApi, delivery: Delivery, definition: Definition) -> Self {
        Self { bot, api, delivery, offset: None, definition, commands: BTreeMap::new(), apps: BTreeMap::new() }
    }

    /// Whether events may wait to be fetched, be it from before the portal was told to send them.
    pub(crate) fn is_fetching(&self) -> bool {
        self.delivery == Delivery::Fetch || self.offset.is_some()
    }

    /// By which the page of a chat application knows that the portal opened it.
    pub(crate) fn app_hash(&self, code: &str) -> Option<&Secret> {
        self.apps.get(code).map(|app| &app.hash)
    }

    /// Takes over how far another account of the same registration has come with its events.
    pub(crate) fn catch_up(&mut self, other: Option<&Self>) {
        if let Some(other) = other.filter(|other| other.bot == self.bot) {
            self.offset = other.offset.max(self.offset);
        }
    }
}

impl FromNode for Registration {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        let object = node.object()?;
        let word = |name: &str| node.get(name).and_then(Node::text);
        Ok(Self {
            bot: object.need("bot")?,
            // What was kept before there was a choice names neither.
            api: if word("api").as_deref() == Some("v2") { BotApi::V2 } else { BotApi::V1 },
            delivery: if word("delivery").as_deref() == Some("fetch") { Delivery::Fetch } else { Delivery::Post },
            offset: object.get("offset")?,
            definition: Definition(object.need("definition")?),
            commands: object.collect("commands")?,
            apps: object.collect("apps")?,
        })
    }
}

impl ToValue for Registration {
    fn to_value(self) -> Value {
        let mut commands = Params::new();
        for (name, command) in self.commands {
            let mut params = Params::new();
            params.set("id", command.id);
            params.set("common", command.is_common);
            params.set("languages", command.languages);
            params.set("definition", command.definition.0);
            commands.set(&name, params);
        }
        let mut apps = Params::new();
        for (code, app) in self.apps {
            let mut params = Params::new();
            params.set("id", app.id);
            params.set("hash", app.hash);
            params.set("definition", app.definition.0);
            apps.set(&code, params);
        }
        let mut params = Params::new();
        params.set("bot", self.bot);
        params.set("api", self.api.to_string());
        params.set("delivery", self.delivery.to_string());
        if let Some(offset) = self.offset {
            params.set("offset", offset);
        }
        params.set("definition", self.definition.0);
        params.set("commands", commands);
        params.set("apps", apps);
        params.to_value()
    }
}

impl FromNode for RegisteredCommand {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        let object = node.object()?;
        Ok(Self {
            id: object.need("id")?,
            is_common: object.need("common")?,
            languages: object.collect("languages")?,
            definition: Definition(object.need("definition")?),
        })
    }
}

impl FromNode for RegisteredApp {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        let object = node.object()?;
        let definition = Definition(object.need("definition")?);
        Ok(Self { id: object.need("id")?, hash: object.need("hash")?, definition })
    }
}
