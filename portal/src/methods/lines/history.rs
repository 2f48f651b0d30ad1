use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::refused;
use crate::{
    ids::{ChatId, DepartmentId, SessionId, UserId},
    plain,
    rest::{Call, Refusal, answer::php_array},
    state::{
        State,
        chats::Chat,
        clock::iso,
        lines::{Obstacle, Session},
        messages::Message,
    },
    views,
};

/// `SessionHistory`
pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let me = call.user();
    let session = named(state, call)?;
    if !state.may_handle(me, session) {
        return Err(refused(Obstacle::NoAccess));
    }
    let chat = state.chats.get(session.chat).ok_or_else(|| refused(Obstacle::NoAccess))?;
    let dialog = format!("chat{}", chat.id);
    let messages: Vec<&Message> = session.messages.iter().filter_map(|id| state.messages.get(*id)).collect();
    let messages: Vec<&Message> = messages.into_iter().filter(|message| message.is_there()).collect();
    let people: BTreeSet<UserId> = messages
        .iter()
        .map(|message| message.sender)
        .chain(chat.users())
        .filter(|user| state.users.contains(*user))
        .collect();
    let muted: Map<String, Value> =
        chat.members.iter().map(|member| (member.user.to_string(), member.is_muted.into())).collect();
    let departments = departments(state, &people);
    let placed: BTreeSet<UserId> = departments.values().flatten().copied().collect();
    let files = views::file::of_messages(state, &messages).into_iter();
    let files = files.map(|file| (file["id"].to_string(), lowered(file)));
    let yes_no = |flag: bool| if flag { "Y" } else { "N" };
    Ok(json!({
        "chatId": chat.id,
        "canJoin": yes_no(session.is_open() && !chat.has(me)),
        "canVoteHead": yes_no(state.is_admin(me)),
        "sessionId": session.id,
        "sessionVoteHead": session.grade.rating,
        "sessionCommentHead": session.grade.comment,
        "userId": dialog,
        "message": messages.iter().map(|message| (message.id.to_string(), told(message))).collect::<Map<_, _>>(),
        "usersMessage": {&dialog: messages.iter().rev().map(|message| message.id.to_string()).collect::<Vec<_>>()},
        "users": people.iter().map(|user| (user.to_string(), person(state, *user))).collect::<Map<_, _>>(),
        "openlines": {"canvoteashead": {session.line.to_string(): state.is_admin(me)}},
        "userInGroup": departments.iter().map(|(id, users)| {
            (id.to_string(), json!({"id": id, "users": users.iter().map(UserId::to_string).collect::<Vec<_>>()}))
        }).collect::<Map<_, _>>(),
        "woUserInGroup": people.difference(&placed).map(UserId::to_string).collect::<Vec<_>>(),
        "chat": {chat.id.to_string(): described(state, chat, me, &muted)},
        "userBlockChat": {chat.id.to_string(): muted},
        "userInChat": {chat.id.to_string(): chat.users().collect::<Vec<_>>()},
        "files": php_array(files.collect()),
    }))
}

/// A `SessionFile` is a file as the messenger tells it, with names in small letters.
fn lowered(view: Value) -> Value {
    match view {
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), lowered(value)))
            .collect::<Map<_, _>>()
            .into(),
        other => other,
    }
}

/// The session that a call names, or the last one of the chat.
fn named<'a>(state: &'a State, call: &Call<'_>) -> Result<&'a Session, Refusal> {
    if let Some(id) = call.args.id::<SessionId>("SESSION_ID") {
        return state.lines.sessions.get(id).ok_or_else(|| refused(Obstacle::NoAccess));
    }
    let chat: ChatId = call.args.id("CHAT_ID").unwrap_or_default();
    state.lines.session_in(chat).ok_or_else(|| Refusal::new("INVALID_SESSION_ID"))
}

fn departments(state: &State, people: &BTreeSet<UserId>) -> BTreeMap<DepartmentId, Vec<UserId>> {
    let mut departments: BTreeMap<DepartmentId, Vec<UserId>> = BTreeMap::new();
    for account in people.iter().filter_map(|user| state.users.get(*user)) {
        for department in &account.departments {
            departments.entry(*department).or_default().push(account.id);
        }
    }
    departments
}

/// `SessionMessage`
fn told(message: &Message) -> Value {
    let content = &message.content;
    let mut params = Map::new();
    if let Some(ids) = content.params.get("CONNECTOR_MID") {
        params.insert("connectorMid".to_owned(), ids.clone());
    }
    if !content.files.is_empty() {
        params.insert("fileId".to_owned(), content.files.iter().map(|file| file.0).collect());
    }
    json!({
        "id": message.id.to_string(),
        "chatid": message.chat.to_string(),
        "senderid": if content.is_system { UserId(0) } else { message.sender }.to_string(),
        "recipientid": format!("chat{}", message.chat),
        "date": iso(message.date),
        "text": content.text,
        "textlegacy": plain::html(&content.text),
        "params": if params.is_empty() { json!([]) } else { params.into() },
    })
}

/// `SessionUser`: a user as the messenger tells it, and what the older one knew besides.
fn person(state: &State, id: UserId) -> Value {
    let mut view = views::camel(views::user(state, id));
    if let Some(members) = view.as_object_mut() {
        for name in ["avatarHr", "website", "email"] {
            members.shift_remove(name);
        }
        let more = json!({
            "id": id.to_string(),
            "avatarId": null,
            "phoneDevice": false,
            "profile": format!("/company/personal/user/{id}/"),
            "services": null,
        });
        members.extend(more.as_object().cloned().unwrap_or_default());
    }
    view
}

/// `SessionChat`
fn described(state: &State, chat: &Chat, me: UserId, muted: &Map<String, Value>) -> Value {
    const KEPT: [&str; 21] = [
        "parentChatId", "parentMessageId", "name", "extranet", "color", "avatar", "entityType", "entityId",
        "entityData1", "entityData2", "entityData3", "messageCount", "public", "dateCreate", "type", "entityLink",
        "permissions", "textFieldEnabled", "backgroundId", "messageType", "isNew",
    ];
    let Value::Object(members) = views::camel(views::chat(state, chat, me)) else { return Value::Null };
    let mut view: Map<String, Value> = members.into_iter().filter(|(name, _)| KEPT.contains(&name.as_str())).collect();
    if let Some(permissions) = view.get_mut("permissions") {
        *permissions = views::camel(permissions.take());
    }
    let more = json!({
        "id": chat.id.to_string(),
        "owner": chat.owner.to_string(),
        "call": "0",
        "callNumber": "",
        "muteList": muted,
        "managerList": Vec::from_iter(Some(chat.owner).filter(|owner| *owner != UserId(0))),
    });
    view.extend(more.as_object().cloned().unwrap_or_default());
    view.into()
}
