use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Code, crm::Items};
use crate::{
    ids::{ChatId, LineId, MessageId, SessionId, UserId},
    state::State,
};

/// One conversation of a client with a line. A chat has one after the other.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Session {
    pub(crate) id: SessionId,
    pub(crate) chat: ChatId,
    pub(crate) client: UserId,
    /// Where the client writes from, and where the answers go.
    pub(crate) code: Code,
    /// Whose operators have it: the line that the client wrote to, until it is handed to another.
    pub(crate) line: LineId,
    /// The one before it in the chat.
    pub(crate) parent: Option<SessionId>,
    pub(crate) created: Timestamp,
    pub(crate) stage: Stage,
    /// Since when it is there.
    pub(crate) since: Timestamp,
    /// Whom the line is asking to take it, and since when.
    pub(crate) asked: Vec<UserId>,
    pub(super) asked_at: Timestamp,
    /// Who was asked in this round.
    pub(super) passed: Vec<UserId>,
    /// The bot that goes as soon as an operator takes over.
    pub(super) leaving: Option<UserId>,
    /// Whether the client was told that nobody answers.
    pub(super) told_nobody: bool,
    pub(super) last_word: Word,
    /// It is over for whoever had it, but the client may go on until then.
    pub(crate) ends: Option<Timestamp>,
    /// Its operator keeps it: it does not close by itself.
    pub(crate) is_pinned: bool,
    /// What operators say stays among them.
    pub(crate) is_silent: bool,
    pub(crate) is_spam: bool,
    pub(crate) messages: Vec<MessageId>,
    pub(crate) items: Items,
    /// Since when the client is asked for a rating.
    pub(super) vote_asked: Option<Timestamp>,
    /// What the client thinks of it.
    pub(crate) vote: Option<bool>,
    /// What a supervisor thinks of it.
    pub(crate) grade: Grade,
}

/// Who has a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Stage {
    Bot(UserId),
    /// Nobody yet.
    Queue,
    Operator(UserId),
    Closed,
}

/// Who spoke last, and when.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Word {
    pub(super) is_clients: bool,
    pub(super) at: Timestamp,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Grade {
    /// From 1 to 5, or 0 for none.
    pub(crate) rating: u64,
    pub(crate) comment: Option<String>,
}

impl Session {
    pub(super) fn new(id: SessionId, chat: ChatId, client: UserId, code: Code, now: Timestamp) -> Self {
        Self {
            id,
            chat,
            client,
            line: code.line,
            code,
            parent: None,
            created: now,
            stage: Stage::Queue,
            since: now,
            asked: Vec::new(),
            asked_at: now,
            passed: Vec::new(),
            leaving: None,
            told_nobody: false,
            last_word: Word { is_clients: true, at: now },
            ends: None,
            is_pinned: false,
            is_silent: false,
            is_spam: false,
            messages: Vec::new(),
            items: Items::default(),
            vote_asked: None,
            vote: None,
            grade: Grade::default(),
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.stage != Stage::Closed
    }

    pub(crate) fn operator(&self) -> Option<UserId> {
        match self.stage {
            Stage::Operator(user) => Some(user),
            _ => None,
        }
    }

    pub(crate) fn bot(&self) -> Option<UserId> {
        match self.stage {
            Stage::Bot(bot) => Some(bot),
            _ => None,
        }
    }

    /// How far it is, by the numbers of the platform.
    pub(crate) fn status(&self) -> u64 {
        match self.stage {
            Stage::Closed if self.is_spam => 65,
            Stage::Closed => 60,
            _ if self.ends.is_some() => 50,
            // Handed on at least once and still nobody's.
            Stage::Queue if self.passed.len() > self.asked.len() => 5,
            Stage::Queue => 0,
            Stage::Bot(_) | Stage::Operator(_) if !self.last_word.is_clients => 40,
            Stage::Operator(_) if self.since < self.last_word.at => 25,
            Stage::Operator(_) => 10,
            Stage::Bot(_) => 20,
        }
    }

    /// What its chat tells of it: whether and with what it is in the CRM, whether it is pinned, whether it waits for the
    /// client to end it, its number and its beginning, and the line where it is another's by now; the items in the CRM;
    /// whether operators are among themselves.
    pub(super) fn entity_data(&self) -> [String; 3] {
        let yes_no = |flag: bool| if flag { "Y" } else { "N" };
        let (kind, item) = self.items.first().unwrap_or(("NONE", 0));
        let line = if self.line == self.code.line { 0 } else { self.line.0 };
        [
            format!(
                "{}|{kind}|{item}|{}|{}|{}|{}|{line}|0|0",
                yes_no(item > 0),
                yes_no(self.is_pinned),
                yes_no(self.ends.is_some()),
                self.id,
                self.created.as_second(),
            ),
            self.items.to_string(),
            yes_no(self.is_silent).to_owned(),
        ]
    }
}

impl State {
    /// Changes a session and what its chat tells of it.
    pub(crate) fn change_session(&mut self, id: SessionId, change: impl FnOnce(&mut Session)) {
        let Some(session) = self.lines.sessions.get_mut(id) else { return };
        change(session);
        let (chat, data) = (session.chat, session.entity_data());
        self.change_chat(chat, |chat| chat.entity.data = data);
        self.lines_changed();
    }

    /// Moves a session on.
    pub(super) fn move_to(&mut self, id: SessionId, stage: Stage) {
        let now = self.clock.now();
        self.change_session(id, |session| (session.stage, session.since) = (stage, now));
    }
}
