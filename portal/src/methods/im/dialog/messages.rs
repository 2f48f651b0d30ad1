use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{no_access, visible};
use crate::{
    ids::{ChatId, MessageId, UserId},
    rest::{Args, Call, Refusal},
    state::{State, chats::Chat, messages::Message},
    views,
};

/// How many messages a page of the history has, and how many at most.
const PAGE: usize = 20;
const LARGEST: usize = 50;
/// The same for a search.
const FOUND: usize = 50;
const MOST_FOUND: usize = 200;
/// How many letters there must be to look for.
const SHORTEST: usize = 3;

/// The latest messages first; those after `FIRST_ID` in the order in which they came.
pub(in crate::methods::im) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (me, args) = (call.user(), &call.args);
    let (state, chat) = visible(state, call)?;
    let history = chat.history(me);
    let size = args.limit(PAGE, LARGEST);
    let ids: Vec<MessageId> = match (anchor(args, "FIRST_ID"), anchor(args, "LAST_ID")) {
        (Some(first), _) if is_anchor(state, first) => {
            history.iter().skip(history.partition_point(|id| *id <= first)).take(size).copied().collect()
        }
        (None, Some(MessageId(0)) | None) => history.iter().rev().take(size).copied().collect(),
        (None, Some(last)) if is_anchor(state, last) => {
            history.iter().take(history.partition_point(|id| *id < last)).rev().take(size).copied().collect()
        }
        _ => Vec::new(),
    };
    let messages: Vec<&Message> = ids.iter().filter_map(|id| state.messages.get(*id)).collect();
    Ok(json!({
        "chat_id": chat.id,
        "messages": messages.iter().map(|message| views::message(chat, message, me)).collect::<Vec<_>>(),
        "users": views::people(state, &messages),
        "files": views::file::of_messages(state, &messages),
    }))
}

/// A message to go on from.
fn anchor(args: &Args, name: &str) -> Option<MessageId> {
    args.id(name)
}

/// From a message that never was there is nowhere to go; 0 is before all of them.
fn is_anchor(state: &State, id: MessageId) -> bool {
    id == MessageId(0) || state.messages.contains(id)
}

pub(in crate::methods::im) fn search(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (me, args) = (call.user(), &call.args);
    let chat: ChatId = args.id("CHAT_ID").unwrap_or_default();
    let chat = state.visible(me, chat).map_err(no_access)?;
    let wanted = Wanted::of(args);
    let ascends = args.object("ORDER").text("ID") == Some("ASC");
    let last: Option<MessageId> = args.id("LAST_ID").filter(|last| *last != MessageId(0));
    let is_next = |id: MessageId| last.is_none_or(|last| if ascends { id > last } else { id < last });
    let history = chat.history(me);
    let ids: Box<dyn Iterator<Item = &MessageId>> =
        if ascends { Box::new(history.iter()) } else { Box::new(history.iter().rev()) };
    let messages: Vec<&Message> = ids
        .filter(|id| is_next(**id))
        .filter_map(|id| state.messages.get(*id))
        .filter(|message| wanted.is(message))
        .take(args.limit(FOUND, MOST_FOUND))
        .collect();
    Ok(json!({
        "messages": messages.iter().map(|message| views::found(chat, message, me)).collect::<Vec<_>>(),
        "users": views::people(state, &messages).into_iter().map(views::camel).collect::<Vec<_>>(),
        "files": views::file::of_messages(state, &messages),
        "additionalMessages": related(state, chat, me, &messages),
        "copilot": null,
        "stickers": [],
        "reactions": views::reactions(&messages, me),
        "tariffRestrictions": {"isHistoryLimitExceeded": false},
        "usersShort": fans(state, &messages),
    }))
}

/// What a search looks for.
struct Wanted {
    /// In lower case; empty where nothing is looked for.
    text: String,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
}

impl Wanted {
    fn of(args: &Args) -> Self {
        let text = args.text("SEARCH_MESSAGE").unwrap_or_default().trim().to_lowercase();
        let text = if text.chars().count() < SHORTEST { String::new() } else { text };
        let day = args.moment("DATE");
        let next_day = day.and_then(|day| day.checked_add(SignedDuration::from_hours(24)).ok());
        Self { text, from: day.or(args.moment("DATE_FROM")), to: next_day.or(args.moment("DATE_TO")) }
    }

    fn is(&self, message: &Message) -> bool {
        message.is_there()
            && self.from.is_none_or(|from| message.date >= from)
            && self.to.is_none_or(|to| message.date <= to)
            && (self.text.is_empty() || message.content.text.to_lowercase().contains(&self.text))
    }
}

/// What the messages quote or forward, as far as the caller can see it.
fn related(state: &State, chat: &Chat, me: UserId, messages: &[&Message]) -> Vec<Value> {
    let named = |message: &&Message| {
        let content = &message.content;
        content.reply.into_iter().chain(content.forward.as_ref().map(|forward| forward.message)).collect::<Vec<_>>()
    };
    let ids: BTreeSet<MessageId> = messages.iter().flat_map(named).collect();
    ids.into_iter().filter_map(|id| state.seen(me, id).ok()).map(|message| views::found(chat, message, me)).collect()
}

/// Who reacted, in short.
fn fans(state: &State, messages: &[&Message]) -> Vec<Value> {
    let fans: BTreeSet<UserId> =
        messages.iter().flat_map(|message| &message.reactions).map(|reaction| reaction.user).collect();
    let accounts = fans.into_iter().filter_map(|user| state.users.get(user));
    accounts.map(|account| json!({"id": account.id, "name": account.name(), "avatar": account.picture()})).collect()
}
