//! What bots do with conversations that they have.

use super::{Obstacle, Session, Stage, Target};
use crate::{
    ids::{ChatId, UserId},
    state::{State, bots::Owner, messages::Content},
};

impl State {
    /// The conversation that a bot of this owner has. An owner that is not known has any bot of a webhook client.
    fn bots_conversation(&self, owner: Option<&Owner>, chat: ChatId) -> Result<&Session, Obstacle> {
        let session = self.open_session(chat).ok_or(Obstacle::NotWithBot)?;
        let bot = session.bot().and_then(|bot| self.bots.get(&bot)).ok_or(Obstacle::NotWithBot)?;
        let is_own = match owner {
            Some(owner) => bot.owner == *owner,
            None => matches!(bot.owner, Owner::Client(_)),
        };
        if is_own { Ok(session) } else { Err(Obstacle::ForeignBot) }
    }

    /// The bot lets the queue have the conversation.
    pub(crate) fn bot_yields(&mut self, owner: Option<&Owner>, chat: ChatId) -> Result<(), Obstacle> {
        let id = self.bots_conversation(owner, chat)?.id;
        self.queue_up(id);
        Ok(())
    }

    /// The bot hands the conversation to somebody, and goes at once or as soon as that somebody takes it.
    pub(crate) fn bot_hands_on(
        &mut self,
        owner: &Owner,
        chat: ChatId,
        target: Target,
        leaves: bool,
    ) -> Result<(), Obstacle> {
        let session = self.bots_conversation(Some(owner), chat)?;
        let (id, bot) = (session.id, session.bot());
        self.can_go(target)?;
        // When the bot goes is said here and not by the line.
        self.move_to(id, Stage::Queue);
        self.hand_on(id, target);
        match bot {
            Some(bot) if leaves => self.remove_member(chat, bot),
            bot => self.change_session(id, |session| session.leaving = bot),
        }
        Ok(())
    }

    pub(crate) fn bot_finishes(&mut self, owner: &Owner, chat: ChatId) -> Result<(), Obstacle> {
        let id = self.bots_conversation(Some(owner), chat)?.id;
        self.close(id);
        Ok(())
    }

    /// The bot says something to the client; without a text the greeting of the line.
    pub(crate) fn bot_says(&mut self, owner: Option<&Owner>, chat: ChatId, text: Option<&str>) -> Result<(), Obstacle> {
        let session = self.bots_conversation(owner, chat)?;
        let (line, bot) = (session.line, session.bot().unwrap_or(UserId(0)));
        let text = text.unwrap_or_else(|| self.setting(line, "WELCOME_MESSAGE_TEXT")).to_owned();
        if !text.is_empty() {
            self.post(chat, bot, Content::text(text));
        }
        Ok(())
    }
}
