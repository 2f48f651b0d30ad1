pub(super) mod look;
pub(super) mod members;

use serde_json::{Value, json};

use crate::{
    ids::{ChatId, Dialog},
    methods::{content, new_chat},
    rest::{Call, Refusal},
    state::{State, chats::Denial},
};

/// A refusal with the code that a method has for this reason.
fn refused(code: &str, denial: Denial) -> Refusal {
    Refusal::because(code, denial.to_string())
}

pub(super) fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let args = &call.args;
    let owner = args.id("OWNER_ID").unwrap_or(call.user());
    let greeting = args.text("MESSAGE").map(|_| content::read(args, &content::V1));
    let chat = state.start_chat(call.user(), owner, new_chat::read(args), greeting);
    chat.map(Value::from).map_err(|denial| refused("WRONG_REQUEST", denial))
}

/// The newest chat of the object, or null. Somebody from outside finds only those that it is in.
pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (kind, id) = (call.args.text_or_empty("ENTITY_TYPE"), call.args.text_or_empty("ENTITY_ID"));
    let chat = state.chat_about(&kind, &id).filter(|chat| chat.has(call.user()) || state.works_here(call.user()));
    Ok(chat.map_or(Value::Null, |chat| json!({"ID": chat.id})))
}

pub(super) fn mute(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let is_muted = call.args.flag("MUTE").unwrap_or(true);
    let id = match (call.args.id("CHAT_ID"), call.args.dialog("DIALOG_ID")) {
        (Some(id), _) => Ok(id),
        (None, Some(dialog)) => state.joined_chat(call.user(), dialog),
        (None, None) => return Err(Refusal::new("CHAT_ID_EMPTY")),
    };
    let id = id.map_err(|denial| refused("ACCESS_ERROR", denial))?;
    if state.arrange(id, call.user(), |member| member.is_muted = is_muted) {
        Ok(true.into())
    } else {
        Err(refused("ACCESS_ERROR", Denial::NotMember(Dialog::Chat(id))))
    }
}

pub(super) fn send_typing(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    state.type_on(call.user(), Dialog::Chat(named(call))).map_err(|denial| refused("ACCESS_ERROR", denial))?;
    Ok(true.into())
}

fn named(call: &Call<'_>) -> ChatId {
    call.args.id("CHAT_ID").unwrap_or_default()
}

/// The chat that a call names by its number or as a dialog; a private dialog is none that could be changed.
fn group(state: &State, call: &Call<'_>) -> Result<ChatId, Refusal> {
    match call.args.dialog("DIALOG_ID").filter(|_| call.args.value("CHAT_ID").is_none()) {
        Some(Dialog::User(_)) => Err(refused("DIALOG_ID_EMPTY", Denial::Private)),
        Some(dialog) => Ok(state.find_chat(call.user(), dialog).map(|chat| chat.id).unwrap_or_default()),
        None => Ok(named(call)),
    }
}
