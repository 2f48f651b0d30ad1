use serde_json::{Value, json};

use super::text;
use crate::{
    ids::UserId,
    state::{State, chats::Chat, clock::iso, users::picture},
};

/// A chat as `eyes` see it.
pub(crate) fn chat(state: &State, chat: &Chat, eyes: UserId) -> Value {
    let mut view = chat_in_event(state, chat, eyes);
    let member = chat.member(eyes);
    let read = member.map(|member| member.read).filter(|read| read.0 > 0);
    let history = chat.history(eyes);
    let unread = history.iter().find(|id| Some(**id) > read).filter(|_| chat.unread(eyes) > 0);
    let muted: Vec<UserId> = chat.members.iter().filter(|member| member.is_muted).map(|member| member.user).collect();
    let more = json!({
        "role": role(chat, eyes),
        "muteList": muted,
        "parentChatId": null,
        "parentMessageId": null,
        "dateCreate": iso(chat.created),
        "lastMessageId": history.last(),
        "lastMessageViews": "{}",
        "lastId": read,
        "managerList": chat.managers,
        "markedId": null,
        "messageCount": history.len(),
        "public": "",
        "unreadId": unread,
        "userCounter": chat.members.len(),
    });
    if let (Value::Object(view), Value::Object(more)) = (&mut view, more) {
        view.extend(more);
    }
    view
}

/// A chat as `eyes` name it, without what is different for each member.
pub(crate) fn chat_in_event(state: &State, chat: &Chat, eyes: UserId) -> Value {
    json!({
        "id": chat.id,
        "dialogId": chat.dialog(eyes).to_string(),
        "name": chat.title,
        "type": chat.type_word(),
        "messageType": chat.kind.letter(),
        "owner": chat.owner,
        "color": state.palette.hex(&chat.color),
        "avatar": picture(&chat.avatar),
        "description": chat.description,
        "extranet": state.has_outsiders(chat),
        "containsCollaber": false,
        "entityType": chat.entity.kind,
        "entityId": chat.entity.id,
        "entityData1": chat.entity.data[0],
        "entityData2": chat.entity.data[1],
        "entityData3": chat.entity.data[2],
        "entityLink": {},
        "diskFolderId": chat.folder,
        "permissions": {},
        "parentChatId": 0,
        "parentMessageId": 0,
        "isNew": false,
        "textFieldEnabled": if chat.has_text_field { "Y" } else { "N" },
        "backgroundId": text(background(state, chat)),
    })
}

fn role(chat: &Chat, user: UserId) -> &'static str {
    if !chat.has(user) {
        "none"
    } else if chat.owner == user {
        "owner"
    } else if chat.managers.contains(&user) {
        "manager"
    } else {
        "member"
    }
}

/// A chat has a background of its own, or that of the bot in it.
fn background<'a>(state: &'a State, chat: &'a Chat) -> &'a str {
    let of_bot = || chat.users().filter(|_| chat.is_private()).find_map(|user| state.bots.get(&user));
    if chat.background.is_empty() { of_bot().map_or("", |bot| &bot.background) } else { &chat.background }
}
