//! Brings a portal in line with what the code says: registers what is missing, updates what differs, removes what is
//! gone.

use std::collections::{BTreeMap, BTreeSet};

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
    /// The parameters it was registered with.
    definition: Value,
    commands: BTreeMap<String, RegisteredCommand>,
}

#[derive(Debug, Clone, PartialEq)]
struct RegisteredCommand {
    id: CommandId,
    definition: Value,
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
        if let Some(command) = known.commands.remove(&name) {
            unregister_command(&client, command.id).await?;
            tracing::info!(command = name, "unregistered");
        }
    }
    for (name, (command, _)) in &router.commands {
        let register = api::imbot::command::register(name.as_str(), command.translations(), handler)
            .bot_id(bot)
            .common(command.common)
            .hidden(command.hidden)
            .extranet_support(command.extranet);
        let definition = register.clone().into_params().to_value();
        let id = match known.commands.get(name) {
            Some(same) if same.definition == definition => continue,
            Some(old) if old.definition["COMMON"] == definition["COMMON"] => {
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
        known.commands.insert(name.clone(), RegisteredCommand { id, definition });
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
    let definition = register.clone().into_params().to_value();
    if let Some(known) = known {
        let there: BTreeSet<BotId> = client.call(api::imbot::bot::list()).await?.into_keys().collect();
        if there.contains(&known.bot) {
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
            definition: object.need("definition")?,
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
            params.set("definition", command.definition);
            commands.set(&name, params);
        }
        let mut params = Params::new();
        params.set("bot", self.bot);
        params.set("definition", self.definition);
        params.set("commands", commands);
        params.to_value()
    }
}

impl FromNode for RegisteredCommand {
    fn from_node(node: Node<'_>) -> Result<Self, DecodeError> {
        let object = node.object()?;
        Ok(Self { id: object.need("id")?, definition: object.need("definition")? })
    }
}
