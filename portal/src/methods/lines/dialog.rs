//! Where a conversation is.

use serde_json::{Value, json};

use super::refused;
use crate::{
    ids::{ChatId, Dialog, SessionId},
    rest::{Args, Call, Refusal},
    state::{
        State,
        lines::{Code, Obstacle},
    },
    views,
};

pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let denied = |obstacle: Obstacle| Refusal::because("ACCESS_ERROR", obstacle.to_string()).with_status(400);
    let chat = named(state, &call.args).ok_or_else(|| denied(Obstacle::NoChat))?;
    let chat = state.dialogue(call.user(), chat).map_err(denied)?.chat;
    let known = state.chats.get(chat).ok_or_else(|| denied(Obstacle::NoChat))?;
    Ok(views::dialog(state, known, call.user(), Dialog::Chat(chat)))
}

/// The chat that a call means, by whatever it names it.
fn named(state: &State, args: &Args) -> Option<ChatId> {
    if let Some(chat) = args.id("CHAT_ID") {
        return Some(chat);
    }
    if let Some(dialog) = args.dialog("DIALOG_ID") {
        return match dialog {
            Dialog::Chat(chat) => Some(chat),
            Dialog::User(_) | Dialog::Workgroup(_) => None,
        };
    }
    if let Some(session) = args.id::<SessionId>("SESSION_ID") {
        return state.lines.sessions.get(session).map(|session| session.chat);
    }
    by_code(state, args)
}

fn by_code(state: &State, args: &Args) -> Option<ChatId> {
    state.line_chat(&args.text("USER_CODE")?.parse::<Code>().ok()?)
}

pub(super) fn open(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    // A client that is not known looks like one that is none of the caller's business.
    let chat = by_code(state, &call.args).ok_or_else(|| refused(Obstacle::NoAccess))?;
    let chat = state.dialogue(call.user(), chat).map_err(refused)?.chat;
    Ok(json!({"chatId": chat.to_string()}))
}
