//! What can be done with a message of a conversation.

use serde_json::Value;

use super::{chat, done, refused};
use crate::{
    ids::MessageId,
    rest::{Call, Refusal},
    state::{State, lines::QuickAnswer},
};

fn message(call: &Call<'_>) -> MessageId {
    call.args.id("MESSAGE_ID").unwrap_or_default()
}

pub(super) fn start_session(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    done(state.start_session_from(call.user(), chat(call), message(call)))
}

pub(super) fn save(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let session = state.dialogue(call.user(), chat(call)).map_err(refused)?;
    let (line, chat) = (session.line, session.chat);
    let saved = state.messages.get(message(call)).filter(|message| message.chat == chat && message.is_there());
    let text = saved.map(|message| message.content.text.clone()).filter(|text| !text.is_empty());
    let text = text.ok_or_else(|| Refusal::new("CANT_SAVE_QUICK_ANSWER"))?;
    state.lines.quick_answers.push(QuickAnswer { line, text });
    Ok(true.into())
}
