use serde_json::{Map, Value, json};

use crate::{
    ids::UserId,
    state::{State, chats::Chat, clock::iso, messages::Message},
};

/// A message as `eyes` see it.
pub(crate) fn message(state: &State, message: &Message, eyes: UserId) -> Value {
    let mut view = message_in_event(state, message);
    let chat = state.chats.get(message.chat);
    let read = chat.and_then(|chat| chat.member(eyes)).map(|member| member.read);
    let is_unread = message.is_news_to(eyes) && read.is_some_and(|read| read < message.id);
    view["unread"] = is_unread.into();
    view["viewed"] = (!is_unread).into();
    view
}

/// A message, without what is different for each reader.
pub(crate) fn message_in_event(state: &State, message: &Message) -> Value {
    let content = &message.content;
    let author = if content.is_system { UserId(0) } else { message.sender };
    let is_viewed = |chat: &Chat| chat.viewers(message.id, message.sender).next().is_some();
    let forward = content.forward.as_ref().map(|forward| {
        let date = state.messages.get(forward.message).map(|origin| iso(origin.date));
        json!({"id": forward.message, "userId": forward.user, "chatId": forward.chat, "date": date})
    });
    json!({
        "id": message.id,
        "chatId": message.chat,
        "authorId": author,
        "date": iso(message.date),
        "text": content.text,
        "isSystem": content.is_system,
        "uuid": message.uuid,
        "forward": forward,
        "params": params(message),
        "viewedByOthers": state.chats.get(message.chat).is_some_and(is_viewed),
    })
}

/// What belongs to a message besides its text, each where there is any.
fn params(message: &Message) -> Value {
    let content = &message.content;
    let mut params = Map::new();
    let lists = [("attach", &content.attach), ("keyboard", &content.keyboard), ("menu", &content.menu)];
    for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        params.insert(name.to_owned(), list.clone().into());
    }
    if !content.files.is_empty() {
        params.insert("files".to_owned(), content.files.iter().map(|file| file.0).collect());
    }
    if let Some(answered) = content.reply {
        params.insert("replyId".to_owned(), answered.into());
    }
    params.into()
}
