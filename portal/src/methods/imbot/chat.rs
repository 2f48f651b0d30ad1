use serde_json::{Value, json};

use super::bot;
use crate::{
    ids::{ChatId, UserId},
    methods::{content, new_chat},
    picture,
    rest::{Call, Refusal},
    state::{
        State,
        chats::{Chat, Denial},
    },
};

/// What cannot be done in a chat at all has another code than what the bot alone may not do.
fn refused(denial: Denial) -> Refusal {
    let code = if matches!(denial, Denial::Private | Denial::Fixed) { "ACCESS_ERROR" } else { "WRONG_REQUEST" };
    Refusal::because(code, denial.to_string())
}

pub(super) fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let args = &call.args;
    let owner = args.id("OWNER_ID").unwrap_or(bot.id);
    let greeting = args.text("MESSAGE").map(|_| content::read(args, &content::V1));
    state.start_chat(bot.id, owner, new_chat::read(args), greeting).map(Value::from).map_err(refused)
}

/// The newest chat of the object, or null.
pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let (kind, id) = (call.args.text_or_empty("ENTITY_TYPE"), call.args.text_or_empty("ENTITY_ID"));
    match state.chat_about(&kind, &id) {
        None => Ok(Value::Null),
        Some(chat) if chat.has(bot.id) => Ok(json!({"ID": chat.id})),
        Some(_) => Err(Refusal::because("ACCESS_ERROR", "the bot is not in the chat of this object")),
    }
}

/// The bot that acts and the chat that it names.
fn named(state: &State, call: &Call<'_>) -> Result<(UserId, ChatId), Refusal> {
    Ok((bot::chosen(state, call)?.id, call.args.id("CHAT_ID").unwrap_or_default()))
}

/// The user that the call is about.
fn subject(call: &Call<'_>) -> Result<UserId, Refusal> {
    call.args.id("USER_ID").ok_or_else(|| Refusal::new("USER_ID_EMPTY"))
}

/// Nobody takes the owner out of its chat, not even itself, before it is handed over.
fn is_left_to(state: &State, user: UserId, chat: ChatId) -> Result<(), Refusal> {
    let owns = |chat: &Chat| chat.owner == user;
    let is_owner = state.chats.get(chat).is_some_and(owns);
    if is_owner { Err(Refusal::because("ACCESS_ERROR", "LEAVE_OWNER_FORBIDDEN")) } else { Ok(()) }
}

pub(super) fn leave(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (bot, chat) = named(state, call)?;
    is_left_to(state, bot, chat)?;
    state.leave(bot, chat).map_err(refused)?;
    Ok(true.into())
}

pub(super) fn set_owner(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (bot, chat) = named(state, call)?;
    state.hand_over(bot, chat, subject(call)?).map_err(refused)?;
    Ok(true.into())
}

pub(super) fn set_manager(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (bot, chat) = named(state, call)?;
    let is_manager = call.args.flag("IS_MANAGER").unwrap_or(true);
    state.appoint(bot, chat, subject(call)?, is_manager).map_err(refused)?;
    Ok(true.into())
}

pub(super) fn update_title(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (bot, chat) = named(state, call)?;
    state.rename(bot, chat, &call.args.text_or_empty("TITLE")).map_err(refused)?;
    Ok(true.into())
}

pub(super) fn update_color(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (bot, chat) = named(state, call)?;
    state.recolor(bot, chat, &call.args.text_or_empty("COLOR")).map_err(refused)?;
    Ok(true.into())
}

pub(super) fn update_avatar(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (bot, chat) = named(state, call)?;
    let avatar = call.args.text_or_empty("AVATAR");
    picture::checked(&avatar).map_err(|flaw| Refusal::because("AVATAR_ERROR", flaw.to_string()))?;
    state.repaint(bot, chat, avatar).map_err(refused)?;
    Ok(true.into())
}

pub(super) fn list_users(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (bot, chat) = named(state, call)?;
    let chat = state.joined_group(bot, chat);
    let chat = chat.map_err(|denial| Refusal::because("ACCESS_ERROR", denial.to_string()))?;
    Ok(chat.users().map(Value::from).collect())
}

pub(super) fn add_users(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (bot, chat) = named(state, call)?;
    let hides_history = call.args.flag("HIDE_HISTORY").unwrap_or(true);
    state.invite(bot, chat, &call.args.users("USERS"), hides_history).map_err(refused)?;
    Ok(true.into())
}

pub(super) fn delete_user(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (bot, chat) = named(state, call)?;
    let user = subject(call)?;
    state.joined_group(bot, chat).map_err(refused)?;
    is_left_to(state, user, chat)?;
    state.expel(bot, chat, user).map_err(refused)?;
    Ok(true.into())
}
