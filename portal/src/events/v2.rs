//! What the bots of `imbot.v2` are told, by POST or when they fetch it.

use crate::{
    events::commands::Invocation,
    ids::{ChatId, UserId},
    state::{
        State,
        bots::Bot,
        messages::{Event, Message, Reaction},
    },
};

/// What happened, as a bot of the second API hears of it.
#[expect(dead_code, reason = "not told to anybody yet")]
pub(crate) enum Happening<'a> {
    Message(&'a Message, Event),
    Reaction { message: &'a Message, reaction: &'a Reaction, is_set: bool },
    Command { message: &'a Message, invocation: &'a Invocation },
    Joined(ChatId),
    Gone,
}

impl State {
    /// Tells a bot what `by` did.
    #[expect(clippy::unused_self, reason = "nobody registers such a bot yet")]
    pub(crate) fn tell(&mut self, _bot: &Bot, _by: UserId, _what: &Happening<'_>) {}
}
