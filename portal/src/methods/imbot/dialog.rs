use serde_json::{Value, json};

use super::{bot, message};
use crate::{
    ids::Dialog,
    rest::{Call, Refusal},
    state::{Change, State, clock::iso, users::picture},
};

pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let owner = call.owner()?;
    let dialog = call.args.dialog("DIALOG_ID").ok_or_else(|| Refusal::new("DIALOG_ID_EMPTY"))?;
    // What the bots of the caller see is what the caller sees.
    let mut eyes = state.bots_of(&owner).map(|bot| bot.id).chain([call.user()]);
    let found = match dialog {
        Dialog::Chat(_) | Dialog::Workgroup(_) => {
            state.find_chat(call.caller.user, dialog).filter(|chat| eyes.any(|user| chat.has(user)))
        }
        Dialog::User(other) => eyes.find_map(|user| state.find_private(user, other)).and_then(|id| state.chats.get(id)),
    };
    let chat = found.ok_or_else(|| Refusal::new("ACCESS_ERROR"))?;
    let title = match dialog {
        Dialog::User(other) => state.user_name(other),
        Dialog::Chat(_) | Dialog::Workgroup(_) => chat.title.clone(),
    };
    Ok(json!({
        "id": chat.id,
        "title": title,
        "owner": chat.owner,
        "extranet": state.has_outsiders(chat),
        "avatar": picture(&chat.avatar),
        "color": state.palette.hex(&chat.color),
        "type": chat.type_word(),
        "entity_type": chat.entity.kind,
        "entity_id": chat.entity.id,
        "entity_data_1": chat.entity.data[0],
        "entity_data_2": chat.entity.data[1],
        "entity_data_3": chat.entity.data[2],
        "date_create": iso(chat.created),
        "message_type": chat.kind.letter(),
    }))
}

pub(super) fn send_typing(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let chat = message::target(state, &bot, call)?;
    state.changes.push(Change::Typing { chat, user: bot.id });
    Ok(true.into())
}
