use serde_json::Value;

use super::bot;
use crate::{
    ids::{ChatId, MessageId, UserId},
    methods::content,
    rest::{Call, Refusal},
    state::{
        State,
        bots::Bot,
        chats::Denial,
        messages::{LIKE, Removal},
    },
};

pub(super) fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let mut content = content::read(&call.args, &content::V1);
    let pair = call.args.id("FROM_USER_ID").zip(call.args.id("TO_USER_ID"));
    let chat = if let Some((from, to)) = pair {
        content.is_system = true;
        between(state, from, to)?
    } else {
        target(state, &bot, call)?
    };
    Ok(state.post(chat, bot.id, content).into())
}

/// The private chat of two people.
fn between(state: &mut State, from: UserId, to: UserId) -> Result<ChatId, Refusal> {
    let exist = from != to && [from, to].iter().all(|user| state.users.get(*user).is_some());
    if exist {
        Ok(state.private_chat(from, to))
    } else {
        Err(Refusal::because("WRONG_REQUEST", format!("there are no two users {from} and {to}")))
    }
}

/// The chat that the bot means by `DIALOG_ID` and may write to.
pub(super) fn target(state: &mut State, bot: &Bot, call: &Call<'_>) -> Result<ChatId, Refusal> {
    let dialog = call.args.dialog("DIALOG_ID").ok_or_else(|| Refusal::new("DIALOG_ID_EMPTY"))?;
    let chat = state.reach(bot.id, dialog).and_then(|id| state.chats.get(id));
    match chat {
        None => Err(Refusal::because("WRONG_REQUEST", format!("there is no dialog {dialog}"))),
        Some(chat) if !chat.has(bot.id) => {
            Err(Refusal::because("WRONG_REQUEST", format!("the bot {} is not in {dialog}", bot.id)))
        }
        Some(chat) => Ok(chat.id),
    }
}

pub(super) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let id = named(call);
    state.editable(bot.id, id).map_err(cannot_change)?;
    if call.args.has("MESSAGE") && call.args.text("MESSAGE").is_none() {
        state.delete(id, Removal::Marked);
        return Ok(true.into());
    }
    state.edit(id, |content| content::revise(content, &call.args, &content::V1));
    Ok(true.into())
}

pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let id = named(call);
    state.authored(bot.id, id).map_err(cannot_change)?;
    let is_complete = call.args.flag("COMPLETE").unwrap_or(false);
    state.delete(id, if is_complete { Removal::Complete } else { Removal::Marked });
    Ok(true.into())
}

fn named(call: &Call<'_>) -> MessageId {
    call.args.id("MESSAGE_ID").unwrap_or_default()
}

fn cannot_change(denial: Denial) -> Refusal {
    Refusal::because("CANT_EDIT_MESSAGE", denial.to_string())
}

pub(super) fn like(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let seen = state.seen(bot.id, named(call));
    let message = seen.map_err(|denial| Refusal::because("MESSAGE_ID_ERROR", denial.to_string()))?;
    let wanted = match call.args.text("ACTION") {
        Some("plus") => true,
        Some("minus") => false,
        _ => !message.has_reaction(bot.id, LIKE),
    };
    let id = message.id;
    if state.like(id, bot.id, wanted) { Ok(true.into()) } else { Err(Refusal::new("WITHOUT_CHANGES")) }
}
