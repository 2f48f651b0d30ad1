//! Which bot acts, and where.

use serde_json::{Value, json};

use crate::{
    ids::{ChatId, UserId},
    rest::{Call, Refusal},
    state::{
        State,
        bots::{Bot, Owner},
        chats::Denial,
    },
};

/// Whose bots a call is about: those of the application, or of the token that a webhook client chose.
pub(super) fn owner(call: &Call<'_>, token: Option<&str>) -> Result<Owner, Refusal> {
    match (call.app(), token) {
        (Ok(app), _) => Ok(Owner::App(app)),
        (Err(_), Some(token)) => Ok(Owner::Client(token.to_owned())),
        (Err(_), None) => Err(Refusal::new("BOT_TOKEN_NOT_SPECIFIED")),
    }
}

/// The owner by the token that stands beside the other parameters.
pub(super) fn caller(call: &Call<'_>) -> Result<Owner, Refusal> {
    owner(call, call.args.text("botToken"))
}

/// The bot that a call names.
pub(super) fn bot(state: &State, call: &Call<'_>) -> Result<Bot, Refusal> {
    let owner = caller(call)?;
    let id: UserId = call.args.id("botId").ok_or_else(|| Refusal::new("BOT_ID_REQUIRED"))?;
    let bot = state.bots.get(&id).ok_or_else(|| Refusal::new("BOT_NOT_FOUND"))?;
    if bot.owner == owner { Ok(bot.clone()) } else { Err(Refusal::new("BOT_OWNERSHIP_ERROR")) }
}

/// The chat that the bot means by `dialogId` and is in; a private one is made.
pub(super) fn chat(state: &mut State, bot: &Bot, call: &Call<'_>) -> Result<ChatId, Refusal> {
    let dialog =
        call.args.dialog("dialogId").ok_or_else(|| Refusal::because("ACCESS_DENIED", "no dialog was given"))?;
    state.joined_chat(bot.id, dialog).map_err(denied)
}

/// This API has one code for everything that somebody may not do.
pub(super) fn denied(denial: Denial) -> Refusal {
    Refusal::because("ACCESS_DENIED", denial.to_string())
}

/// What is answered where there is nothing else to say.
pub(super) fn done() -> Value {
    json!({"result": true})
}
