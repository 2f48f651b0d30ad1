//! Who is in a chat, and whose it is.

use serde_json::{Value, json};

use super::{group, named, refused};
use crate::{
    rest::{Call, Refusal},
    state::{State, chats::Denial},
};

pub(in crate::methods::im) fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let hides_history = call.args.flag("HIDE_HISTORY").unwrap_or(true);
    let invited = state.invite(call.user(), named(call), &call.args.users("USERS"), hides_history);
    done(invited, |denial| match denial {
        Denial::NotMember(_) => "ACCESS_DENIED_EXTEND",
        Denial::AlreadyIn(_) | Denial::NoUser(_) | Denial::Stranger(_) => "WRONG_REQUEST",
        _ => "ACCESS_ERROR",
    })
}

pub(in crate::methods::im) fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let member = call.args.id("USER_ID").unwrap_or_default();
    done(state.expel(call.user(), named(call), member), |denial| match denial {
        Denial::NotMember(_) | Denial::NotManager | Denial::NotOwner => "ACCESS_DENIED_KICK",
        Denial::NotInChat(_) => "USER_NOT_FOUND",
        _ => "ACCESS_ERROR",
    })
}

pub(in crate::methods::im) fn leave(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    done(state.leave(call.user(), named(call)), |denial| match denial {
        Denial::NotMember(_) => "ACCESS_DENIED_KICK",
        _ => "ACCESS_ERROR",
    })
}

pub(in crate::methods::im) fn set_owner(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let chat = group(state, call)?;
    let heir = call.args.id("USER_ID").unwrap_or_default();
    done(state.hand_over(call.user(), chat, heir), |denial| match denial {
        Denial::Private => "ACCESS_ERROR",
        _ => "WRONG_REQUEST",
    })
}

/// Whoever may not look into the chat sees nobody there.
pub(in crate::methods::im) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    match state.visible(call.user(), named(call)) {
        Ok(chat) if chat.is_private() => Err(refused("ACCESS_ERROR", Denial::Private)),
        Ok(chat) => Ok(chat.users().map(Value::from).collect()),
        Err(Denial::NotMember(_)) => Ok(json!([])),
        Err(denial) => Err(refused("ACCESS_ERROR", denial)),
    }
}

fn done(outcome: Result<(), Denial>, code: fn(Denial) -> &'static str) -> Result<Value, Refusal> {
    outcome.map(|()| true.into()).map_err(|denial| refused(code(denial), denial))
}
