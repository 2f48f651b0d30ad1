use serde_json::{Map, Value, json};

use crate::{
    ids::{ChatId, Dialog, UserId},
    rest::{Call, Refusal},
    state::{
        State,
        chats::{Chat, ChatKind, Member},
    },
};

/// What is unread where.
#[derive(Default)]
struct Counters {
    chats: Map<String, Value>,
    muted: Map<String, Value>,
    lines: Map<String, Value>,
    dialogs: Map<String, Value>,
    marked_chats: Vec<ChatId>,
    marked_dialogs: Vec<UserId>,
}

impl Counters {
    fn add(&mut self, chat: &Chat, member: &Member) {
        let companion = match chat.dialog(member.user) {
            Dialog::User(companion) => Some(companion),
            Dialog::Chat(_) | Dialog::Workgroup(_) => None,
        };
        let key = companion.map_or_else(|| chat.id.to_string(), |companion| companion.to_string());
        let counts = match (chat.kind, member.is_muted) {
            (_, true) => &mut self.muted,
            (ChatKind::Line, _) => &mut self.lines,
            (ChatKind::Private, _) => &mut self.dialogs,
            (ChatKind::Group | ChatKind::Open, _) => &mut self.chats,
        };
        // The muted are told by their chats, private ones too.
        let key = if member.is_muted { chat.id.to_string() } else { key };
        if member.unread > 0 {
            counts.insert(key, member.unread.into());
        }
        match companion {
            Some(companion) if member.is_marked => self.marked_dialogs.push(companion),
            None if member.is_marked => self.marked_chats.push(chat.id),
            _ => {}
        }
    }
}

pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let mut counters = Counters::default();
    for chat in state.chats_of(call.user()) {
        if let Some(member) = chat.member(call.user()) {
            counters.add(chat, member);
        }
    }
    let [chats, lines, dialogs] = [&counters.chats, &counters.lines, &counters.dialogs].map(total);
    let messenger = chats + lines + dialogs;
    let notices = u64::try_from(state.unread_notices(call.user())).unwrap_or_default();
    Ok(json!({
        "TYPE": {
            "ALL": messenger + notices,
            "NOTIFY": notices,
            "CHAT": chats,
            "LINES": lines,
            "DIALOG": dialogs,
            "MESSENGER": messenger,
        },
        "CHAT": php(counters.chats),
        "CHAT_MUTED": php(counters.muted),
        "CHAT_UNREAD": counters.marked_chats,
        "LINES": php(counters.lines),
        "DIALOG": php(counters.dialogs),
        "DIALOG_UNREAD": counters.marked_dialogs,
    }))
}

fn total(counts: &Map<String, Value>) -> u64 {
    counts.values().filter_map(Value::as_u64).sum()
}

/// PHP writes an empty map as a list.
fn php(counts: Map<String, Value>) -> Value {
    if counts.is_empty() { json!([]) } else { counts.into() }
}
