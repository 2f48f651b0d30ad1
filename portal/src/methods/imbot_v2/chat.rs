use serde_json::{Value, json};

use super::acting::{self, denied, done};
use crate::{
    ids::UserId,
    methods::content,
    picture,
    rest::{Args, Call, Refusal},
    state::{State, chats::NewChat},
    views::v2,
};

/// Users that do not exist are passed over.
pub(super) fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let fields = call.args.object("fields");
    let is_there = |user: &UserId| state.users.contains(*user);
    let owner = fields.id("ownerId").filter(is_there).unwrap_or(bot.id);
    let mut members: Vec<UserId> = fields.users("userIds").into_iter().filter(is_there).collect();
    members.push(bot.id);
    let id = state.add_group(
        owner,
        NewChat {
            title: fields.text_or_empty("title"),
            description: fields.text_or_empty("description"),
            color: color(state, &fields).unwrap_or_default(),
            avatar: avatar(&fields).unwrap_or_default(),
            members,
            ..NewChat::default()
        },
    );
    if fields.text("message").is_some() {
        state.post(id, bot.id, content::read(&fields, &content::V2));
    }
    let guests = state.chats.get(id).map(|chat| chat.users().filter(|user| *user != bot.id).collect::<Vec<_>>());
    let guests = guests.unwrap_or_default();
    for guest in &guests {
        state.welcome(id, *guest, bot.id);
    }
    let mut view = state.chats.get(id).map_or(Value::Null, |chat| v2::chat(state, chat, bot.id));
    view["isNew"] = true.into();
    Ok(json!({"chat": view, "users": v2::users(state, guests)}))
}

pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let id = acting::chat(state, &bot, call)?;
    let chat = state.joined(bot.id, id).map_err(denied)?;
    Ok(json!({"chat": v2::chat(state, chat, bot.id)}))
}

pub(super) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let id = acting::chat(state, &bot, call)?;
    let fields = call.args.object("fields");
    let (color, avatar) = (color(state, &fields), avatar(&fields));
    state.change_chat(id, |chat| {
        if let Some(title) = fields.text("title") {
            title.trim().clone_into(&mut chat.title);
        }
        if fields.has("description") {
            chat.description = fields.text_or_empty("description");
        }
        chat.color = color.unwrap_or_else(|| chat.color.clone());
        chat.avatar = avatar.unwrap_or_else(|| chat.avatar.clone());
    });
    Ok(done())
}

pub(super) fn leave(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let id = acting::chat(state, &bot, call)?;
    state.joined_group(bot.id, id).map_err(denied)?;
    state.remove_member(id, bot.id);
    Ok(done())
}

fn color(state: &State, fields: &Args) -> Option<String> {
    fields.text("color").and_then(|word| state.palette.named(word)).map(str::to_owned)
}

fn avatar(fields: &Args) -> Option<String> {
    fields.text("avatar").and_then(|avatar| picture::checked(avatar).ok()).map(str::to_owned)
}
