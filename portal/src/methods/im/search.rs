use serde_json::Value;

use super::dialog;
use crate::{
    ids::{Dialog, UserId},
    phrase::Phrase,
    rest::{Call, Refusal},
    state::{
        State,
        chats::{Chat, ChatKind},
    },
    views,
};

/// How many dialogs the history of searches keeps.
const KEPT: usize = 50;

/// The chats that the caller may look into and that have all words in their titles or the names of their people.
pub(super) fn chats(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (me, args) = (call.user(), &call.args);
    let (phrase, wants_lines) = match args.text("FIND") {
        Some(phrase) => (phrase, false),
        None => (args.text("FIND_LINES").unwrap_or_default(), true),
    };
    let phrase = Phrase::of(phrase);
    let is_wanted = |chat: &&Chat| match chat.kind {
        ChatKind::Private => false,
        ChatKind::Line => wants_lines,
        ChatKind::Group | ChatKind::Open => !wants_lines,
    };
    let is_it = |chat: &&Chat| {
        let names = chat.users().map(|user| state.user_name(user)).collect::<Vec<_>>().join(" ");
        phrase.is_in(&format!("{} {names}", chat.title))
    };
    let chats = state.chats.values().rev().filter(is_wanted);
    let visible = chats.filter(|chat| state.visible(me, chat.id).is_ok());
    Ok(call.page(visible.filter(is_it).map(|chat| views::chat(state, chat, me)).collect()))
}

pub(super) fn remember(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let dialog = dialog::named(call)?;
    let is_there = match dialog {
        Dialog::User(user) => state.users.contains(user) && state.sees(call.user(), user),
        _ => state.find_chat(call.user(), dialog).is_some_and(|chat| state.visible(call.user(), chat.id).is_ok()),
    };
    if is_there && let Some(history) = history(state, call.user()) {
        history.retain(|known| *known != dialog);
        history.insert(0, dialog);
        history.truncate(KEPT);
    }
    Ok(is_there.into())
}

pub(super) fn forget(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let dialog = dialog::named(call)?;
    let Some(history) = history(state, call.user()) else { return Ok(false.into()) };
    let before = history.len();
    history.retain(|known| *known != dialog);
    Ok((history.len() < before).into())
}

fn history(state: &mut State, user: UserId) -> Option<&mut Vec<Dialog>> {
    state.users.get_mut(user).map(|account| &mut account.searched)
}

pub(super) fn last(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let me = call.user();
    let skips = |name: &str| call.args.flag(name).unwrap_or(false);
    let (lines, chats, dialogs) = (skips("SKIP_OPENLINES"), skips("SKIP_CHAT"), skips("SKIP_DIALOG"));
    let is_wanted = |dialog: &&Dialog| match state.find_chat(me, **dialog).map(|chat| chat.kind) {
        _ if matches!(dialog, Dialog::User(_)) => !dialogs,
        Some(ChatKind::Line) => !lines,
        _ => !chats,
    };
    let searched = state.users.get(me).map(|account| account.searched.as_slice()).unwrap_or_default();
    Ok(searched.iter().filter(is_wanted).filter_map(|dialog| views::searched(state, *dialog, me)).collect())
}
