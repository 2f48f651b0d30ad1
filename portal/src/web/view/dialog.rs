use serde_json::{Value, json};

use super::message;
use crate::{
    ids::UserId,
    state::{
        State,
        chats::{Chat, Member},
        users,
    },
};

/// A chat as it stands in the list of `me`. A private dialog looks like the other side.
pub(in crate::web) fn dialog(state: &State, chat: &Chat, me: UserId) -> Value {
    let companion = chat.companion(me).and_then(|id| state.users.get(id));
    let (title, color, avatar) = match companion {
        Some(user) => (user.name(), &user.color, &user.avatar),
        None => (chat.title.clone(), &chat.color, &chat.avatar),
    };
    let last = chat.history(me).last().and_then(|id| state.messages.get(*id));
    let mine = chat.member(me);
    let is = |mark: fn(&Member) -> bool| mine.is_some_and(mark);
    let others = chat.members.iter().filter(|member| member.user != me);
    json!({
        "id": chat.dialog(me).to_string(),
        "chat_id": chat.id,
        "type": chat.kind.letter(),
        "kind": chat.type_word(),
        "title": title,
        "description": chat.description,
        "color": state.palette.hex(color),
        "avatar": users::picture(avatar),
        "members": chat.users().collect::<Vec<_>>(),
        "owner": chat.owner,
        "managers": chat.managers,
        "unread": chat.unread(me),
        "marked": is(|member| member.is_marked),
        "muted": is(|member| member.is_muted),
        "pinned": is(|member| member.is_pinned),
        "hidden": is(|member| member.is_hidden),
        "read_by_others": others.map(|member| member.read).max(),
        "text_field": chat.has_text_field,
        "last": last.map(|last| message(state, chat, last, me)),
    })
}
