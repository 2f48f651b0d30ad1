use serde_json::{Value, json};

use crate::{
    ids::{ChatId, MessageId, UserId},
    state::{
        State,
        chats::Chat,
        clock::iso,
        messages::{Message, Removal},
    },
    views::file,
};

/// How many messages the page gets at once, of a dialog and of what was found.
const PAGE: usize = 100;
const FOUND: usize = 40;

/// A page of messages, oldest first: the newest, or those before one.
pub(in crate::web) fn history(state: &State, chat: ChatId, me: UserId, before: Option<MessageId>) -> Value {
    let Some(chat) = state.chats.get(chat) else { return json!({"messages": [], "more": false}) };
    let all = chat.history(me);
    let older = before.map_or(all.len(), |before| all.partition_point(|id| *id < before));
    let ids = all.get(older.saturating_sub(PAGE)..older).unwrap_or_default();
    let messages = ids.iter().filter_map(|id| state.messages.get(*id));
    json!({
        "messages": messages.map(|one| message(state, chat, one, me)).collect::<Vec<_>>(),
        "more": older > PAGE,
    })
}

/// The newest messages that hold the words, in one chat or in all that `me` is in.
pub(in crate::web) fn found(state: &State, me: UserId, within: Option<ChatId>, words: &str) -> Vec<Value> {
    let holds = |message: &&Message| message.is_there() && message.content.text.to_lowercase().contains(words);
    let mut found: Vec<(&Chat, &Message)> = Vec::new();
    let shown = state.chats_of(me).filter(|chat| state.shows(chat, me));
    for chat in shown.filter(|chat| within.is_none_or(|within| within == chat.id)) {
        let newest = chat.history(me).iter().rev().filter_map(|id| state.messages.get(*id)).filter(holds);
        found.extend(newest.take(FOUND).map(|message| (chat, message)));
    }
    found.sort_by_key(|(_, message)| std::cmp::Reverse(message.id));
    found.into_iter().take(FOUND).map(|(chat, one)| message(state, chat, one, me)).collect()
}

pub(in crate::web) fn message(state: &State, chat: &Chat, message: &Message, me: UserId) -> Value {
    let content = &message.content;
    let is_there = message.is_there();
    let part = |list: &[Value]| (is_there && !list.is_empty()).then(|| Value::from(list.to_vec()));
    let reactions = message.reactions.iter().map(|one| json!({"user": one.user, "kind": one.kind}));
    json!({
        "id": message.id,
        "dialog": chat.dialog(me).to_string(),
        "chat_id": chat.id,
        "author": author(message),
        "text": if is_there { content.text.as_str() } else { "" },
        "system": content.is_system,
        "date": iso(message.date),
        "edited": message.edited,
        "deleted": !is_there,
        "gone": message.removal == Removal::Complete,
        "reactions": reactions.collect::<Vec<_>>(),
        "reply": content.reply.filter(|_| is_there).map(|id| quote(state, id)),
        "forward": content.forward.as_ref().map(|from| json!({"message": from.message, "author": from.user})),
        "files": if is_there { file::list(state, chat.id, &content.files) } else { Vec::new() },
        "attach": part(&content.attach),
        "keyboard": part(&content.keyboard),
        "menu": part(&content.menu),
        "url_preview": content.url_preview,
    })
}

/// The message that another one answers, in short.
fn quote(state: &State, id: MessageId) -> Value {
    let known = state.messages.get(id).filter(|message| message.is_there());
    json!({
        "id": id,
        "author": known.map(author),
        "text": known.map(|message| message.content.text.as_str()),
    })
}

/// Nobody for what the system says.
fn author(message: &Message) -> u64 {
    if message.content.is_system { 0 } else { message.sender.0 }
}
