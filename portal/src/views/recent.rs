use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    chat::{face, last_read, recent_chat},
    date,
    message::{author, text, uuid},
    user,
};
use crate::{
    ids::{Dialog, UserId},
    plain,
    state::{
        State,
        chats::{Chat, Member},
        messages::Message,
    },
};

/// How the text of the last message is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text {
    /// On one line, without BB codes.
    Plain,
    AsWritten,
}

/// `RecentItem`
pub(crate) fn recent(state: &State, chat: &Chat, me: UserId, text: Text) -> Value {
    let member = chat.member(me);
    let last = chat.history(me).last().and_then(|id| state.messages.get(*id));
    let activity = last.map_or(chat.created, |last| last.date);
    let mut item = frame(state, chat, me);
    let is = |is: fn(&Member) -> bool| Value::from(member.is_some_and(is));
    item["chat_id"] = chat.id.into();
    item["message"] = last_message(last, activity, text);
    item["counter"] = chat.unread(me).into();
    item["last_id"] = last_read(chat, me).into();
    item["pinned"] = is(|member| member.is_pinned);
    item["unread"] = is(|member| member.is_marked);
    item["has_reminder"] = false.into();
    item["date_update"] = date(Some(updated(chat, me, activity)));
    item["date_last_activity"] = date(Some(activity));
    item["user"] = match chat.companion(me) {
        Some(companion) => user(state, companion),
        None => user(state, last.map(author).unwrap_or_default()),
    };
    item["chat"] = recent_chat(state, chat, me);
    if let Some(session) = state.lines.session_in(chat.id) {
        item["lines"] =
            json!({"id": session.id, "status": session.status(), "date_create": date(Some(session.created))});
    }
    item["options"] = json!([]);
    item
}

/// `SearchItem`: a dialog, or the user of one that has not begun.
pub(crate) fn searched(state: &State, dialog: Dialog, me: UserId) -> Option<Value> {
    if let Dialog::User(id) = dialog {
        let account = state.users.get(id)?;
        return Some(json!({
            "id": id,
            "type": "user",
            "avatar": {"url": account.picture(), "color": state.palette.hex(&account.color)},
            "title": account.name(),
            "user": user(state, id),
        }));
    }
    let chat = state.find_chat(me, dialog)?;
    let mut item = frame(state, chat, me);
    item["chat"] = super::chat(state, chat, me);
    Some(item)
}

/// When the item last changed, be it only its place in the list.
pub(crate) fn updated(chat: &Chat, me: UserId, activity: Timestamp) -> Timestamp {
    chat.member(me).map_or(activity, |member| member.touched.max(activity))
}

/// What all lists of dialogs begin with. A user is a number here, a chat a text.
fn frame(state: &State, chat: &Chat, me: UserId) -> Value {
    let (title, color, avatar) = face(state, chat, me);
    let (id, kind) = match chat.dialog(me) {
        Dialog::User(user) => (user.into(), "user"),
        dialog => (Value::from(dialog.to_string()), "chat"),
    };
    json!({"id": id, "type": kind, "avatar": {"url": avatar, "color": color}, "title": title})
}

/// `RecentItemMessage`; a chat in which nothing was said yet has one without a number.
fn last_message(last: Option<&Message>, activity: Timestamp, wanted: Text) -> Value {
    let content = last.filter(|last| last.is_there()).map(|last| &last.content);
    let has_attach = content.is_some_and(|content| !content.attach.is_empty());
    let written = last.map_or("", text);
    json!({
        "id": last.map(|last| last.id).unwrap_or_default(),
        "text": match wanted {
            Text::Plain => on_one_line(written, has_attach),
            Text::AsWritten => written.to_owned(),
        },
        "file": content.is_some_and(|content| !content.files.is_empty()),
        "author_id": last.map(author).unwrap_or_default(),
        "attach": has_attach,
        "sticker": null,
        "date": date(Some(activity)),
        "status": "received",
        "uuid": last.and_then(uuid),
    })
}

fn on_one_line(text: &str, has_attach: bool) -> String {
    let plain = plain::text(text);
    plain.split_whitespace().chain(has_attach.then_some("[Attachment]")).collect::<Vec<_>>().join(" ")
}
