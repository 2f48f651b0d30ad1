use serde_json::Value;

use super::{
    acting::{self, denied, done},
    message::named,
};
use crate::{
    ids::{MessageId, UserId},
    rest::{Call, Refusal},
    state::State,
};

/// Who reacts, to what, and how.
fn wanted(state: &State, call: &Call<'_>) -> Result<(UserId, MessageId, String), Refusal> {
    let bot = acting::bot(state, call)?;
    let id = state.seen(bot.id, named(call)).map_err(denied)?.id;
    let reaction = call.args.text_or_empty("reaction");
    if state.knows_reaction(&reaction) { Ok((bot.id, id, reaction)) } else { Err(Refusal::new("REACTION_NOT_FOUND")) }
}

/// One reaction takes the place of another.
pub(super) fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (bot, id, reaction) = wanted(state, call)?;
    let message = state.seen(bot, id).map_err(denied)?;
    if message.has_reaction(bot, &reaction) {
        return Err(Refusal::new("REACTION_ALREADY_SET"));
    }
    let others = message.reactions.iter().filter(|other| other.user == bot);
    for other in others.map(|other| other.kind.clone()).collect::<Vec<_>>() {
        state.respond(bot, id, &other, false).map_err(denied)?;
    }
    state.respond(bot, id, &reaction, true).map_err(denied)?;
    Ok(done())
}

pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (bot, id, reaction) = wanted(state, call)?;
    state.respond(bot, id, &reaction, false).map_err(denied)?;
    Ok(done())
}
