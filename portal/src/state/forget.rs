//! What a portal forgets, so that one that runs for days stays as small as it was.

use super::State;

/// Messages kept at least: the latest of all chats together.
const KEPT: usize = 10_000;
/// They go when there are so many more that it is worth the effort.
const MARGIN: usize = 1_000;

impl State {
    /// Lets the oldest messages go where there are too many.
    pub(super) fn forget_messages(&mut self) {
        if self.messages.len() < KEPT + MARGIN {
            return;
        }
        self.messages.keep_last(KEPT);
        let Some(oldest) = self.messages.values().next().map(|message| message.id) else { return };
        for chat in self.chats.values_mut() {
            // Ids are counted up, so the forgotten ones come first.
            chat.messages.drain(..chat.messages.partition_point(|id| *id < oldest));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use b24_spec::Spec;

    use super::{KEPT, MARGIN, State};
    use crate::{
        portal::Builder,
        state::{ADMIN, messages::Content},
    };

    #[test]
    fn the_oldest_messages_go_and_the_latest_stay() {
        let spec = Spec::embedded().expect("a spec without mistakes");
        let mut state = State::new(Builder::default().settings(&spec, ([127, 0, 0, 1], 80).into()), Arc::new(spec));
        let ann = state.person("Ann Lee");
        let chat = state.private_chat(ADMIN, ann);
        let ids: Vec<_> = (0..=KEPT + MARGIN).map(|_| state.post(chat, ann, Content::text("hi"))).collect();

        assert!(state.messages.get(ids[0]).is_none() && state.messages.get(ids[MARGIN + 1]).is_some());
        let left = &state.chats.get(chat).expect("a chat").messages;
        assert_eq!((left.first(), left.last()), (Some(&ids[MARGIN]), ids.last()));
    }
}
