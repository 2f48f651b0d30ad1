use serde_json::{Map, Value, json};

use super::date;
use crate::{
    ids::{Dialog, MessageId, UserId},
    state::{
        State,
        chats::{Chat, LIBERTIES, Member},
        clock::iso,
        users::picture,
    },
};

/// `ImChat` as lists have it.
pub(crate) fn chat(state: &State, chat: &Chat, me: UserId) -> Value {
    let mut view = basics(state, chat, me);
    let history = chat.history(me);
    let more = json!({
        "description": chat.description,
        "counter": chat.unread(me),
        "message_count": history.len(),
        "unread_id": first_unread(state, chat, me),
        "last_message_id": history.last().copied().unwrap_or_default(),
        "last_id": last_read(chat, me),
        "marked_id": 0,
        "disk_folder_id": chat.folder.unwrap_or_default(),
        "is_new": false,
    });
    extend(&mut view, more);
    extend(&mut view["restrictions"], path(chat));
    view
}

/// `ImChat` with everything that only whoever asks for this dialog is told.
pub(crate) fn dialog(state: &State, known: &Chat, me: UserId, asked: Dialog) -> Value {
    let mut view = chat(state, known, me);
    let reader = |member: &Member| {
        json!({
            "user_id": member.user,
            "user_name": state.user_name(member.user),
            "message_id": member.read,
            "date": date(member.read_at),
        })
    };
    let others = known.members.iter().filter(|member| member.user != me);
    let more = json!({
        "readed_list": others.map(reader).collect::<Vec<_>>(),
        "manager_list": managers(known),
        "last_message_views": views(state, known, me),
        "dialog_id": asked.to_string(),
    });
    extend(&mut view, more);
    view
}

/// `RecentItemChat`; of a private dialog the list of recent ones tells only how it is set up.
pub(super) fn recent_chat(state: &State, chat: &Chat, me: UserId) -> Value {
    if chat.is_private() {
        return json!({
            "text_field_enabled": chat.has_text_field,
            "background_id": background(chat),
            "mute_list": muted(chat),
        });
    }
    let mut view = basics(state, chat, me);
    view["role"] = role(chat, me).to_uppercase().into();
    extend(&mut view, json!({"contains_collaber": false, "manager_list": managers(chat)}));
    view
}

/// What every description of a chat has.
fn basics(state: &State, chat: &Chat, me: UserId) -> Value {
    let (title, color, avatar) = face(state, chat, me);
    let entity = &chat.entity;
    json!({
        "id": chat.id,
        "parent_chat_id": 0,
        "parent_message_id": 0,
        "name": title,
        "title": title,
        "owner": chat.owner,
        "extranet": state.has_outsiders(chat),
        "avatar": avatar,
        "color": color,
        "type": chat.type_word(),
        "entity_type": entity.kind,
        "entity_id": entity.id,
        "entity_data_1": entity.data[0],
        "entity_data_2": entity.data[1],
        "entity_data_3": entity.data[2],
        "mute_list": muted(chat),
        "date_create": iso(chat.created),
        "message_type": chat.kind.letter(),
        "user_counter": chat.members.len(),
        "restrictions": restrictions(chat),
        "role": role(chat, me),
        "entity_link": {"type": entity.link_kind(), "url": entity.page(me), "id": entity.id},
        "text_field_enabled": chat.has_text_field,
        "background_id": background(chat),
        "permissions": {
            "manage_users_add": "member",
            "manage_users_delete": "manager",
            "manage_ui": "member",
            "manage_settings": "owner",
            "manage_messages": "member",
            "can_post": "member",
        },
        "public": "",
    })
}

/// Title, colour and picture: those of the other side where it is a private dialog.
pub(super) fn face(state: &State, chat: &Chat, me: UserId) -> (String, String, String) {
    match chat.companion(me).and_then(|id| state.users.get(id)) {
        Some(user) => (user.name(), state.palette.hex(&user.color).to_owned(), user.picture()),
        None => (chat.title.clone(), state.palette.hex(&chat.color).to_owned(), picture(&chat.avatar)),
    }
}

fn role(chat: &Chat, me: UserId) -> &'static str {
    if chat.owner == me {
        "owner"
    } else if chat.managers.contains(&me) {
        "manager"
    } else if chat.has(me) {
        "member"
    } else {
        "guest"
    }
}

fn managers(chat: &Chat) -> Vec<UserId> {
    let owner = std::iter::once(chat.owner).filter(|owner| *owner != UserId(0));
    owner.chain(chat.managers.iter().copied().filter(|user| *user != chat.owner)).collect()
}

/// Who is not notified, each with `true`. PHP writes an empty map as a list.
fn muted(chat: &Chat) -> Value {
    let muted = chat.members.iter().filter(|member| member.is_muted);
    let muted: Map<String, Value> = muted.map(|member| (member.user.to_string(), true.into())).collect();
    if muted.is_empty() { json!([]) } else { muted.into() }
}

fn restrictions(chat: &Chat) -> Map<String, Value> {
    LIBERTIES.iter().map(|(liberty, name)| ((*name).to_owned(), chat.allows(*liberty).into())).collect()
}

/// Where the messenger leads to what the chat belongs to, for the kinds that have a way there.
fn path(chat: &Chat) -> Value {
    match chat.entity.kind.as_str() {
        "SONET_GROUP" => json!({"path": "/workgroups/group/#ID#/", "path_title": "Go to group"}),
        "CRM" => json!({"path": "", "path_title": ""}),
        _ => json!({}),
    }
}

/// The number of the background, for those that have one.
fn background(chat: &Chat) -> Option<u64> {
    chat.background.parse().ok()
}

pub(super) fn last_read(chat: &Chat, me: UserId) -> MessageId {
    chat.member(me).map(|member| member.read).unwrap_or_default()
}

fn first_unread(state: &State, chat: &Chat, me: UserId) -> MessageId {
    let Some(member) = chat.member(me).filter(|member| member.unread > 0) else { return MessageId(0) };
    let history = chat.history(me);
    let newer = history.iter().skip(history.partition_point(|id| *id <= member.read));
    let mut news = newer.filter(|id| state.messages.get(**id).is_some_and(|message| message.is_news_to(me)));
    news.next().copied().unwrap_or_default()
}

/// Who saw the last message: the first of them, and how many more.
fn views(state: &State, chat: &Chat, me: UserId) -> Value {
    let Some(last) = chat.history(me).last().and_then(|id| state.messages.get(*id)) else {
        return json!({"message_id": 0, "first_viewers": [], "count_of_viewers": 0});
    };
    let mut viewers = chat.viewers(last.id, last.sender);
    let first = viewers.next().map(|member| {
        json!({"user_id": member.user, "user_name": state.user_name(member.user), "date": date(member.read_at)})
    });
    json!({"message_id": last.id, "first_viewers": Vec::from_iter(first), "count_of_viewers": viewers.count()})
}

fn extend(view: &mut Value, more: Value) {
    if let (Value::Object(view), Value::Object(more)) = (view, more) {
        view.extend(more);
    }
}
