//! Brings a portal in line with what the code says: registers what is missing, updates what differs, removes what is
//! gone.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use serde_json::Value;

use super::Router;
use crate::{
    Client, Error, Request, api,
    types::{BotId, BotType, CommandId},
    wire::{DecodeError, FromNode, Node, Params, ToValue},
};

/// What of a bot is registered on a portal. The portal cannot tell its commands, so they are remembered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Registration {
    pub(crate) bot: BotId,
    definition: Definition,
    commands: BTreeMap<String, RegisteredCommand>,
}

#[derive(Debug, Clone, PartialEq)]
struct RegisteredCommand {
    id: CommandId,
    is_common: bool,
    definition: Definition,
}

/// A fingerprint of the parameters that something was registered with: enough to see that they changed. The
/// parameters themselves hold a picture and, behind a webhook, a key.
#[derive(Debug, Clone, PartialEq)]
struct Definition(String);

impl Definition {
    fn of(request: impl Request) -> Self {
        let mut hasher = DefaultHasher::new();
        request.into_params().to_value().to_string().hash(&mut hasher);
        Self(format!("{:016x}", hasher.finish()))
    }
}

/// Registers a bot and its commands, or what differs of them.
///
/// # Errors
/// When a call fails. What was done before is in `known`, so that the next try goes on from there.
pub(crate) async fn reconcile<S>(
    router: &Router<S>,
    client: &Client,
    handler: &str,
    known: &mut Option<Registration>,
) -> Result<(), Error> {
    let bot = reconcile_bot(router, client, handler, known).await?;
    let client = client.as_bot(bot);
    let Some(known) = known else { return Ok(()) };
    let gone: Vec<String> =
        known.commands.keys().filter(|name| !router.commands.contains_key(*name)).cloned().collect();
    for name in gone {
        unregister_command(&client, known.commands[&name].id).await?;
        known.commands.remove(&name);
        tracing::info!(command = name, "unregistered");
    }
    for (name, (command, _)) in &router.commands {
        let register = api::imbot::command::register(name.as_str(), command.translations(), handler)
            .bot_id(bot)
            .common(command.common)
            .hidden(command.hidden)
            .extranet_support(command.extranet);
        let definition = Definition::of(register.clone());
        let id = match known.commands.get(name) {
            Some(same) if same.definition == definition => continue,
            Some(old) if old.is_common == command.common => {
                let fields = api::imbot::command::UpdateFields::default()
                    .event_command_add(handler)
                    .hidden(command.hidden)
                    .extranet_support(command.extranet)
                    .lang(command.translations());
                match client.call(api::imbot::command::update(old.id, fields)).await {
                    Ok(_) => old.id,
                    Err(error) if error.is_not_found() => client.call(register).await?,
                    Err(error) => return Err(error),
                }
            }
            Some(old) => {
                unregister_command(&client, old.id).await?;
                client.call(register).await?
            }
            None => client.call(register).await?,
        };
        tracing::info!(command = name, id = id.0, "registered");
        known.commands.insert(name.clone(), RegisteredCommand { id, is_common: command.common, definition });
    }
    Ok(())
}

async fn reconcile_bot<S>(
    router: &Router<S>,
    client: &Client,
    handler: &str,
    known: &mut Option<Registration>,
) -> Result<BotId, Error> {
    let profile = &router.profile;
    let mut register = api::imbot::register(
        api::imbot::RegisterHandler::EventHandler(handler.to_owned()),
        profile.code.as_str(),
        profile.properties.clone(),
    )
    .r#type(profile.kind.clone());
    if profile.kind == BotType::OpenLine {
        register = register.openline(true);
    }
    let definition = Definition::of(register.clone());
    if let Some(known) = known {
        let there = client.call(api::imbot::bot::list()).await?;
        if there.get(&known.bot).is_some_and(|bot| bot.code == profile.code) {
            if known.definition != definition {
                let fields = api::imbot::UpdateFields::new(
                    api::imbot::UpdateFieldsHandler::EventHandler(handler.to_owned()),
                    profile.properties.clone(),
                )
                .code(profile.code.as_str());
                client.as_bot(known.bot).call(api::imbot::update(fields)).await?;
                known.definition = definition;
                tracing::info!(bot = known.bot.0, code = profile.code, "updated");
            }
            return Ok(known.bot);
        }
    }
    let bot = client.call(register).await?;
    tracing::info!(bot = bot.0, code = profile.code, "registered");
    *known = Some(Registration { bot, definition, commands: BTreeMap::new() });
    Ok(bot)
}

/// The events that come to an application only where it asked for them.
const BOUND: [&str; 2] = ["ONAPPUPDATE", "ONAPPUNINSTALL"];

/// Asks for the events of the application's own life, where that was not done before.
///
/// # Errors
/// When a call fails.
pub(crate) async fn bind_events(client: &Client, handler: &str) -> Result<(), Error> {
    let bound = client.call(api::event::get()).await?;
    for event in BOUND {
        if !bound.iter().any(|known| known.event.eq_ignore_ascii_case(event) && known.handler == handler) {
            client.call(api::event::bind(event, handler)).await?;
            tracing::info!(event, "bound");
        }
    }
    Ok(())
}

async fn unregister_command(client: &Client, id: CommandId) -> Result<(), Error> {
    match client.call(api::imbot::command::unregister(id)).await {
        Err(error) if !error.is_not_found() => Err(error),
        _ => Ok(()),
    }
}

impl FromNode for Registration {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        let object = node.object()?;
        Ok(Self {
            bot: object.need("bot")?,
            definition: Definition(object.need("definition")?),
            commands: object.collect("commands")?,
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
            params.set("definition", command.definition.0);
            commands.set(&name, params);
        }
        let mut params = Params::new();
        params.set("bot", self.bot);
        params.set("definition", self.definition.0);
        params.set("commands", commands);
        params.to_value()
    }
}

impl FromNode for RegisteredCommand {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        let object = node.object()?;
        let definition = Definition(object.need("definition")?);
        Ok(Self { id: object.need("id")?, is_common: object.need("common")?, definition })
    }
}
