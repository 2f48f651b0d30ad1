//! What time does to conversations.

use jiff::{SignedDuration, Timestamp};

use super::{Session, Stage};
use crate::{ids::SessionId, state::State};

/// What is due in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    /// The client has not gone on.
    End,
    /// The bot has had its time, or is gone.
    Yield,
    /// Whoever was asked has not taken it, or there was nobody to ask.
    AskNext,
    /// Nobody answers.
    TellNobody,
    /// The client has not answered.
    Rest,
}

impl State {
    /// Does what has become due in the conversations by now.
    pub(crate) fn pass_time(&mut self) {
        let open: Vec<SessionId> =
            self.lines.sessions.values().filter(|session| session.is_open()).map(|session| session.id).collect();
        for id in open {
            for due in [Due::End, Due::Yield, Due::AskNext, Due::TellNobody, Due::Rest] {
                if self.lines.sessions.get(id).is_some_and(|session| self.is_due(session, due)) {
                    self.fulfil(id, due);
                }
            }
        }
    }

    fn is_due(&self, session: &Session, due: Due) -> bool {
        let Some(line) = self.lines.lines.get(session.line) else { return false };
        let settings = &line.settings;
        let has_passed = |since: Timestamp, setting: &str| {
            let seconds = settings.number(setting);
            seconds > 0 && self.clock.now() >= after(since, seconds)
        };
        let is_queued = session.stage == Stage::Queue;
        match due {
            Due::End => session.ends.is_some_and(|ends| self.clock.now() >= ends),
            Due::Yield => session
                .bot()
                .is_some_and(|bot| !self.bots.contains_key(&bot) || has_passed(session.since, "WELCOME_BOT_TIME")),
            Due::AskNext if session.asked.is_empty() => is_queued,
            Due::AskNext => {
                is_queued && settings.text("QUEUE_TYPE") != "all" && has_passed(session.asked_at, "QUEUE_TIME")
            }
            Due::TellNobody => is_queued && !session.told_nobody && has_passed(session.since, "NO_ANSWER_TIME"),
            Due::Rest => {
                let waits_for_client = session.is_open() && !is_queued && !session.last_word.is_clients;
                let is_free = session.ends.is_none() && !session.is_pinned;
                waits_for_client && is_free && has_passed(session.last_word.at, "AUTO_CLOSE_TIME")
            }
        }
    }

    fn fulfil(&mut self, id: SessionId, due: Due) {
        match due {
            Due::End => self.close(id),
            Due::Yield => self.queue_up(id),
            Due::AskNext => self.ask_next(id, None),
            Due::TellNobody => {
                self.change_session(id, |session| session.told_nobody = true);
                self.say_occasion(id, "NO_ANSWER");
            }
            Due::Rest => {
                self.say_occasion(id, "AUTO_CLOSE");
                let line = self.lines.sessions.get(id).and_then(|session| self.lines.lines.get(session.line));
                let ends = self.later(line.map_or(0, |line| line.settings.number("AUTO_EXPIRE_TIME")));
                self.change_session(id, |session| session.ends = Some(ends));
            }
        }
    }

    /// Says what the line has to say on an occasion.
    fn say_occasion(&mut self, id: SessionId, occasion: &str) {
        let line = self.lines.sessions.get(id).and_then(|session| self.lines.lines.get(session.line));
        let text = line.map(|line| line.settings.text_for(occasion).to_owned()).unwrap_or_default();
        self.say_for_line(id, &text);
    }

    /// So many seconds from now.
    pub(super) fn later(&self, seconds: u64) -> Timestamp {
        after(self.clock.now(), seconds)
    }
}

pub(super) fn after(at: Timestamp, seconds: u64) -> Timestamp {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    at.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}
