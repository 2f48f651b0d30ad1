use serde_json::Value;

use crate::{
    ids::UserId,
    methods::content,
    rest::{Call, Refusal},
    state::{
        State,
        notices::{NewNotice, Origin},
    },
};

pub(super) fn any(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    if call.args.text("TYPE") == Some("SYSTEM") { system(state, call) } else { personal(state, call) }
}

/// On behalf of the user who calls, be it a bot.
pub(super) fn personal(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    send(state, call, Some(call.user()))
}

pub(super) fn system(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    send(state, call, None)
}

fn send(state: &mut State, call: &Call<'_>, author: Option<UserId>) -> Result<Value, Refusal> {
    let args = &call.args;
    let text = args.text("MESSAGE").unwrap_or_default().trim();
    if text.is_empty() {
        return Err(Refusal::new("MESSAGE_EMPTY"));
    }
    let user = args.id("USER_ID").unwrap_or_default();
    if !state.users.get(user).is_some_and(|account| account.active) {
        return Ok(false.into());
    }
    let notice = NewNotice {
        author,
        text: text.to_owned(),
        text_out: args.text_or_empty("MESSAGE_OUT"),
        attach: content::attach(args.value("ATTACH")),
        origin: call.owner().map_or(Origin::Webhook, Origin::App),
        tag: args.text_or_empty("TAG"),
        sub_tag: args.text_or_empty("SUB_TAG"),
        ..NewNotice::default()
    };
    Ok(state.give_notice(user, notice).into())
}
