//! Lines that people of other portals write to. This portal stands for the others, too: the lines are its own.

use jiff::Timestamp;

use super::{Obstacle, time::after};
use crate::{
    ids::{LineId, UserId},
    state::{State, messages::Content, users::UserKind},
};

/// How long a line has to wait before it writes to the same user again.
const PAUSE_SECONDS: u64 = 7 * 24 * 3600;

impl State {
    /// The bot that stands for a line, made when the line is joined.
    pub(crate) fn join_network(&mut self, line: LineId) -> UserId {
        let known = self.lines.network_bots.iter().find(|(_, known)| **known == line).map(|(bot, _)| *bot);
        if let Some(bot) = known {
            return bot;
        }
        let name = self.lines.lines.get(line).map_or_else(String::new, |line| line.name().to_owned());
        let bot = self.add_account(UserKind::Bot, |account| account.first_name = name);
        self.lines.network_bots.insert(bot, line);
        bot
    }

    /// Writes to somebody in the name of a line: once a week.
    pub(crate) fn write_from_line(&mut self, line: LineId, user: UserId, content: Content) -> Result<(), Obstacle> {
        let key = format!("{line}|{user}");
        let now = self.clock.now();
        let rests = |last: &Timestamp| now < after(*last, PAUSE_SECONDS);
        if self.lines.network_mail.get(&key).is_some_and(rests) {
            return Err(Obstacle::TooOften);
        }
        if !self.is_employee(user) {
            return Err(Obstacle::NoWay);
        }
        let bot = self.join_network(line);
        let chat = self.private_chat(bot, user);
        self.post(chat, bot, content);
        self.lines.network_mail.insert(key, now);
        Ok(())
    }
}
