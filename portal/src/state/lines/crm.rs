//! The CRM as far as open lines need one: items are numbers that conversations belong to.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Obstacle, Session};
use crate::{
    ids::{ChatId, SessionId, UserId},
    state::{State, messages::Content},
};

/// A kind of item in the CRM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CrmKind {
    Lead,
    Company,
    Contact,
    Deal,
}

/// All of them with their names, in the order in which a chat tells them.
const KINDS: [(CrmKind, &str); 4] =
    [(CrmKind::Lead, "LEAD"), (CrmKind::Company, "COMPANY"), (CrmKind::Contact, "CONTACT"), (CrmKind::Deal, "DEAL")];

impl CrmKind {
    pub(crate) fn of(word: &str) -> Option<Self> {
        KINDS.into_iter().find(|(_, name)| name.eq_ignore_ascii_case(word)).map(|(kind, _)| kind)
    }
}

/// The items that a conversation belongs to, 0 for none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Items {
    lead: u64,
    company: u64,
    contact: u64,
    deal: u64,
}

/// How many items were made of each kind.
pub(super) type Made = Items;

impl Items {
    fn of(&self, kind: CrmKind) -> u64 {
        match kind {
            CrmKind::Lead => self.lead,
            CrmKind::Company => self.company,
            CrmKind::Contact => self.contact,
            CrmKind::Deal => self.deal,
        }
    }

    fn slot(&mut self, kind: CrmKind) -> &mut u64 {
        match kind {
            CrmKind::Lead => &mut self.lead,
            CrmKind::Company => &mut self.company,
            CrmKind::Contact => &mut self.contact,
            CrmKind::Deal => &mut self.deal,
        }
    }

    /// The item that stands for all of them: what is to be done comes before who it is.
    pub(super) fn first(&self) -> Option<(&'static str, u64)> {
        [(CrmKind::Lead, "LEAD"), (CrmKind::Deal, "DEAL"), (CrmKind::Company, "COMPANY"), (CrmKind::Contact, "CONTACT")]
            .into_iter()
            .map(|(kind, name)| (name, self.of(kind)))
            .find(|(_, item)| *item > 0)
    }
}

/// `LEAD|13|COMPANY|0|CONTACT|0|DEAL|0`, or nothing where there is no item at all.
impl fmt::Display for Items {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::default() {
            return Ok(());
        }
        let parts: Vec<String> = KINDS.iter().map(|(kind, name)| format!("{name}|{}", self.of(*kind))).collect();
        f.write_str(&parts.join("|"))
    }
}

impl State {
    /// The newest sessions of the chats that belong to an item.
    pub(crate) fn sessions_about(&self, kind: CrmKind, item: u64) -> Vec<&Session> {
        let is_newest =
            |session: &&Session| self.lines.session_in(session.chat).is_some_and(|newest| newest.id == session.id);
        let sessions = self.lines.sessions.values().rev().filter(is_newest);
        sessions.filter(|session| item > 0 && session.items.of(kind) == item).collect()
    }

    /// The chat that belongs to an item, or the reason why it does not.
    pub(crate) fn chat_of_item(&self, kind: CrmKind, item: u64, chat: ChatId) -> Result<ChatId, Obstacle> {
        let about = self.sessions_about(kind, item);
        let session = about.into_iter().find(|session| session.chat == chat).ok_or(Obstacle::NoChat)?;
        Ok(session.chat)
    }

    /// Makes what the line makes for a client it does not know yet. A client keeps its items.
    pub(super) fn track(&mut self, id: SessionId, makes_new: bool) {
        let Some(session) = self.lines.sessions.get(id) else { return };
        let known = session.parent.and_then(|parent| self.lines.sessions.get(parent)).map(|parent| parent.items);
        if let Some(items) = known.filter(|items| *items != Items::default()) {
            return self.change_session(id, |session| session.items = items);
        }
        let Some(line) = self.lines.lines.get(session.line) else { return };
        if !makes_new || !line.settings.is_on("CRM") {
            return;
        }
        match line.settings.text("CRM_CREATE") {
            "deal" => {
                self.make_item(id, CrmKind::Contact);
                self.make_item(id, CrmKind::Deal);
            }
            word => {
                if let Some(kind) = CrmKind::of(word) {
                    self.make_item(id, kind);
                }
            }
        }
    }

    fn make_item(&mut self, id: SessionId, kind: CrmKind) {
        let slot = self.lines.crm.slot(kind);
        *slot += 1;
        let item = *slot;
        self.change_session(id, |session| *session.items.slot(kind) = item);
    }

    /// Makes a lead out of a conversation, unless it belongs to one. Only its operator may.
    pub(crate) fn make_lead(&mut self, user: UserId, chat: ChatId) -> Result<(), Obstacle> {
        let session = self.conversation(user, chat)?;
        if session.operator() != Some(user) {
            return Err(Obstacle::Taken);
        }
        let id = session.id;
        if session.items.lead == 0 {
            self.make_item(id, CrmKind::Lead);
            self.post(chat, user, Content::system("[b]A new lead was created[/b]"));
        }
        Ok(())
    }
}
