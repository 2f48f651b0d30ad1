//! What people see of a bot besides its messages, and what they hand to it.

use serde_json::{Value, json};

use super::acting::{self, done};
use crate::{
    rest::{Call, Refusal},
    state::{Change, State},
};

/// How long a bot is shown to be at work where it does not say, in seconds.
const SHOWN: u64 = 30;
/// How long a bot can be shown to be at work, in seconds.
const LONGEST_SHOWN: u64 = 600;

pub(super) fn notify(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let chat = acting::chat(state, &bot, call)?;
    let action = call.args.text("statusMessageCode").filter(|code| state.spec_knows("V2InputAction", code));
    let change = match action {
        Some(action) => {
            let seconds = call.args.number("duration").unwrap_or(SHOWN).clamp(1, LONGEST_SHOWN);
            Change::Busy { chat, user: bot.id, action: action.to_owned(), seconds }
        }
        None => Change::Typing { chat, user: bot.id },
    };
    state.changes.push(change);
    Ok(done())
}

pub(super) fn enable_text_field(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let chat = acting::chat(state, &bot, call)?;
    let is_enabled = call.args.flag("enabled").unwrap_or(true);
    state.change_chat(chat, |chat| chat.has_text_field = is_enabled);
    Ok(done())
}

/// What a link with `BOT_CONTEXT` does: the dialog is opened, and its bots get the context.
pub(super) fn send_context(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let denied = |why: String| Refusal::because("ACCESS_DENIED", why);
    let dialog = call.args.dialog("dialogId").ok_or_else(|| denied("no dialog was given".to_owned()))?;
    let user = call.caller.user;
    let chat = state.open(user, dialog).map_err(|why| denied(why.to_string()))?;
    let context = call.args.value("context").cloned().unwrap_or_else(|| json!({}));
    state.hand_context(chat, user, &context);
    Ok(done())
}

/// The local portal has one revision for all clients.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn revision(state: &mut State, _call: &Call<'_>) -> Result<Value, Refusal> {
    let revision = state.settings.revision;
    Ok(json!({"rest": revision, "web": revision, "mobile": revision, "desktop": revision}))
}
