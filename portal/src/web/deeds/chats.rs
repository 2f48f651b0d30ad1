use serde_json::{Value, json};

use super::{Refused, Table};
use crate::{
    ids::{ChatId, UserId},
    state::{State, chats::Member},
    web::ask::Ask,
};

pub(super) const DEEDS: Table = &[
    ("open", open),
    ("chats", start),
    ("invite", invite),
    ("leave", leave),
    ("manager", manager),
    ("owner", owner),
    ("rename", rename),
    ("mark", mark),
    ("language", language),
    ("person", person),
];

/// The chat that the page means.
fn chat(state: &mut State, user: UserId, ask: &Ask) -> Result<ChatId, Refused> {
    Ok(state.joined_chat(user, ask.dialog()?)?)
}

fn open(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let dialog = ask.dialog()?;
    state.open(user, dialog)?;
    Ok(json!({"dialog": dialog.to_string()}))
}

fn start(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let chat = state.start_group(user, ask.text("title")?, ask.flag("open"), ask.users("members"))?;
    Ok(json!({"dialog": format!("chat{chat}")}))
}

fn invite(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let chat = chat(state, user, ask)?;
    state.invite(user, chat, &[ask.id("member")?], false)?;
    Ok(json!({}))
}

fn leave(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let chat = chat(state, user, ask)?;
    state.expel(user, chat, ask.id("member")?)?;
    Ok(json!({}))
}

fn manager(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let chat = chat(state, user, ask)?;
    state.appoint(user, chat, ask.id("member")?, ask.flag("on"))?;
    Ok(json!({}))
}

fn owner(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let chat = chat(state, user, ask)?;
    state.hand_over(user, chat, ask.id("member")?)?;
    Ok(json!({}))
}

fn rename(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let (chat, title) = (chat(state, user, ask)?, ask.text("title")?.trim());
    if title.is_empty() {
        return Err(Refused::unusable("a chat needs a title"));
    }
    state.rename(user, chat, title)?;
    Ok(json!({}))
}

/// How a dialog stands in one's own list: pinned, muted, marked as unread, hidden.
fn mark(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let (id, is_on) = (chat(state, user, ask)?, ask.flag("on"));
    let place: fn(&mut Member) -> &mut bool = match ask.text("as")? {
        "pinned" => |member| &mut member.is_pinned,
        "muted" => |member| &mut member.is_muted,
        "unread" => |member| &mut member.is_marked,
        "hidden" => |member| &mut member.is_hidden,
        other => return Err(Refused::unusable(format!("a dialog cannot be marked as {other}"))),
    };
    state.arrange(id, user, |member| *place(member) = is_on);
    Ok(json!({}))
}

/// Adds somebody whom the page can speak as.
fn person(state: &mut State, _: UserId, ask: &Ask) -> Result<Value, Refused> {
    match ask.text("name")?.trim() {
        "" => Err(Refused::unusable("a person needs a name")),
        name => Ok(json!({"id": state.person(name)})),
    }
}

/// The language in which the commands of bots are offered.
fn language(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    state.speak(user, ask.text("language")?)?;
    Ok(json!({}))
}
