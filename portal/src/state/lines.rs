//! Open lines: where clients write from outside, and how they come to somebody who answers.
//!
//! A [`Line`] has settings and a queue of operators. A [`Connector`] brings in what clients write and takes out what they
//! are answered. A [`Session`] is one conversation: with a bot, in the queue, with an operator, closed.
//!
//! `queue` has the rules of who is asked; `life`, `operators`, `bots` and `time` those of what becomes of a session;
//! `inward` and `outward` those of what passes between the client and the chat in which the operators sit.

mod bots;
mod code;
mod connector;
mod crm;
mod hours;
mod inward;
mod life;
mod network;
mod obstacle;
mod operators;
mod outward;
mod queue;
mod session;
mod settings;
mod time;
mod vote;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(crate) use self::{
    code::Code,
    connector::{Channel, Connector, LIVE_CHAT, NETWORK, NewConnector, Rules},
    crm::CrmKind,
    inward::Incoming,
    life::Target,
    obstacle::Obstacle,
    queue::Place,
    session::{Session, Stage},
    settings::Settings,
};
use super::{State, secret, table::Table};
use crate::ids::{ChatId, LineId, MessageId, SessionId, UserId};

/// Open lines, their sessions and what connects clients to them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the lines are lines")]
pub(crate) struct Lines {
    pub(crate) lines: Table<LineId, Line>,
    pub(crate) sessions: Table<SessionId, Session>,
    /// The connectors of applications, by their ids.
    pub(crate) connectors: BTreeMap<String, Connector>,
    /// The connectors that are set up for lines.
    pub(crate) channels: Vec<Channel>,
    /// The accounts of clients, by connector and by what it calls them: `myconnector|ext-user-42`.
    clients: BTreeMap<String, UserId>,
    /// Of what the client sees in a chat of its own, what stands for it in the chat of the line.
    twins: BTreeMap<MessageId, MessageId>,
    /// Who speaks for a line to the people of other portals.
    network_bots: BTreeMap<UserId, LineId>,
    /// When a line last wrote to somebody of its own accord: `3|1`, the line and the user.
    network_mail: BTreeMap<String, Timestamp>,
    /// What operators saved to say it again.
    pub(crate) quick_answers: Vec<QuickAnswer>,
    /// The newest item of the CRM that a line made, of each kind: there is no CRM but for these numbers.
    crm: crm::Made,
}

/// An open line: how it works and who takes care of its clients.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) id: LineId,
    pub(crate) settings: Settings,
    /// Who is asked, in this order.
    pub(crate) queue: Vec<Place>,
    /// By which other portals find it: 32 hexadecimal digits.
    pub(crate) code: String,
    pub(crate) changed_by: UserId,
}

impl Line {
    pub(crate) fn name(&self) -> &str {
        self.settings.text("LINE_NAME")
    }

    pub(crate) fn is_active(&self) -> bool {
        self.settings.is_on("ACTIVE")
    }
}

/// A text that operators of a line have at hand.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct QuickAnswer {
    pub(crate) line: LineId,
    pub(crate) text: String,
}

impl Lines {
    /// The newest session in a chat, be it closed.
    pub(crate) fn session_in(&self, chat: ChatId) -> Option<&Session> {
        self.sessions.values().rev().find(|session| session.chat == chat)
    }

    pub(crate) fn line_by_code(&self, code: &str) -> Option<&Line> {
        self.lines.values().find(|line| line.code == code)
    }
}

impl State {
    /// Sets up a line. Who gives no queue is in it alone.
    pub(crate) fn add_line(&mut self, by: UserId, settings: Settings, queue: Option<Vec<Place>>) -> LineId {
        let queue = queue.unwrap_or_else(|| vec![Place::User(by)]);
        let id = self.lines.lines.insert(|id| Line { id, settings, queue, code: secret::hex(32), changed_by: by });
        if let Some(line) = self.lines.lines.get_mut(id).filter(|line| line.name().is_empty()) {
            line.settings.put("LINE_NAME", format!("Open line {id}"));
        }
        self.lines_changed();
        id
    }

    /// The chat in which operators talk to a client, by the client's code.
    pub(crate) fn line_chat(&self, code: &Code) -> Option<ChatId> {
        self.chat_about("LINES", &code.to_string()).map(|chat| chat.id)
    }
}
