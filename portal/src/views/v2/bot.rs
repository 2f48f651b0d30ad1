use serde_json::{Value, json};

use super::text;
use crate::{
    ids::UserId,
    state::{
        State,
        bots::{Api, Bot, BotKind, Command, Owner},
        chats::Chat,
    },
};

/// The last revision that tells the application of a bot.
const WITH_APP: u32 = 34;

/// A bot, as its owner or as others see it.
pub(crate) fn bot(state: &State, bot: &Bot, is_owner: bool) -> Value {
    let mut view = json!({
        "id": bot.id,
        "code": bot.code,
        "type": type_word(bot.kind),
        "isHidden": bot.is_hidden,
        "isSupportOpenline": bot.openline,
        "isReactionsEnabled": bot.takes_reactions,
        "backgroundId": text(&bot.background),
        "language": state.settings.language,
    });
    if is_owner {
        let is_sent = bot.api == Api::V1 || bot.webhook.is_some();
        view["moduleId"] = "rest".into();
        view["eventMode"] = if is_sent { "webhook" } else { "fetch" }.into();
        view["countMessage"] = bot.sent.into();
        view["countCommand"] = state.commands_of(bot.id).count().into();
        view["countChat"] = state.chats_of(bot.id).count().into();
        view["countUser"] = met(state, bot.id).into();
    }
    if state.settings.revision <= WITH_APP {
        view["appId"] = match &bot.owner {
            Owner::App(app) => state.apps.get(*app).map(|app| app.client_id.clone()).into(),
            Owner::Client(_) => Value::Null,
        };
    }
    view
}

/// The word that the API has for a kind of bot.
fn type_word(kind: BotKind) -> &'static str {
    match kind {
        BotKind::Bot | BotKind::Human => "bot",
        BotKind::OpenLine => "openline",
        BotKind::Supervisor => "supervisor",
        BotKind::Personal => "personal",
        BotKind::Network => "network",
    }
}

/// How many people a bot shares a chat with.
fn met(state: &State, bot: UserId) -> usize {
    let users = state.chats_of(bot).flat_map(Chat::users);
    let people = users.filter(|user| !state.bots.contains_key(user));
    people.collect::<std::collections::BTreeSet<_>>().len()
}

/// A command, without its texts.
pub(crate) fn command(command: &Command) -> Value {
    json!({
        "id": command.id,
        "botId": command.bot,
        "command": format!("/{}", command.word),
        "common": command.common,
        "hidden": command.hidden,
        "extranetSupport": command.extranet,
    })
}
