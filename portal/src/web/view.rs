//! The state as one user sees it, in the words of the page.

use serde_json::{Value, json};

use crate::{
    ids::{ChatId, UserId},
    journal::Entry,
    state::{
        State,
        bots::Command,
        chats::Chat,
        clock::iso,
        messages::{Message, Removal},
        users::Account,
    },
    views,
};

/// How much of a dialog and of the journal the page gets at once.
const LATEST: usize = 200;

pub(super) fn everything(state: &State, me: UserId) -> Value {
    let mine = state.chats_of(me).filter(|chat| state.shows(chat, me));
    let mut journal: Vec<Value> = state.journal.values().rev().take(LATEST).map(Entry::to_json).collect();
    journal.reverse();
    json!({
        "portal": {
            "name": state.settings.name,
            "revision": state.settings.revision,
            "domain": state.settings.domain,
        },
        "me": me,
        "users": state.users.values().map(|account| user(state, account)).collect::<Vec<_>>(),
        "dialogs": mine.map(|chat| dialog(state, chat, me)).collect::<Vec<_>>(),
        "commands": commands(state),
        "lines": views::lines(state, me),
        "journal": journal,
    })
}

pub(super) fn user(state: &State, account: &Account) -> Value {
    json!({
        "id": account.id,
        "name": account.name(),
        "first_name": account.first_name,
        "last_name": account.last_name,
        "position": account.position,
        "color": state.palette.hex(&account.color),
        "avatar": picture(&account.avatar),
        "bot": account.is_bot(),
        "gender": account.gender_letter(),
    })
}

/// A private dialog looks like the other side.
pub(super) fn dialog(state: &State, chat: &Chat, me: UserId) -> Value {
    let companion = chat.companion(me).and_then(|id| state.users.get(id));
    let (title, color, avatar) = match companion {
        Some(user) => (user.name(), &user.color, &user.avatar),
        None => (chat.title.clone(), &chat.color, &chat.avatar),
    };
    let last = chat.messages.last().and_then(|id| state.messages.get(*id));
    json!({
        "id": chat.dialog(me).to_string(),
        "chat_id": chat.id,
        "type": chat.kind.letter(),
        "title": title,
        "color": state.palette.hex(color),
        "avatar": picture(avatar),
        "members": chat.users().map(|member| member.0).collect::<Vec<_>>(),
        "owner": chat.owner,
        "unread": chat.unread(me),
        "last": last.map(|last| message(chat, last, me)),
    })
}

pub(super) fn history(state: &State, chat: ChatId, me: UserId) -> Vec<Value> {
    let Some(chat) = state.chats.get(chat) else { return Vec::new() };
    let from = chat.messages.len().saturating_sub(LATEST);
    let latest = chat.messages.iter().skip(from).filter_map(|id| state.messages.get(*id));
    latest.map(|latest| message(chat, latest, me)).collect()
}

pub(super) fn message(chat: &Chat, message: &Message, me: UserId) -> Value {
    let content = &message.content;
    let is_there = message.removal == Removal::None;
    let part = |list: &[Value]| (is_there && !list.is_empty()).then(|| Value::from(list.to_vec()));
    json!({
        "id": message.id,
        "dialog": chat.dialog(me).to_string(),
        "chat_id": chat.id,
        "author": if content.is_system { 0 } else { message.sender.0 },
        "text": if is_there { content.text.as_str() } else { "" },
        "system": content.is_system,
        "date": iso(message.date),
        "edited": message.edited,
        "deleted": !is_there,
        "likes": message.likes().map(|user| user.0).collect::<Vec<_>>(),
        "attach": part(&content.attach),
        "keyboard": part(&content.keyboard),
        "menu": part(&content.menu),
        "url_preview": content.url_preview,
    })
}

/// The commands that can be suggested. One without a text in the language of the portal stays unseen.
pub(super) fn commands(state: &State) -> Value {
    let seen = state.commands.values().filter(|command| !command.hidden);
    let row = |command: &Command| {
        let text = command.text(&state.settings.language)?;
        Some(json!({
            "bot": command.bot,
            "command": format!("/{}", command.word),
            "title": text.title,
            "params": text.params,
            "common": command.common,
        }))
    };
    seen.filter_map(row).collect()
}

fn picture(base64: &str) -> String {
    if base64.is_empty() { String::new() } else { format!("data:image/png;base64,{base64}") }
}
