use serde_json::Value;

use super::bot;
use crate::{
    ids::{ChatId, UserId},
    methods::content,
    picture,
    rest::{Args, Call, Refusal},
    state::{
        State,
        bots::Bot,
        chats::{Chat, Denial, Entity, NewChat},
    },
};

pub(super) fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let args = &call.args;
    let owner = args.id("OWNER_ID").unwrap_or(bot.id);
    let mut members = args.users("USERS");
    members.push(bot.id);
    if let Some(stranger) = members.iter().chain([&owner]).find(|user| state.users.get(**user).is_none()) {
        return Err(Refusal::because("WRONG_REQUEST", format!("there is no user {stranger}")));
    }
    let guests: Vec<UserId> = members.iter().copied().filter(|user| *user != bot.id).collect();
    let chat = state.add_group(
        owner,
        NewChat {
            is_open: args.text("TYPE") == Some("OPEN"),
            title: args.text_or_empty("TITLE"),
            description: args.text_or_empty("DESCRIPTION"),
            color: args.text_or_empty("COLOR"),
            avatar: args.text("AVATAR").and_then(|avatar| picture::checked(avatar).ok()).unwrap_or_default().to_owned(),
            entity: entity(args),
            members,
        },
    );
    if args.text("MESSAGE").is_some() {
        state.post(chat, bot.id, content::read(args, &content::V1));
    }
    for guest in guests {
        state.welcome(chat, guest, bot.id);
    }
    Ok(chat.into())
}

fn entity(args: &Args) -> Entity {
    Entity {
        kind: args.text_or_empty("ENTITY_TYPE"),
        id: args.text_or_empty("ENTITY_ID"),
        data: [1, 2, 3].map(|number| args.text_or_empty(&format!("ENTITY_DATA_{number}"))),
    }
}

/// The newest chat of the object, or null.
pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let wanted = entity(&call.args);
    let is_it = |chat: &&Chat| (&chat.entity.kind, &chat.entity.id) == (&wanted.kind, &wanted.id);
    match state.chats.values().rev().find(is_it) {
        None => Ok(Value::Null),
        Some(chat) if chat.has(bot.id) => Ok(chat.id.into()),
        Some(_) => Err(Refusal::because("ACCESS_ERROR", "the bot is not in the chat of this object")),
    }
}

/// A group chat that the bot is in, or why it is none.
fn joined<'a>(state: &'a State, bot: &Bot, call: &Call<'_>) -> Result<&'a Chat, Refusal> {
    let id = call.args.id("CHAT_ID").unwrap_or_default();
    state.joined_group(bot.id, id).map_err(refused)
}

fn refused(denial: Denial) -> Refusal {
    // What no private dialog can do has a code of its own.
    let code = if denial == Denial::Private { "ACCESS_ERROR" } else { "WRONG_REQUEST" };
    Refusal::because(code, denial.to_string())
}

/// The owner has to leave its chat to somebody else first.
pub(super) fn leave(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let chat = joined(state, &bot, call)?;
    if chat.owner == bot.id {
        return Err(Refusal::because("ACCESS_ERROR", "LEAVE_OWNER_FORBIDDEN"));
    }
    let chat = chat.id;
    state.remove_member(chat, bot.id);
    Ok(true.into())
}

/// A chat that the bot owns, and a member of it.
fn owned(state: &State, call: &Call<'_>) -> Result<(ChatId, UserId), Refusal> {
    let bot = bot::chosen(state, call)?;
    let user = call.args.id("USER_ID").ok_or_else(|| Refusal::new("USER_ID_EMPTY"))?;
    joined(state, &bot, call)?;
    let chat = state.owned(bot.id, call.args.id("CHAT_ID").unwrap_or_default()).map_err(refused)?;
    if chat.has(user) { Ok((chat.id, user)) } else { Err(refused(Denial::NotInChat(user))) }
}

pub(super) fn set_owner(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (chat, heir) = owned(state, call)?;
    state.change_chat(chat, |chat| chat.owner = heir);
    Ok(true.into())
}

pub(super) fn set_manager(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (chat, user) = owned(state, call)?;
    let is_manager = call.args.flag("IS_MANAGER").unwrap_or(true);
    state.set_managers(chat, [user], is_manager);
    Ok(true.into())
}

pub(super) fn update_title(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let title = call.args.text_or_empty("TITLE").trim().to_owned();
    let chat = joined(state, &bot, call)?;
    if chat.title == title {
        return Err(Refusal::because("WRONG_REQUEST", "the chat has this title already"));
    }
    let chat = chat.id;
    state.change_chat(chat, |chat| chat.title = title);
    Ok(true.into())
}

pub(super) fn update_color(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let color = call.args.text_or_empty("COLOR");
    let chat = joined(state, &bot, call)?;
    if chat.color == color {
        return Err(Refusal::because("WRONG_REQUEST", "the chat has this color already"));
    }
    let chat = chat.id;
    state.change_chat(chat, |chat| chat.color = color);
    Ok(true.into())
}

pub(super) fn update_avatar(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let avatar = call.args.text_or_empty("AVATAR");
    picture::checked(&avatar).map_err(|flaw| Refusal::because("AVATAR_ERROR", flaw.to_string()))?;
    let chat = joined(state, &bot, call)?.id;
    state.change_chat(chat, |chat| chat.avatar = avatar);
    Ok(true.into())
}

pub(super) fn list_users(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let id = call.args.id("CHAT_ID").unwrap_or_default();
    let chat = state.joined_group(bot.id, id);
    let chat = chat.map_err(|denial| Refusal::because("ACCESS_ERROR", denial.to_string()))?;
    Ok(chat.users().map(Value::from).collect())
}

pub(super) fn add_users(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let chat = joined(state, &bot, call)?;
    let is_new = |user: &UserId| state.users.get(*user).is_some() && !chat.has(*user);
    let guests: Vec<UserId> = call.args.users("USERS").into_iter().filter(is_new).collect();
    if guests.is_empty() {
        return Err(Refusal::because("WRONG_REQUEST", "these users are in the chat already, or do not exist"));
    }
    let chat = chat.id;
    for guest in guests {
        state.add_member(chat, guest);
        state.welcome(chat, guest, bot.id);
    }
    Ok(true.into())
}

pub(super) fn delete_user(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let user: UserId = call.args.id("USER_ID").ok_or_else(|| Refusal::new("USER_ID_EMPTY"))?;
    let chat = joined(state, &bot, call)?;
    if chat.owner == user {
        return Err(Refusal::because("ACCESS_ERROR", "LEAVE_OWNER_FORBIDDEN"));
    }
    let chat = state.managed(bot.id, chat.id).map_err(refused)?;
    if !chat.has(user) {
        return Err(refused(Denial::NotInChat(user)));
    }
    let chat = chat.id;
    state.remove_member(chat, user);
    Ok(true.into())
}
