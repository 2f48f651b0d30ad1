use serde_json::{Map, Value};

use super::Terms;
use crate::{
    Client, Command, Error, Profile, Router,
    api::imbot::v2::{bot, command},
    bot::{
        BotApi, Delivery, Registration,
        registration::{Definition, RegisteredCommand},
    },
    types::{BotId, BotType, V2Background, V2BotType, V2Color, V2Command, V2EventMode},
    wire::Base64,
};

pub(super) async fn reconcile<S>(
    router: &Router<S>,
    client: &Client,
    terms: Terms<'_>,
    known: &mut Option<Registration>,
) -> Result<(), Error> {
    let bot = reconcile_bot(&router.profile, client, terms, known).await?;
    let Some(known) = known else { return Ok(()) };
    let client = client.as_bot(bot);
    let mut there = client.call(command::list()).await?.commands;
    for (name, (command, _)) in &router.commands {
        let found = there.iter().position(|other| word(other) == name).map(|place| there.swap_remove(place));
        let found = found.map(|found| found.id);
        let kept = known.commands.get(name).filter(|kept| Some(kept.id) == found);
        let register = command::register(register_fields(command));
        let definition = Definition::of(register.clone());
        let id = match (found, kept) {
            (Some(_), Some(same)) if same.definition == definition => continue,
            (Some(id), kept) => {
                let gone = kept.map(|kept| kept.languages.as_slice()).unwrap_or_default();
                client.call(command::update(id, update_fields(command, gone))).await?;
                id
            }
            (None, _) => client.call(register).await?.command.id,
        };
        tracing::info!(command = name, id = id.0, "registered");
        let (is_common, languages) = (command.common, command.languages());
        known.commands.insert(name.clone(), RegisteredCommand { id, is_common, languages, definition });
    }
    // What is left over is none of the code's.
    for gone in &there {
        match client.call(command::unregister(gone.id)).await {
            Err(error) if !error.is_not_found() => return Err(error),
            _ => tracing::info!(command = word(gone), "unregistered"),
        }
    }
    known.commands.retain(|name, _| router.commands.contains_key(name));
    Ok(())
}

/// The word of a command, without its slash.
fn word(command: &V2Command) -> &str {
    command.command.as_deref().unwrap_or_default().trim_start_matches('/')
}

async fn reconcile_bot(
    profile: &Profile,
    client: &Client,
    terms: Terms<'_>,
    known: &mut Option<Registration>,
) -> Result<BotId, Error> {
    let register = bot::register(bot_fields(profile, client, terms));
    let definition = Definition::of(register.clone());
    let mode = mode(terms.delivery);
    let mut bots = client.pages(bot::list());
    while let Some(there) = bots.next().await {
        let there = there?;
        if there.code.as_deref() != Some(&profile.code) {
            continue;
        }
        let kept = known.take_if(|known| known.bot == there.id);
        let is_same = kept.as_ref().is_some_and(|kept| {
            kept.api == BotApi::V2 && kept.definition == definition && there.event_mode.as_ref() == Some(&mode)
        });
        if !is_same {
            client.as_bot(there.id).call(bot::update(changed_fields(profile, terms))).await?;
            let is_moved = kept.as_ref().is_some_and(|kept| kept.api != BotApi::V2);
            let what = if is_moved { "moved to bot API v2" } else { "updated" };
            tracing::info!(bot = there.id.0, code = profile.code, events = %terms.delivery, "{what}");
        }
        let new = Registration::new(there.id, BotApi::V2, terms.delivery, definition.clone());
        let kept = kept.unwrap_or_else(|| new.clone());
        *known = Some(Registration { offset: kept.offset, commands: kept.commands, apps: kept.apps, ..new });
        return Ok(there.id);
    }
    let bot = client.call(register).await?.bot.id;
    tracing::info!(bot = bot.0, code = profile.code, events = %terms.delivery, "registered with bot API v2");
    *known = Some(Registration::new(bot, BotApi::V2, terms.delivery, definition));
    Ok(bot)
}

fn mode(delivery: Delivery) -> V2EventMode {
    match delivery {
        Delivery::Post => V2EventMode::Webhook,
        Delivery::Fetch => V2EventMode::Fetch,
    }
}

fn kind(kind: &BotType) -> V2BotType {
    match kind {
        // This API has no bot that answers late on purpose.
        BotType::Bot | BotType::Human => V2BotType::Bot,
        BotType::OpenLine => V2BotType::Openline,
        BotType::Supervisor => V2BotType::Supervisor,
        BotType::Other(word) => V2BotType::from(word.as_str()),
    }
}

fn color(profile: &Profile) -> Option<V2Color> {
    // Both APIs have the same colours, spelled `LIGHT_BLUE` and `lightBlue`.
    let spelled = profile.text("COLOR")?.to_lowercase().replace('_', "");
    V2Color::KNOWN.iter().find(|(word, _)| word.to_lowercase() == spelled).map(|(_, color)| color.clone())
}

/// Puts on what a profile has: two methods take the same properties, each as a type of its own.
macro_rules! dress {
    ($properties:expr, $profile:ident) => {{
        let mut properties = $properties;
        if let Some(name) = $profile.text("LAST_NAME") {
            properties = properties.last_name(name);
        }
        if let Some(position) = $profile.text("WORK_POSITION") {
            properties = properties.work_position(position);
        }
        if let Some(color) = color($profile) {
            properties = properties.color(color);
        }
        if let Some(gender) = $profile.text("PERSONAL_GENDER") {
            properties = properties.gender(gender.as_str().into());
        }
        if let Some(image) = $profile.text("PERSONAL_PHOTO") {
            properties = properties.avatar(Base64::from_text(image));
        }
        properties
    }};
}

fn bot_fields(profile: &Profile, client: &Client, terms: Terms<'_>) -> bot::RegisterFields {
    // A bot with a last name only shows that.
    let name = profile.text("NAME").or_else(|| profile.text("LAST_NAME")).unwrap_or_default();
    let properties = dress!(bot::RegisterFieldsProperties::new(name), profile);
    let mut fields = bot::RegisterFields::new(profile.code.as_str(), properties)
        .r#type(kind(&profile.kind))
        .event_mode(mode(terms.delivery));
    if terms.delivery == Delivery::Post {
        fields = fields.webhook_url(terms.handler);
    }
    if let Some(token) = client.bot_token() {
        fields = fields.bot_token(token.clone());
    }
    if profile.kind == BotType::OpenLine {
        fields = fields.is_support_openline(true);
    }
    if let Some(background) = &profile.background {
        fields = fields.background_id(background.clone());
    }
    fields
}

fn changed_fields(profile: &Profile, terms: Terms<'_>) -> bot::UpdateFields {
    let mut properties = bot::UpdateFieldsProperties::new();
    if let Some(name) = profile.text("NAME").or_else(|| profile.text("LAST_NAME")) {
        properties = properties.name(name);
    }
    let mut fields = bot::UpdateFields::new()
        .properties(dress!(properties, profile))
        .event_mode(mode(terms.delivery))
        .is_support_openline(profile.kind == BotType::OpenLine)
        // A word that is none of theirs takes the background away.
        .background_id(profile.background.clone().unwrap_or(V2Background::Other(String::new())));
    if terms.delivery == Delivery::Post {
        fields = fields.webhook_url(terms.handler);
    }
    fields
}

/// What a command does and what may follow it, by language.
fn texts(command: &Command) -> (Map<String, Value>, Map<String, Value>) {
    let (mut titles, mut params) = (Map::new(), Map::new());
    for (language, title, hint) in command.texts() {
        titles.insert(language.clone(), title.as_str().into());
        params.insert(language.clone(), hint.as_str().into());
    }
    (titles, params)
}

fn register_fields(command: &Command) -> command::RegisterFields {
    let (titles, params) = texts(command);
    let fields = command::RegisterFields::new(command.name.as_str())
        .common(command.common)
        .hidden(command.hidden)
        .extranet_support(command.extranet);
    if titles.is_empty() { fields } else { fields.title(titles).params(params) }
}

/// A language that stays away from the titles is kept; null takes it away.
fn update_fields(command: &Command, known: &[String]) -> command::UpdateFields {
    let (mut titles, params) = texts(command);
    for language in known {
        titles.entry(language.clone()).or_insert(Value::Null);
    }
    let fields =
        command::UpdateFields::new().common(command.common).hidden(command.hidden).extranet_support(command.extranet);
    if titles.is_empty() { fields } else { fields.title(titles).params(params) }
}
