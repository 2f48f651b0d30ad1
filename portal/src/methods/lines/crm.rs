//! `imopenlines.crm.*`: chats that belong to items of the CRM.

use serde_json::{Value, json};

use super::refused;
use crate::{
    ids::{ChatId, UserId},
    rest::{Call, Refusal},
    state::{
        State,
        bots::{Bot, Owner},
        lines::{CrmKind, Obstacle},
        messages::{Content, Event},
    },
};

/// An item as a call names it.
struct Item {
    kind: CrmKind,
    id: u64,
}

/// The item, if the caller may look at it: who works here may look at all of them.
fn item(state: &State, call: &Call<'_>) -> Result<Item, Refusal> {
    let word = call.args.text_or_empty("CRM_ENTITY_TYPE");
    let kind = CrmKind::of(&word).filter(|_| state.works_here(call.user()));
    let kind = kind.ok_or_else(|| Refusal::because("ACCESS_DENIED", format!("you have no access to any {word:?}")))?;
    Ok(Item { kind, id: call.args.number("CRM_ENTITY").unwrap_or_default() })
}

pub(super) fn chats(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let Item { kind, id } = item(state, call)?;
    let only_open = call.args.flag("ACTIVE_ONLY").unwrap_or(true);
    let sessions = state.sessions_about(kind, id).into_iter().filter(|session| session.is_open() || !only_open);
    let view = |connector: &str, chat: ChatId| {
        json!({
            "CHAT_ID": chat.to_string(),
            "CONNECTOR_ID": connector,
            "CONNECTOR_TITLE": state.connector_name(connector),
        })
    };
    Ok(sessions.map(|session| view(&session.code.connector, session.chat)).collect())
}

pub(super) fn last_chat(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let none = || Refusal::new("CRM_CHAT_EMPTY_CRM_DATA");
    let Item { kind, id } = item(state, call).map_err(|_| none())?;
    let last = state.sessions_about(kind, id).first().map(|session| session.chat);
    last.map(Value::from).ok_or_else(none)
}

/// The chat that a call is about: the one it names, else the last one of the item, if there is any.
fn chat(state: &State, call: &Call<'_>) -> Result<Option<ChatId>, Refusal> {
    let Item { kind, id } = item(state, call)?;
    let Some(named) = call.args.id("CHAT_ID").filter(|chat| *chat != ChatId(0)) else {
        return Ok(state.sessions_about(kind, id).first().map(|session| session.chat));
    };
    state.chat_of_item(kind, id, named).map(Some).map_err(|_| Refusal::new("CHAT_NOT_IN_CRM"))
}

/// Somebody who is there, be it a bot.
fn active_user(state: &State, call: &Call<'_>) -> Result<UserId, Refusal> {
    let user: UserId = call.args.id("USER_ID").unwrap_or_default();
    let is_there = state.users.get(user).is_some_and(|account| account.active);
    if is_there { Ok(user) } else { Err(Refusal::new("CRM_CHAT_USER_NOT_ACTIVE")) }
}

/// Whether a bot may see the CRM.
fn may_see_items(state: &State, call: &Call<'_>, bot: &Bot) -> bool {
    let scopes = match &bot.owner {
        Owner::App(app) => state.apps.get(*app).map(|app| app.scopes.clone()).unwrap_or_default(),
        Owner::Client(_) => call.caller.scopes.clone(),
    };
    scopes.iter().any(|scope| scope == "crm")
}

pub(super) fn add_user(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let Some(chat) = chat(state, call)? else { return Ok(0.into()) };
    let user = active_user(state, call)?;
    let denied = |why: &str| Err(Refusal::because("ACCESS_DENIED", why));
    if state.dialogue(call.user(), chat).is_err() {
        return denied("you may not bring anybody into the chat");
    }
    if !state.works_here(user) {
        return denied("the user has no access to the item");
    }
    if state.bots.get(&user).is_some_and(|bot| !may_see_items(state, call, bot)) {
        return denied("the bot has no permission for the CRM");
    }
    if state.chats.get(chat).is_some_and(|chat| chat.has(user)) {
        return Err(Refusal::because("WRONG_REQUEST", "the user takes part already"));
    }
    state.add_member(chat, user);
    state.welcome(chat, user, call.user());
    Ok(chat.into())
}

pub(super) fn delete_user(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let Some(chat) = chat(state, call)? else { return Ok(0.into()) };
    let user = active_user(state, call)?;
    if state.dialogue(call.user(), chat).is_err() {
        return Err(Refusal::new("CHAT_DELETE_USER_PERMISSION_DENIED").with_status(403));
    }
    let takes_part = state.chats.get(chat).is_some_and(|chat| chat.has(user));
    if !takes_part || state.is_client(user) {
        return Err(Refusal::because("WRONG_REQUEST", "the user does not take part or is the client"));
    }
    state.remove_member(chat, user);
    Ok(chat.into())
}

pub(super) fn create_lead(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    state.make_lead(call.user(), super::chat(call)).map(|()| true.into()).map_err(|obstacle| match obstacle {
        Obstacle::Taken => Refusal::new("ERROR_USER_NOT_OPERATOR"),
        other => refused(other),
    })
}

/// Speaks in the name of the user that the call names.
pub(super) fn add_message(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let chat = chat(state, call)?.ok_or_else(|| Refusal::new("CHAT_NOT_IN_CRM"))?;
    let user: UserId = call.args.id("USER_ID").unwrap_or_default();
    if state.chats.get(chat).is_none_or(|chat| !chat.has(user)) {
        return Err(Refusal::new("CANCELED"));
    }
    if !state.works_here(user) {
        return Err(Refusal::because("ACCESS_DENIED", "the sender has no access to the item"));
    }
    let message = state.post(chat, user, Content::text(call.args.text_or_empty("MESSAGE")));
    let session = state.lines.session_in(chat).map(|session| session.id);
    // What a bot says is told here alone.
    if let (true, Some(session), Some(said)) =
        (state.bots.contains_key(&user), session, state.messages.get(message).cloned())
    {
        state.tell_of_message(session, &said, Event::New);
    }
    state.announce(message);
    Ok(message.into())
}
