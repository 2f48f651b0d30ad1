use serde_json::{Value, json};

use super::{
    acting::{self, caller, done, owner},
    profile::{self, Profile},
};
use crate::{
    ids::UserId,
    rest::{Call, Refusal},
    state::{
        Change, State,
        bots::{Api, Bot, Handlers, NewBot, Owner},
    },
    views::v2,
};

/// How many bots an application may have.
const BOTS: usize = 100;
/// How many bots a page of the list has where nobody asks for another number.
const PAGE: u64 = 50;

/// A bot that is registered already, through either API, stays as it is.
pub(super) fn register(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let fields = call.args.object("fields");
    let owner = owner(call, fields.text("botToken"))?;
    let code = fields.text_or_empty("code");
    if let Some(known) = state.bots_of(&owner).find(|bot| bot.code == code) {
        return Ok(told(state, known.id));
    }
    if state.bots.values().any(|bot| bot.code == code) {
        return Err(Refusal::new("BOT_CODE_ALREADY_TAKEN"));
    }
    if state.bots_of(&owner).count() >= BOTS {
        return Err(Refusal::new("BOT_LIMIT_EXCEEDED"));
    }
    let profile = Profile::read(state, &fields)?;
    let webhook = match fields.text("eventMode") {
        Some("webhook") => Some(profile::webhook(&fields, "BOT_WEBHOOK_URL_REQUIRED")?),
        _ => None,
    };
    let kind = profile::kind(fields.text("type"));
    let openline = fields.flag("isSupportOpenline").unwrap_or(false);
    let background = profile::background(state, &fields);
    let new = NewBot { owner, api: Api::V2, code, kind, openline, handlers: Handlers::new() };
    let id = state.add_bot(new, |account| profile.dress(account));
    if let Some(bot) = state.bots.get_mut(&id) {
        bot.webhook = webhook;
        bot.is_hidden = fields.flag("isHidden").unwrap_or(false);
        bot.takes_reactions = fields.flag("isReactionsEnabled").unwrap_or(true);
        bot.background = background;
    }
    Ok(told(state, id))
}

/// Who says how a bot gets its events moves it to this API: from then on they come in its format.
pub(super) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let fields = call.args.object("fields");
    let profile = Profile::read(state, &fields)?;
    let webhook = match fields.text("eventMode") {
        Some("fetch") => None,
        Some(_) if bot.webhook.is_none() || fields.has("webhookUrl") => {
            Some(profile::webhook(&fields, "BOT_INVALID_CALLBACK")?)
        }
        None if bot.webhook.is_some() && fields.has("webhookUrl") => {
            Some(profile::webhook(&fields, "BOT_INVALID_CALLBACK")?)
        }
        _ => bot.webhook,
    };
    let owner = rotated(state, &bot.owner, fields.text("botToken"))?;
    let background = profile::background(state, &fields);
    if let Some(account) = state.users.get_mut(bot.id) {
        profile.dress(account);
    }
    if let Some(bot) = state.bots.get_mut(&bot.id) {
        bot.owner = owner;
        bot.webhook = webhook;
        if fields.has("eventMode") {
            bot.api = Api::V2;
            bot.handlers.clear();
        }
        bot.is_hidden = fields.flag("isHidden").unwrap_or(bot.is_hidden);
        bot.takes_reactions = fields.flag("isReactionsEnabled").unwrap_or(bot.takes_reactions);
        bot.openline = fields.flag("isSupportOpenline").unwrap_or(bot.openline);
        if fields.has("backgroundId") {
            bot.background = background;
        }
    }
    state.changes.push(Change::User(bot.id));
    Ok(told(state, bot.id))
}

/// The owner under a new token. Whose else it is stays untold.
fn rotated(state: &State, owner: &Owner, token: Option<&str>) -> Result<Owner, Refusal> {
    let (Owner::Client(_), Some(token)) = (owner, token) else { return Ok(owner.clone()) };
    let new = Owner::Client(token.to_owned());
    let is_taken = new != *owner && state.bots_of(&new).next().is_some();
    if is_taken { Err(Refusal::new("BOT_TOKEN_ROTATION_FAILED")) } else { Ok(new) }
}

/// The application itself takes its bot away, so it is not told by an event.
pub(super) fn unregister(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    state.remove_bot(bot.id);
    Ok(done())
}

/// Anybody may look at a bot; its owner sees more of it.
pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let owner = caller(call)?;
    let found = match (call.args.id::<UserId>("botId"), call.args.text("code")) {
        (Some(id), _) => state.bots.get(&id),
        (None, Some(code)) => {
            let mut alike = state.bots.values().filter(|bot| bot.code == code);
            // Bots of the first API may be called the same in different applications.
            alike.clone().find(|bot| bot.owner == owner).or_else(|| alike.next())
        }
        (None, None) => return Err(Refusal::new("PARAMS_REQUIRED")),
    };
    let bot = found.ok_or_else(|| Refusal::new("BOT_NOT_FOUND"))?;
    Ok(json!({"bot": v2::bot(state, bot, bot.owner == owner), "users": v2::users(state, [bot.id])}))
}

pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let owner = caller(call)?;
    let filter = call.args.object("filter");
    let is_wanted = |view: &Value| filter.text("type").is_none_or(|kind| view["type"] == kind);
    let size = |name: &str, default: u64| call.args.number(name).unwrap_or(default).try_into().unwrap_or(usize::MAX);
    let (limit, offset) = (size("limit", PAGE), size("offset", 0));
    let all: Vec<Value> = state.bots_of(&owner).map(|bot| v2::bot(state, bot, true)).filter(is_wanted).collect();
    let has_more = all.len() > offset.saturating_add(limit);
    let page: Vec<Value> = all.into_iter().skip(offset).take(limit).collect();
    let users = page.iter().filter_map(|bot| bot["id"].as_u64()).map(UserId).collect::<Vec<_>>();
    Ok(json!({"bots": page, "users": v2::users(state, users), "hasNextPage": has_more}))
}

fn told(state: &State, id: UserId) -> Value {
    let bot: Option<&Bot> = state.bots.get(&id);
    json!({"bot": bot.map(|bot| v2::bot(state, bot, true)), "users": v2::users(state, [id])})
}
