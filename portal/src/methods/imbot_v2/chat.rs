use serde_json::{Value, json};

use super::acting::{self, denied, done};
use crate::{
    ids::UserId,
    methods::content,
    picture,
    rest::{Args, Call, Refusal},
    state::{
        State,
        chats::{Denial, NewChat},
    },
    views::v2,
};

/// Users that do not exist are passed over.
pub(super) fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?.id;
    let fields = call.args.object("fields");
    let is_there = |user: &UserId| state.users.contains(*user);
    let owner = fields.id("ownerId").filter(is_there).unwrap_or(bot);
    let new = NewChat {
        title: fields.text_or_empty("title"),
        description: fields.text_or_empty("description"),
        color: color(state, &fields).unwrap_or_default(),
        avatar: avatar(&fields).unwrap_or_default(),
        members: fields.users("userIds").into_iter().filter(is_there).collect(),
        ..NewChat::default()
    };
    let greeting = fields.text("message").map(|_| content::read(&fields, &content::V2));
    let id = state.start_chat(bot, owner, new, greeting).map_err(denied)?;
    let chat = state.joined(bot, id).map_err(denied)?;
    let guests = chat.users().filter(|user| *user != bot);
    let mut view = v2::chat(state, chat, bot);
    view["isNew"] = true.into();
    Ok(json!({"chat": view, "users": v2::users(state, guests)}))
}

pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let id = acting::chat(state, &bot, call)?;
    let chat = state.joined(bot.id, id).map_err(denied)?;
    Ok(json!({"chat": v2::chat(state, chat, bot.id)}))
}

/// What is as it shall be already is no error here.
pub(super) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let id = acting::chat(state, &bot, call)?;
    let fields = call.args.object("fields");
    let settled = |result: Result<(), Denial>| match result {
        Ok(()) | Err(Denial::Unchanged) => Ok(()),
        Err(denial) => Err(denied(denial)),
    };
    if let Some(title) = fields.text("title") {
        settled(state.rename(bot.id, id, title))?;
    }
    if let Some(avatar) = avatar(&fields) {
        settled(state.repaint(bot.id, id, avatar))?;
    }
    if let Some(color) = color(state, &fields) {
        settled(state.recolor(bot.id, id, &color))?;
    }
    if fields.has("description") {
        state.change_chat(id, |chat| chat.description = fields.text_or_empty("description"));
    }
    Ok(done())
}

pub(super) fn leave(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let id = acting::chat(state, &bot, call)?;
    state.leave(bot.id, id).map_err(denied)?;
    Ok(done())
}

fn color(state: &State, fields: &Args) -> Option<String> {
    fields.text("color").and_then(|word| state.palette.named(word)).map(str::to_owned)
}

fn avatar(fields: &Args) -> Option<String> {
    fields.text("avatar").and_then(|avatar| picture::checked(avatar).ok()).map(str::to_owned)
}
