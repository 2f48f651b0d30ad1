use std::cmp::Reverse;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::dialog;
use crate::{
    rest::{Args, Call, Refusal},
    state::{
        State,
        chats::{Chat, ChatKind},
    },
    views::{self, Text},
};

/// How many items a page has, and how many at most.
const PAGE: usize = 50;
const LARGEST: usize = 200;
/// How far back a client that comes again is told of changes.
const SYNC: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A dialog in the list, and when something last happened there.
struct Place<'a> {
    chat: &'a Chat,
    activity: Timestamp,
}

/// The dialogs in the list of the caller that it does not want to skip, those with the latest message first.
fn places<'a>(state: &'a State, call: &Call<'_>) -> Vec<Place<'a>> {
    let me = call.user();
    let is_asked = |name: &str| call.args.flag(name).unwrap_or(false);
    let skips = [is_asked("SKIP_OPENLINES"), is_asked("SKIP_DIALOG"), is_asked("SKIP_CHAT")];
    let only_lines = is_asked("ONLY_OPENLINES");
    let is_wanted = |chat: &Chat| match chat.kind {
        ChatKind::Line => !skips[0],
        ChatKind::Private => !skips[1] && !only_lines,
        ChatKind::Group | ChatKind::Open => !skips[2] && !only_lines,
    };
    let is_listed = |chat: &&Chat| {
        let member = chat.member(me).filter(|member| !member.is_hidden);
        // A private dialog is there as soon as somebody looks at it, in the list when somebody writes.
        member.is_some_and(|member| member.is_pinned || !chat.is_private() || !chat.history(me).is_empty())
    };
    let place = |chat: &'a Chat| {
        let last = chat.history(me).last().and_then(|id| state.messages.get(*id));
        Place { chat, activity: last.map_or(chat.created, |last| last.date) }
    };
    let mut places: Vec<Place<'_>> =
        state.chats_of(me).filter(|chat| is_wanted(chat)).filter(is_listed).map(place).collect();
    places.sort_by_key(|place| Reverse((place.activity, place.chat.id)));
    places
}

/// The whole list, or what changed in it since then; pinned dialogs first.
pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let me = call.user();
    let earliest = state.clock.now().checked_sub(SYNC).unwrap_or(Timestamp::MIN);
    let sync = call.args.moment("LAST_SYNC_DATE").map(|sync| sync.max(earliest));
    let since = sync.max(call.args.moment("LAST_UPDATE"));
    let mut places = places(state, call);
    places.retain(|place| since.is_none_or(|since| views::updated(place.chat, me, place.activity) >= since));
    places.sort_by_key(|place| !place.chat.member(me).is_some_and(|member| member.is_pinned));
    Ok(places.into_iter().take(LARGEST).map(|place| views::recent(state, place.chat, me, Text::Plain)).collect())
}

/// A page of the list. Its order is that of time alone, so that whoever goes on from a date misses nothing.
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (me, args) = (call.user(), &call.args);
    let before = args.moment("LAST_MESSAGE_DATE");
    let only_unread = args.flag("UNREAD_ONLY").unwrap_or(false);
    // There are no such chats here.
    let asks_for_others = ["ONLY_COPILOT", "ONLY_CHANNEL"].iter().any(|name| args.flag(name).unwrap_or(false));
    let mut places = places(state, call);
    places.retain(|place| {
        let is_unread = || place.chat.member(me).is_some_and(|member| member.unread > 0 || member.is_marked);
        !asks_for_others && before.is_none_or(|before| whole(place.activity) < before) && (!only_unread || is_unread())
    });
    let (offset, size) = (offset(args), args.limit(PAGE, LARGEST));
    let has_more = places.len() > offset.saturating_add(size);
    let as_written = args.flag("GET_ORIGINAL_TEXT").unwrap_or(false);
    let text = if as_written { Text::AsWritten } else { Text::Plain };
    let page = places.into_iter().skip(offset).take(size);
    Ok(json!({
        "items": page.map(|place| views::recent(state, place.chat, me, text)).collect::<Vec<_>>(),
        "hasMorePages": has_more,
        "hasMore": has_more,
        "copilot": {"chats": null, "messages": null, "roles": [], "recommendedRoles": []},
        "messagesAutoDeleteConfigs": [],
    }))
}

/// The moment as a client knows it: dates travel in whole seconds.
fn whole(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

fn offset(args: &Args) -> usize {
    args.value("OFFSET").and_then(Value::as_u64).and_then(|offset| usize::try_from(offset).ok()).unwrap_or_default()
}

/// Out of the list until the next message.
pub(super) fn hide(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let Ok(chat) = state.joined_chat(call.user(), dialog::named(call)?) else { return Ok(false.into()) };
    Ok(state.arrange(chat, call.user(), |member| (member.is_hidden, member.is_pinned) = (true, false)).into())
}

pub(super) fn pin(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let is_pinned = call.args.flag("PIN").unwrap_or(true);
    let chat = state.joined_chat(call.user(), dialog::named(call)?);
    let chat = chat.map_err(|denial| Refusal::because("ACCESS_ERROR", denial.to_string()))?;
    Ok(state.arrange(chat, call.user(), |member| member.is_pinned = is_pinned).into())
}

/// Sets the mark; who takes it away has read the dialog.
pub(super) fn unread(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let is_marked = call.args.flag("ACTION").unwrap_or(true);
    let Ok(chat) = state.joined_chat(call.user(), dialog::named(call)?) else { return Ok(false.into()) };
    if !is_marked {
        state.mark_read(chat, call.user(), None);
    }
    Ok(state.arrange(chat, call.user(), |member| member.is_marked = is_marked).into())
}
