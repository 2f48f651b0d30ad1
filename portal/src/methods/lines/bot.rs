//! `imopenlines.bot.session.*`: what a bot does with a conversation that it has.

use serde_json::Value;

use super::{chat, target};
use crate::{
    rest::{Call, Refusal},
    state::{State, bots::Owner, lines::Obstacle},
};

/// The application, where one is calling. These methods do not ask a webhook client for its name.
fn app(call: &Call<'_>) -> Option<Owner> {
    call.app().ok().map(Owner::App)
}

/// Whose bots the call is about; there has to be one.
fn owner(state: &State, call: &Call<'_>) -> Result<Owner, Refusal> {
    let owner = call.owner()?;
    let has_bot = state.bots_of(&owner).next().is_some();
    if has_bot { Ok(owner) } else { Err(Refusal::new("BOT_ID_ERROR")) }
}

fn done(outcome: Result<(), Obstacle>, code: fn(Obstacle) -> &'static str) -> Result<Value, Refusal> {
    outcome.map(|()| true.into()).map_err(|obstacle| Refusal::because(code(obstacle), obstacle.to_string()))
}

pub(super) fn operator(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    done(state.bot_yields(app(call).as_ref(), chat(call)), |obstacle| match obstacle {
        Obstacle::ForeignBot => "BOT_ID_ERROR",
        _ => "WRONG_CHAT",
    })
}

pub(super) fn transfer(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let target = target(&call.args)?;
    let owner = owner(state, call)?;
    let leaves = call.args.flag("LEAVE").unwrap_or(false);
    done(state.bot_hands_on(&owner, chat(call), target, leaves), |obstacle| match obstacle {
        Obstacle::ForeignBot => "BOT_ID_ERROR",
        _ => "OPERATOR_WRONG",
    })
}

pub(super) fn finish(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let owner = owner(state, call)?;
    match state.bot_finishes(&owner, chat(call)) {
        Err(Obstacle::NotWithBot) => Ok(false.into()),
        other => done(other, |_| "BOT_ID_ERROR"),
    }
}

/// The answer does not tell whether there was anything to say, or anybody to say it to.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn send(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let text = call.args.text_or_empty("MESSAGE");
    let is_greeting = call.args.text("NAME") == Some("WELCOME");
    let said = state.bot_says(app(call).as_ref(), chat(call), Some(text.as_str()).filter(|_| !is_greeting));
    if let Err(obstacle) = said {
        tracing::warn!(%obstacle, "a bot wanted to say something in a conversation");
    }
    Ok(true.into())
}
