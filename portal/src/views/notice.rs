use serde_json::{Value, json};

use crate::{
    plain,
    state::{State, clock::iso, notices::Notice},
};

/// `NotifyItem`, on demand with a text without BB codes.
pub(crate) fn notice(state: &State, notice: &Notice, is_plain: bool) -> Value {
    let content = &notice.content;
    let (module, event) = content.source();
    let mut view = json!({
        "id": notice.id,
        "chat_id": state.notice_room(notice.user),
        "author_id": content.author.unwrap_or_default(),
        "date": iso(notice.date),
        "notify_type": content.kind(),
        "notify_module": module,
        "notify_event": event,
        "notify_tag": content.told_tag(&content.tag),
        "notify_sub_tag": content.told_tag(&content.sub_tag),
        "notify_title": "",
        "setting_name": format!("{module}|{event}"),
        "text": if is_plain { plain::text(&content.text) } else { content.text.clone() },
        "notify_read": if notice.is_read { "Y" } else { "N" },
        "params": if content.attach.is_empty() { Value::Null } else { json!({"ATTACH": content.attach}) },
    });
    if content.asks() {
        view["notify_buttons"] = content.keyboard().to_string().into();
    }
    view
}
