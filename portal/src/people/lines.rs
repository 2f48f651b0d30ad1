//! Open lines, as clients and operators have them before them.

use super::{Denied, Done, denied};
use crate::{
    ids::{ChatId, LineId, UserId},
    state::{
        Change, State,
        lines::{LIVE_CHAT, Obstacle, Place, Settings},
    },
};

impl From<Obstacle> for Denied {
    fn from(obstacle: Obstacle) -> Self {
        Self(obstacle.to_string())
    }
}

impl State {
    /// The line with this name, made with these operators if there is none yet.
    pub(crate) fn line_named(&mut self, by: UserId, name: &str, operators: &[UserId]) -> Done<LineId> {
        let name = name.trim();
        if name.is_empty() {
            return denied("a line needs a name");
        }
        if let Some(line) = self.lines.lines.values().find(|line| line.name() == name) {
            return Ok(line.id);
        }
        let mut settings = Settings::new(&self.settings.language);
        settings.put("LINE_NAME", name);
        let queue = operators.iter().map(|user| Place::User(*user)).collect();
        Ok(self.add_line(by, settings, Some(queue)))
    }

    /// Comes to a line as somebody from outside, who has a chat with it on the portal itself.
    pub(crate) fn visit(&mut self, line: LineId, name: &str) -> Done<(UserId, ChatId)> {
        if self.lines.lines.get(line).is_none_or(|line| !line.is_active()) {
            return denied("there is no such line, or nobody can write to it");
        }
        let name = name.trim();
        let (first, last) = name.split_once(' ').unwrap_or((name, ""));
        let (first, last) = (first.to_owned(), last.trim().to_owned());
        let client = self.client(LIVE_CHAT, &format!("{line}|{name}"), |account| {
            if !first.is_empty() {
                (account.first_name, account.last_name) = (first, last);
            }
        });
        let chat = self.live_chat(line, client).ok_or_else(|| Denied("there is no such line".to_owned()))?;
        self.changes.push(Change::User(client));
        Ok((client, chat))
    }

    /// A client tells from its own chat what it thinks of the conversation.
    pub(crate) fn rate(&mut self, client: UserId, chat: ChatId, liked: bool) -> Done<()> {
        let code = self.joined(client, chat).map(|chat| self.clients_side(chat))?;
        let line_chat = code.and_then(|code| self.line_chat(&code));
        let session = line_chat.and_then(|chat| self.lines.session_in(chat)).map(|session| session.id);
        let session = session.ok_or_else(|| Denied("there is no conversation to rate".to_owned()))?;
        self.vote(session, liked);
        Ok(())
    }
}
