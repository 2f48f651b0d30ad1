//! What clients and supervisors think of conversations.

use super::{LIVE_CHAT, Obstacle, Session, time::after};
use crate::{
    ids::{ChatId, SessionId, UserId},
    state::State,
};

impl State {
    /// Asks the client for a rating, where the line wants one.
    pub(super) fn ask_for_vote(&mut self, id: SessionId) {
        let Some(session) = self.lines.sessions.get(id) else { return };
        let Some(line) = self.lines.lines.get(session.line).filter(|line| line.settings.is_on("VOTE_MESSAGE")) else {
            return;
        };
        let text = line.settings.text(&in_channel(session, "TEXT")).to_owned();
        let now = self.clock.now();
        self.change_session(id, |session| session.vote_asked = Some(now));
        self.say_for_line(id, &text);
    }

    /// The conversation that a client was asked to rate, and what the words say of it: 1 for well, 0 for badly.
    pub(super) fn awaited_vote(&self, chat: ChatId, words: &str) -> Option<(SessionId, bool)> {
        let liked = match words.trim() {
            "1" => true,
            "0" => false,
            _ => return None,
        };
        let session = self.lines.session_in(chat).filter(|session| session.vote.is_none())?;
        let asked = session.vote_asked?;
        let limit = self.lines.lines.get(session.line).map_or(0, |line| line.settings.number("VOTE_TIME_LIMIT"));
        let is_in_time = limit == 0 || self.clock.now() <= after(asked, limit);
        is_in_time.then_some((session.id, liked))
    }

    /// The client rates a conversation, which is over with that where the line wants it so.
    pub(crate) fn vote(&mut self, id: SessionId, liked: bool) {
        self.change_session(id, |session| session.vote = Some(liked));
        let Some(session) = self.lines.sessions.get(id) else { return };
        let Some(line) = self.lines.lines.get(session.line) else { return };
        let answer = if liked { "LIKE" } else { "DISLIKE" };
        let text = line.settings.text(&in_channel(session, answer)).to_owned();
        let closes = session.ends.is_some() && line.settings.is_on("VOTE_CLOSING_DELAY");
        self.say_for_line(id, &text);
        if closes {
            self.close(id);
        }
    }

    /// A supervisor rates a conversation.
    pub(crate) fn grade(
        &mut self,
        user: UserId,
        id: SessionId,
        rating: Option<u64>,
        comment: Option<&str>,
    ) -> Result<(), Obstacle> {
        if !self.is_admin(user) || !self.lines.sessions.contains(id) {
            return Err(Obstacle::NoAccess);
        }
        self.change_session(id, |session| {
            if let Some(rating) = rating {
                session.grade.rating = rating;
            }
            if let Some(comment) = comment {
                session.grade.comment = Some(comment.to_owned());
            }
        });
        Ok(())
    }
}

/// The setting for where the client is: the chat on the portal has texts of its own.
fn in_channel(session: &Session, what: &str) -> String {
    let channel = if session.code.connector == LIVE_CHAT { 1 } else { 2 };
    format!("VOTE_MESSAGE_{channel}_{what}")
}
