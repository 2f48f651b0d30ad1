//! The state as one user sees it, in the words of the page.

mod dialog;
mod message;
mod notice;
mod placement;

use std::collections::BTreeSet;

use serde_json::{Value, json};

pub(super) use self::{
    dialog::dialog,
    message::{found, history, message},
    notice::notices,
    placement::placements,
};
use crate::{
    ids::UserId,
    journal::Entry,
    state::{
        State,
        bots::Command,
        users::{Account, UserKind},
    },
    views,
};

/// How much of the journal the page gets at once.
const ENTRIES: usize = 200;

pub(super) fn everything(state: &State, me: UserId) -> Value {
    let mine = state.chats_of(me).filter(|chat| state.shows(chat, me));
    let mut journal: Vec<Value> = state.journal.values().rev().take(ENTRIES).map(Entry::to_json).collect();
    journal.reverse();
    json!({
        "portal": {
            "name": state.settings.name,
            "revision": state.settings.revision,
            "domain": state.settings.domain,
        },
        "me": me,
        "language": state.language_of(me),
        "users": state.users.values().map(|account| user(state, account)).collect::<Vec<_>>(),
        "dialogs": mine.map(|chat| dialog(state, chat, me)).collect::<Vec<_>>(),
        "offers": offers(state, me),
        "notices": notices(state, me),
        "placements": placements(state, me),
        "lines": views::lines(state, me),
        "journal": journal,
    })
}

pub(super) fn user(state: &State, account: &Account) -> Value {
    let kind = match account.kind {
        UserKind::Employee => "employee",
        UserKind::Extranet => "extranet",
        UserKind::Bot => "bot",
        UserKind::Connector => "client",
    };
    json!({
        "id": account.id,
        "kind": kind,
        "active": account.active,
        "admin": account.is_admin,
        "name": account.name(),
        "position": account.position,
        "color": state.palette.hex(&account.color),
        "avatar": account.picture(),
        "bot": account.is_bot(),
        "status": account.presence.status,
    })
}

/// What can be suggested to whoever types, and in which languages.
pub(super) fn offers(state: &State, me: UserId) -> Value {
    json!({"commands": commands(state, me), "languages": languages(state)})
}

/// The commands in the language of `me`. One without a text in it stays unseen.
fn commands(state: &State, me: UserId) -> Value {
    let seen = state.commands.values().filter(|command| !command.hidden);
    let row = |command: &Command| {
        let text = command.text(state.language_of(me))?;
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

/// The languages in which there is something to read.
fn languages(state: &State) -> BTreeSet<&str> {
    let texts = state.commands.values().flat_map(|command| &command.texts);
    let people = state.users.values().map(|account| account.language.as_str());
    let known = texts.map(|text| text.language.as_str()).chain(people).chain([state.settings.language.as_str()]);
    known.filter(|language| !language.is_empty()).collect()
}
