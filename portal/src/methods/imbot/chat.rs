use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;

use super::{bot, message};
use crate::{
    ids::{ChatId, UserId},
    rest::{Args, Call, Refusal},
    state::{
        State,
        bots::Bot,
        chats::{Chat, Entity, NewChat},
    },
};

/// How pictures begin, in the formats that the platform takes.
const PICTURES: [&[u8]; 4] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF"];

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
            avatar: args.text("AVATAR").filter(|avatar| is_picture(avatar)).unwrap_or_default().to_owned(),
            entity: entity(args),
            members,
        },
    );
    if args.text("MESSAGE").is_some() {
        state.post(chat, bot.id, message::content(args));
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
    bot::chosen(state, call)?;
    let wanted = entity(&call.args);
    let is_it = |chat: &&Chat| (&chat.entity.kind, &chat.entity.id) == (&wanted.kind, &wanted.id);
    let chat = state.chats.values().rev().find(is_it);
    Ok(chat.map_or(Value::Null, |chat| chat.id.into()))
}

/// A group chat that the bot is in, or the code that the method has for the lack of it.
fn joined<'a>(state: &'a State, bot: &Bot, call: &Call<'_>, code: &str) -> Result<&'a Chat, Refusal> {
    let chat = call.args.id("CHAT_ID").and_then(|id: ChatId| state.chats.get(id));
    let chat = chat.filter(|chat| !chat.is_private() && chat.has(bot.id));
    chat.ok_or_else(|| Refusal::because(code, "there is no such chat, or the bot is not in it"))
}

pub(super) fn leave(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let chat = joined(state, &bot, call, "ACCESS_ERROR")?.id;
    state.remove_member(chat, bot.id);
    Ok(true.into())
}

pub(super) fn set_owner(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let heir: UserId = call.args.id("USER_ID").ok_or_else(|| Refusal::new("USER_ID_EMPTY"))?;
    let chat = joined(state, &bot, call, "WRONG_REQUEST")?;
    if chat.owner != bot.id {
        return Err(Refusal::because("WRONG_REQUEST", "the bot does not own the chat"));
    }
    if !chat.has(heir) {
        return Err(Refusal::because("WRONG_REQUEST", format!("user {heir} is not in the chat")));
    }
    let chat = chat.id;
    state.change_chat(chat, |chat| chat.owner = heir);
    Ok(true.into())
}

pub(super) fn update_title(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let title = call.args.text_or_empty("TITLE");
    let chat = joined(state, &bot, call, "WRONG_REQUEST")?;
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
    let chat = joined(state, &bot, call, "WRONG_REQUEST")?;
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
    if !is_picture(&avatar) {
        return Err(Refusal::new("AVATAR_ERROR"));
    }
    let chat = joined(state, &bot, call, "WRONG_REQUEST")?.id;
    state.change_chat(chat, |chat| chat.avatar = avatar);
    Ok(true.into())
}

fn is_picture(base64: &str) -> bool {
    BASE64_STANDARD.decode(base64).is_ok_and(|bytes| PICTURES.iter().any(|start| bytes.starts_with(start)))
}

pub(super) fn list_users(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let chat = joined(state, &bot, call, "ACCESS_ERROR")?;
    Ok(chat.users().map(Value::from).collect())
}

pub(super) fn add_users(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let chat = joined(state, &bot, call, "WRONG_REQUEST")?;
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
    let chat = joined(state, &bot, call, "WRONG_REQUEST")?;
    if chat.owner != bot.id {
        return Err(Refusal::because("WRONG_REQUEST", "only the owner of the chat may remove users"));
    }
    if user == bot.id || !chat.has(user) {
        return Err(Refusal::because("WRONG_REQUEST", format!("user {user} cannot be removed or is not in the chat")));
    }
    let chat = chat.id;
    state.remove_member(chat, user);
    Ok(true.into())
}
