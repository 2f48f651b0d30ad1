use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::user;
use crate::{
    events::mention,
    ids::{MessageId, UserId},
    state::{State, chats::Chat, clock::iso, messages::Message},
};

/// What stands where a message was deleted.
const DELETED: &str = "This message was deleted";

/// `ImMessage`
pub(crate) fn message(chat: &Chat, message: &Message, me: UserId) -> Value {
    json!({
        "id": message.id,
        "chat_id": message.chat,
        "author_id": author(message),
        "date": iso(message.date),
        "text": text(message),
        "unread": is_unread(chat, message, me),
        "uuid": uuid(message),
        "replaces": [],
        "params": params(message),
        "disappearing_date": null,
    })
}

/// `ImMessageFound`, which mixes the spellings of two generations.
pub(crate) fn found(chat: &Chat, message: &Message, me: UserId) -> Value {
    let is_unread = is_unread(chat, message, me);
    let viewers = chat.viewers(message.id, message.sender).count();
    json!({
        "id": message.id,
        "chatId": message.chat,
        "chat_id": message.chat,
        "authorId": author(message),
        "author_id": author(message),
        "date": iso(message.date),
        "text": text(message),
        "isSystem": message.content.is_system,
        "uuid": uuid(message),
        "forward": message.content.forward.as_ref().map(|forward| {
            json!({"id": forward.message, "userId": forward.user, "chatId": forward.chat, "date": iso(message.date)})
        }),
        "params": params(message),
        "viewedByOthers": viewers > 0,
        "block": null,
        "unread": is_unread,
        "viewed": !is_unread,
        "viewedCount": viewers,
    })
}

/// `ImMessageReactions` of the messages that have some.
pub(crate) fn reactions(messages: &[&Message], me: UserId) -> Vec<Value> {
    let of = |message: &&Message| {
        let mut users: BTreeMap<&str, Vec<UserId>> = BTreeMap::new();
        for reaction in &message.reactions {
            users.entry(&reaction.kind).or_default().push(reaction.user);
        }
        let counts: BTreeMap<&str, usize> = users.iter().map(|(kind, users)| (*kind, users.len())).collect();
        let own = message.reactions.iter().filter(|reaction| reaction.user == me);
        json!({
            "messageId": message.id,
            "reactionCounters": counts,
            "reactionUsers": users,
            "ownReactions": own.map(|reaction| reaction.kind.as_str()).collect::<Vec<_>>(),
        })
    };
    messages.iter().filter(|message| !message.reactions.is_empty()).map(of).collect()
}

/// `ImUser` of everybody who wrote the messages or is mentioned in them.
pub(crate) fn people(state: &State, messages: &[&Message]) -> Vec<Value> {
    let mut people = BTreeSet::new();
    for message in messages {
        people.insert(author(message));
        people.extend(mention::users(&message.content.text));
    }
    people.into_iter().filter(|id| state.users.contains(*id)).map(|id| user(state, id)).collect()
}

/// Who wrote it; nobody, where it is a system message.
pub(super) fn author(message: &Message) -> UserId {
    if message.content.is_system { UserId(0) } else { message.sender }
}

pub(super) fn text(message: &Message) -> &str {
    if message.is_there() { &message.content.text } else { DELETED }
}

pub(super) fn uuid(message: &Message) -> Option<&str> {
    Some(message.uuid.as_str()).filter(|uuid| !uuid.is_empty())
}

fn is_unread(chat: &Chat, message: &Message, me: UserId) -> bool {
    let read = chat.member(me).map_or(MessageId(0), |member| member.read);
    message.id > read && message.is_news_to(me)
}

/// `ImMessageParams`; PHP writes an empty object as a list.
fn params(message: &Message) -> Value {
    let mut params = Map::new();
    let mut put = |name: &str, value: Value| params.insert(name.to_owned(), value);
    if message.is_there() {
        let content = &message.content;
        for (name, list) in [("ATTACH", &content.attach), ("KEYBOARD", &content.keyboard), ("MENU", &content.menu)] {
            if !list.is_empty() {
                put(name, list.clone().into());
            }
        }
        if !content.files.is_empty() {
            put("FILE_ID", content.files.iter().copied().map(Value::from).collect());
        }
        if let Some(reply) = content.reply {
            put("REPLY_ID", reply.into());
        }
        if message.edited {
            put("IS_EDITED", "Y".into());
        }
        for (name, value) in &content.params {
            put(name, value.clone());
        }
    } else {
        put("IS_DELETED", "Y".into());
    }
    let likes: Vec<Value> = message.likes().map(Value::from).collect();
    if !likes.is_empty() {
        put("LIKE", likes.into());
    }
    if params.is_empty() { json!([]) } else { params.into() }
}
