use serde_json::Value;

use super::dialog;
use crate::{
    ids::{Dialog, MessageId, UserId},
    methods::content,
    people::Shared,
    rest::{Call, Refusal},
    state::{
        State,
        chats::Denial,
        messages::{Content, LIKE},
    },
};

pub(super) fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let dialog = dialog::named(call)?;
    let mut content = content::read(&call.args, &content::V1);
    content.reply = call.args.id("REPLY_ID").filter(|id| *id != MessageId(0));
    state.write(call.user(), dialog, content).map(Value::from).map_err(|denial| {
        let code = match (denial, dialog) {
            (Denial::NoDialog(_), Dialog::User(_)) => "USER_NOT_FOUND",
            (Denial::NoDialog(_), _) => "CHAT_ID",
            (Denial::NoMessage(_), _) => "REPLY_ACCESS_ERROR",
            (Denial::Elsewhere, _) => "REPLY_FROM_OTHER_CHAT_ERROR",
            _ => "ACCESS_ERROR",
        };
        Refusal::because(code, denial.to_string())
    })
}

fn named(call: &Call<'_>) -> MessageId {
    call.args.id("MESSAGE_ID").unwrap_or_default()
}

/// What the caller cannot see is no message to it; what it can see is not always its own.
fn cannot_change(denial: Denial) -> Refusal {
    Refusal::because("CANT_EDIT_MESSAGE", denial.to_string())
}

fn unseen(denial: Denial) -> Refusal {
    Refusal::because("MESSAGE_ID_ERROR", denial.to_string())
}

/// An empty text deletes the message. The mark of an edited one can be left out where the text stays.
pub(super) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let args = &call.args;
    if args.has("MESSAGE") && args.text("MESSAGE").is_none() {
        state.editable(call.user(), named(call)).map_err(cannot_change)?;
        return delete(state, call);
    }
    let marks = args.has("MESSAGE") || args.flag("IS_EDITED").unwrap_or(true);
    let revise = |content: &mut Content| content::revise(content, args, &content::V1);
    state.revise(call.user(), named(call), marks, revise).map_err(cannot_change)?;
    Ok(true.into())
}

pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    state.withdraw(call.user(), named(call)).map_err(cannot_change)?;
    Ok(true.into())
}

pub(super) fn like(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (me, id) = (call.user(), named(call));
    let is_liked = state.seen(me, id).map_err(unseen)?.has_reaction(me, LIKE);
    let wanted = match call.args.text("ACTION") {
        Some("plus") => true,
        Some("minus") => false,
        _ => !is_liked,
    };
    let has_changed = state.respond(me, id, LIKE, wanted).map_err(unseen)?;
    if has_changed { Ok(true.into()) } else { Err(Refusal::new("WITHOUT_CHANGES")) }
}

/// Does what a press on the button or the item of the message would do that has this command.
pub(super) fn command(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let args = &call.args;
    let bot: UserId = args.id("BOT_ID").unwrap_or_default();
    if !state.bots.contains_key(&bot) {
        return Err(Refusal::because("BOT_ID_ERROR", format!("there is no bot {bot}")));
    }
    let message = state.seen(call.user(), named(call)).map_err(unseen)?;
    let wanted = line(&args.text_or_empty("COMMAND"), &args.text_or_empty("COMMAND_PARAMS"));
    let offers = |offered: &Value| {
        let text = |name: &str| offered.get(name).and_then(Value::as_str).unwrap_or_default();
        line(text("COMMAND"), text("COMMAND_PARAMS")) == wanted
    };
    let content = &message.content;
    let button = content.keyboard.iter().position(offers).filter(|_| message.sender == bot);
    let item = content.menu.iter().position(offers).filter(|_| message.sender == bot);
    let (id, me) = (message.id, call.user());
    let pressed = match (button, item) {
        (Some(index), _) => state.press(me, id, index),
        (None, Some(index)) => state.pick(me, id, index),
        (None, None) => return Err(Refusal::because("PARAMS_ERROR", "the message offers no such command of this bot")),
    };
    pressed.map(|_| true.into()).map_err(|denied| Refusal::because("PARAMS_ERROR", denied.to_string()))
}

/// A command as one types it: the word alone or with what follows it, wherever the slash and the parameters stand.
fn line(command: &str, params: &str) -> String {
    format!("{} {}", command.trim().trim_start_matches('/'), params.trim()).trim_end().to_owned()
}

pub(super) fn share(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let chat = state.joined_chat(call.user(), dialog::named(call)?);
    let chat = chat.map_err(|denial| Refusal::because("ACCESS_ERROR", denial.to_string()))?;
    let message = state.seen(call.user(), named(call)).map_err(unseen)?;
    let id = message.id;
    if message.chat != chat {
        return Err(Refusal::because("MESSAGE_ID_ERROR", "the message stands in another dialog"));
    }
    let what = match call.args.text("TYPE") {
        Some("CHAT") => Shared::Chat,
        Some("TASK") => Shared::Task,
        Some("POST") => Shared::Post,
        Some("CALEND") => Shared::Event,
        _ => return Err(Refusal::new("PARAMS_ERROR")),
    };
    state.share(call.user(), id, what).map_err(unseen)?;
    Ok(true.into())
}
