pub(super) mod messages;

use serde_json::{Value, json};

use crate::{
    ids::{ChatId, Dialog, MessageId, UserId},
    rest::{Call, Refusal},
    state::{
        State,
        chats::{Chat, Denial},
        users::UserKind,
    },
    views,
};

/// The dialog that a call names; the spec has made sure that it does.
pub(super) fn named(call: &Call<'_>) -> Result<Dialog, Refusal> {
    call.args.dialog("DIALOG_ID").ok_or_else(|| Refusal::new("DIALOG_ID_EMPTY"))
}

fn no_access(denial: Denial) -> Refusal {
    Refusal::because("ACCESS_ERROR", denial.to_string())
}

/// The chat behind the dialog, if the caller may look into it. A private one is made.
fn visible<'a>(state: &'a mut State, call: &Call<'_>) -> Result<(&'a State, &'a Chat), Refusal> {
    let id = state.visible_chat(call.user(), named(call)?).map_err(no_access)?;
    let state = &*state;
    Ok((state, state.visible(call.user(), id).map_err(no_access)?))
}

pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (state, chat) = visible(state, call)?;
    Ok(views::dialog(state, chat, call.user(), named(call)?))
}

/// Where nothing can be marked, the answer is `false`.
pub(super) fn read(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let dialog = named(call)?;
    let upto: Option<MessageId> = call.args.id("MESSAGE_ID");
    let Ok(chat) = state.joined_chat(call.user(), dialog) else { return Ok(false.into()) };
    if upto.is_some_and(|message| !stands_in(state, chat, message)) {
        return Ok(false.into());
    }
    let left = state.mark_read(chat, call.user(), upto);
    let last = state.chats.get(chat).and_then(|chat| chat.member(call.user())).map(|member| member.read);
    Ok(json!({"dialogId": dialog.to_string(), "chatId": chat, "lastId": last, "counter": left}))
}

pub(super) fn unread(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let dialog = named(call)?;
    let from = call.args.id("MESSAGE_ID").unwrap_or_default();
    let Ok(chat) = state.joined_chat(call.user(), dialog) else { return Ok(false.into()) };
    if !stands_in(state, chat, from) {
        return Ok(false.into());
    }
    state.mark_unread(chat, call.user(), from);
    Ok(true.into())
}

fn stands_in(state: &State, chat: ChatId, message: MessageId) -> bool {
    state.messages.get(message).is_some_and(|message| message.chat == chat)
}

pub(super) fn read_all(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let chats: Vec<ChatId> = state.chats_of(call.user()).map(|chat| chat.id).collect();
    for chat in chats {
        state.mark_read(chat, call.user(), None);
    }
    Ok(true.into())
}

pub(super) fn write(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    state.type_on(call.user(), named(call)?).map_err(no_access)?;
    Ok(true.into())
}

/// By number, so that whoever goes on after a user misses nobody.
pub(super) fn list_users(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let args = &call.args;
    let skips = args.flag("SKIP_EXTERNAL").unwrap_or(false);
    let kept: Vec<&str> =
        args.text("SKIP_EXTERNAL_EXCEPT_TYPES").unwrap_or_default().split(',').map(str::trim).collect();
    let last: UserId = args.id("LAST_ID").unwrap_or_default();
    let (state, chat) = visible(state, call)?;
    let mut users: Vec<UserId> = chat.users().filter(|user| *user > last).collect();
    users.sort_unstable();
    let is_external = |kind: UserKind| !matches!(kind, UserKind::Employee | UserKind::Extranet);
    users.retain(|user| {
        let kind = state.users.get(*user).map(|account| account.kind);
        kind.is_some_and(|kind| !skips || !is_external(kind) || kept.contains(&kind.way_in()))
    });
    Ok(call.page(users.into_iter().map(|user| views::user(state, user)).collect()))
}
