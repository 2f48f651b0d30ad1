use crate::{
    Client, Error, Router, api,
    bot::{
        BotApi, Delivery, Registration,
        registration::{Definition, RegisteredCommand},
    },
    types::{BotId, BotType, CommandId},
};

pub(super) async fn reconcile<S>(
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
        let (is_common, languages) = (command.common, command.languages());
        known.commands.insert(name.clone(), RegisteredCommand { id, is_common, languages, definition });
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
            let is_moved = known.api != BotApi::V1;
            if is_moved || known.definition != definition {
                let fields = api::imbot::UpdateFields::new(
                    api::imbot::UpdateFieldsHandler::EventHandler(handler.to_owned()),
                    profile.properties.clone(),
                )
                .code(profile.code.as_str());
                client.as_bot(known.bot).call(api::imbot::update(fields)).await?;
                (known.api, known.delivery, known.definition) = (BotApi::V1, Delivery::Post, definition);
                let what = if is_moved { "moved to bot API v1" } else { "updated" };
                tracing::info!(bot = known.bot.0, code = profile.code, "{what}");
            }
            return Ok(known.bot);
        }
    }
    let bot = client.call(register).await?;
    tracing::info!(bot = bot.0, code = profile.code, "registered with bot API v1");
    *known = Some(Registration::new(bot, BotApi::V1, Delivery::Post, definition));
    Ok(bot)
}

async fn unregister_command(client: &Client, id: CommandId) -> Result<(), Error> {
    match client.call(api::imbot::command::unregister(id)).await {
        Err(error) if !error.is_not_found() => Err(error),
        _ => Ok(()),
    }
}
