//! What operators do with conversations.

use super::{Code, Line, Obstacle, Stage, Target};
use crate::{
    ids::{ChatId, MessageId, SessionId, UserId},
    state::State,
};

impl State {
    /// Takes a conversation that nobody has answered yet.
    pub(crate) fn take(&mut self, user: UserId, chat: ChatId) -> Result<(), Obstacle> {
        let session = self.conversation(user, chat)?;
        match session.operator() {
            Some(operator) if operator == user => Ok(()),
            Some(_) => Err(Obstacle::Taken),
            None => {
                let id = session.id;
                self.give(id, user);
                Ok(())
            }
        }
    }

    /// Takes a conversation from whoever has it.
    pub(crate) fn intercept(&mut self, user: UserId, chat: ChatId) -> Result<(), Obstacle> {
        let session = self.conversation(user, chat)?;
        if session.operator() != Some(user) {
            let id = session.id;
            self.give(id, user);
        }
        Ok(())
    }

    /// Gives a conversation to an operator: the others that were asked, and a bot that was to wait for this, go.
    pub(super) fn give(&mut self, id: SessionId, user: UserId) {
        self.let_go(id, user);
        let Some(session) = self.lines.sessions.get(id) else { return };
        let (chat, leaving) = (session.chat, session.leaving);
        self.let_in(chat, user);
        if let Some(bot) = leaving {
            self.remove_member(chat, bot);
        }
        let now = self.clock.now();
        self.change_session(id, |session| {
            (session.stage, session.since, session.ends) = (Stage::Operator(user), now, None);
            (session.asked, session.leaving) = (Vec::new(), None);
        });
        self.change_chat(chat, |chat| chat.owner = user);
        let note = format!("[USER={user} REPLACE]{}[/USER] has the conversation", self.user_name(user));
        self.note_in_line(chat, &note);
    }

    /// Whoever had a conversation or was asked to take it goes, but for its next operator.
    fn let_go(&mut self, id: SessionId, next: UserId) {
        let Some(session) = self.lines.sessions.get(id) else { return };
        let (chat, asked) = (session.chat, session.asked.clone());
        if session.operator() != Some(next) {
            self.release(id);
        }
        for user in asked.into_iter().filter(|user| *user != next) {
            self.remove_member(chat, user);
        }
    }

    /// Lets a conversation go to the next in the queue.
    pub(crate) fn skip(&mut self, user: UserId, chat: ChatId) -> Result<(), Obstacle> {
        let session = self.conversation(user, chat)?;
        let (id, asked) = (session.id, session.asked.clone());
        if session.operator().is_some_and(|operator| operator != user) {
            return Err(Obstacle::Taken);
        }
        let others: Vec<UserId> = asked.iter().copied().filter(|asked| *asked != user).collect();
        if session.stage == Stage::Queue && !others.is_empty() {
            self.ask(id, others);
            return Ok(());
        }
        self.release(id);
        self.move_to(id, Stage::Queue);
        self.change_session(id, |session| session.ends = None);
        self.ask_next(id, Some(user));
        Ok(())
    }

    /// Hands a conversation to somebody else.
    pub(crate) fn transfer(&mut self, user: UserId, chat: ChatId, target: Target) -> Result<(), Obstacle> {
        let session = self.conversation(user, chat)?;
        let id = session.id;
        if target == Target::User(user) && session.operator() == Some(user) {
            return Err(Obstacle::NoWay);
        }
        self.can_go(target)?;
        self.hand_on(id, target);
        Ok(())
    }

    /// Whether a conversation can be handed there: to somebody who works here, or to a line that is at work.
    pub(super) fn can_go(&self, target: Target) -> Result<(), Obstacle> {
        let can = match target {
            Target::User(user) => self.is_employee(user),
            Target::Line(line) => self.lines.lines.get(line).is_some_and(Line::is_active),
        };
        if can { Ok(()) } else { Err(Obstacle::NoWay) }
    }

    /// Asks an operator, or the queue of a line, to take a conversation. Whoever has it goes by the rules of the line
    /// that it comes from.
    pub(super) fn hand_on(&mut self, id: SessionId, target: Target) {
        self.release(id);
        self.move_to(id, Stage::Queue);
        self.change_session(id, |session| {
            (session.ends, session.told_nobody) = (None, false);
            session.passed.clear();
        });
        match target {
            Target::User(user) => self.ask(id, vec![user]),
            Target::Line(line) => {
                self.ask(id, Vec::new());
                self.change_session(id, |session| session.line = line);
                self.ask_next(id, None);
            }
        }
    }

    /// Ends a conversation: one's own, one that nobody has, or with `anybodys` that of another operator.
    pub(crate) fn finish(&mut self, user: UserId, chat: ChatId, anybodys: bool) -> Result<(), Obstacle> {
        let session = match self.conversation(user, chat) {
            Err(Obstacle::Closed) => return Ok(()),
            session => session?,
        };
        if !anybodys && session.operator().is_some_and(|operator| operator != user) {
            return Err(Obstacle::Taken);
        }
        let id = session.id;
        if session.ends.is_none() {
            self.conclude_session(id);
        }
        Ok(())
    }

    /// Ends a conversation without a word.
    pub(crate) fn mark_as_spam(&mut self, user: UserId, chat: ChatId) -> Result<(), Obstacle> {
        let id = self.dialogue(user, chat)?.id;
        self.change_session(id, |session| session.is_spam = true);
        self.close(id);
        Ok(())
    }

    /// Comes into a conversation beside its operator.
    pub(crate) fn step_in(&mut self, user: UserId, chat: ChatId) -> Result<(), Obstacle> {
        let chat = self.conversation(user, chat)?.chat;
        self.let_in(chat, user);
        Ok(())
    }

    /// Begins a conversation with a client, unless one is going on.
    pub(crate) fn start_session(&mut self, user: UserId, chat: ChatId) -> Result<(), Obstacle> {
        let session = self.dialogue(user, chat)?;
        if !session.is_open() {
            let (client, code) = (session.client, session.code.clone());
            self.start_with(user, chat, client, &code);
        }
        Ok(())
    }

    pub(super) fn start_with(&mut self, user: UserId, chat: ChatId, client: UserId, code: &Code) -> SessionId {
        let id = self.begin(chat, client, code);
        self.track(id, false);
        self.give(id, user);
        id
    }

    /// Begins another conversation with a message of this one.
    pub(crate) fn start_session_from(&mut self, user: UserId, chat: ChatId, from: MessageId) -> Result<(), Obstacle> {
        let session = self.dialogue(user, chat)?;
        let (client, code) = (session.client, session.code.clone());
        if self.messages.get(from).is_none_or(|message| message.chat != chat) {
            return Err(Obstacle::NoChat);
        }
        if let Some(open) = self.open_session(chat).map(|open| open.id) {
            self.close(open);
        }
        for session in self.lines.sessions.values_mut().filter(|session| session.chat == chat) {
            session.messages.retain(|message| *message != from);
        }
        let id = self.start_with(user, chat, client, &code);
        self.change_session(id, |session| session.messages.insert(0, from));
        Ok(())
    }

    /// Pins a conversation, so that it does not close by itself, or no longer.
    pub(crate) fn pin_session(&mut self, user: UserId, chat: ChatId, is_pinned: bool) -> Result<(), Obstacle> {
        let id = self.dialogue(user, chat)?.id;
        self.change_session(id, |session| session.is_pinned = is_pinned);
        Ok(())
    }

    /// Pins all conversations of an operator, or none; gives those that this changed.
    pub(crate) fn pin_sessions(&mut self, user: UserId, is_pinned: bool) -> Vec<SessionId> {
        let own = self.lines.sessions.values().filter(|session| session.operator() == Some(user));
        let changed: Vec<SessionId> =
            own.filter(|session| session.is_pinned != is_pinned).map(|session| session.id).collect();
        for id in &changed {
            self.change_session(*id, |session| session.is_pinned = is_pinned);
        }
        changed
    }

    /// Keeps what operators say among themselves, or no longer.
    pub(crate) fn hush(&mut self, user: UserId, chat: ChatId, is_silent: bool) -> Result<(), Obstacle> {
        let id = self.dialogue(user, chat)?.id;
        self.change_session(id, |session| session.is_silent = is_silent);
        Ok(())
    }
}
