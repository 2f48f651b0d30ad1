//! What a chat looks like: title, colour, picture.

use serde_json::Value;

use super::{group, refused};
use crate::{
    picture,
    rest::{Call, Refusal},
    state::{State, chats::Denial},
};

pub(in crate::methods::im) fn update_title(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let chat = group(state, call)?;
    let title = call.args.text_or_empty("TITLE");
    done(state.rename(call.user(), chat, title.trim()))
}

pub(in crate::methods::im) fn update_color(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let chat = group(state, call)?;
    done(state.recolor(call.user(), chat, &call.args.text_or_empty("COLOR")))
}

pub(in crate::methods::im) fn update_avatar(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let chat = group(state, call)?;
    let avatar = call.args.text_or_empty("AVATAR");
    picture::checked(&avatar).map_err(|flaw| Refusal::because("AVATAR_ERROR", flaw.to_string()))?;
    match state.repaint(call.user(), chat, avatar) {
        Err(denial @ Denial::NotMember(_)) => Err(refused("ACCESS_DENIED", denial)),
        other => done(other),
    }
}

fn done(changed: Result<(), Denial>) -> Result<Value, Refusal> {
    let code = |denial: Denial| match denial {
        Denial::NoDialog(_) | Denial::Unchanged => "WRONG_REQUEST",
        _ => "ACCESS_ERROR",
    };
    changed.map(|()| true.into()).map_err(|denial| refused(code(denial), denial))
}
