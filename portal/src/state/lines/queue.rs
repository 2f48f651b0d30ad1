//! Who is asked to take a conversation.

use serde::{Deserialize, Serialize};

use super::{Line, Session, Stage};
use crate::{
    ids::{DepartmentId, LineId, SessionId, UserId},
    state::{State, users::UserKind},
};

/// What stands in the queue of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Place {
    User(UserId),
    /// Everybody in it.
    Department(DepartmentId),
}

impl State {
    /// The operators of a line, in the order of its queue, each with the department that brought them in.
    pub(crate) fn operators(&self, line: LineId) -> Vec<(UserId, Option<DepartmentId>)> {
        let places = self.lines.lines.get(line).map(|line| line.queue.as_slice()).unwrap_or_default();
        let mut operators: Vec<(UserId, Option<DepartmentId>)> = Vec::new();
        for place in places {
            let come = match *place {
                Place::User(user) => vec![(user, None)],
                Place::Department(department) => {
                    let is_there = |user: UserId| {
                        self.users.get(user).is_some_and(|account| account.departments.contains(&department))
                    };
                    let users = self.users.values().map(|account| account.id).filter(|user| is_there(*user));
                    users.map(|user| (user, Some(department))).collect()
                }
            };
            for operator in come {
                if self.is_employee(operator.0) && operators.iter().all(|(known, _)| *known != operator.0) {
                    operators.push(operator);
                }
            }
        }
        operators
    }

    /// Whether somebody can be an operator: a person who works here.
    pub(super) fn is_employee(&self, user: UserId) -> bool {
        self.users.get(user).is_some_and(|account| account.kind == UserKind::Employee && account.active)
    }

    /// Whether somebody is there to answer.
    pub(crate) fn is_available(&self, user: UserId) -> bool {
        self.users.get(user).is_some_and(|account| {
            let presence = &account.presence;
            let is_absent = presence.absent_until.is_some_and(|until| until > self.clock.now());
            !is_absent && ["", "online"].contains(&presence.status.as_str())
        })
    }

    /// Whether somebody has as many conversations as the line allows.
    fn is_busy(&self, line: &Line, user: UserId) -> bool {
        let most = line.settings.number("MAX_CHAT");
        let counts = |session: &&Session| match line.settings.text("TYPE_MAX_CHAT") {
            "answered" => session.operator() == Some(user) && session.ends.is_none(),
            "closed" => session.operator() == Some(user),
            _ => session.ends.is_none() && (session.operator() == Some(user) || session.asked.contains(&user)),
        };
        let open = self.lines.sessions.values().filter(|session| session.is_open());
        most > 0 && open.filter(counts).count() as u64 >= most
    }

    /// Puts a conversation into the queue of its line and asks the first.
    pub(super) fn queue_up(&mut self, id: SessionId) {
        let now = self.clock.now();
        self.release(id);
        self.change_session(id, |session| {
            (session.stage, session.since, session.ends) = (Stage::Queue, now, None);
            (session.passed, session.told_nobody) = (Vec::new(), false);
        });
        self.ask_next(id, None);
    }

    /// Asks whoever is next; `but` has just let it pass. Out of hours nobody is asked.
    pub(super) fn ask_next(&mut self, id: SessionId, but: Option<UserId>) {
        let Some(session) = self.lines.sessions.get(id) else { return };
        let Some(line) = self.lines.lines.get(session.line) else { return };
        let checks = line.settings.is_on("CHECK_AVAILABLE");
        let can =
            |user: &UserId| Some(*user) != but && (!checks || self.is_available(*user)) && !self.is_busy(line, *user);
        let is_at_work = line.settings.is_at_work(self.clock.now());
        let operators = self.operators(line.id).into_iter().map(|(user, _)| user).filter(|_| is_at_work);
        let free: Vec<UserId> = operators.filter(can).collect();
        let mode = line.settings.text("QUEUE_TYPE");
        if mode == "all" {
            return self.ask(id, free);
        }
        let fresh: Vec<UserId> = free.iter().copied().filter(|user| !session.passed.contains(user)).collect();
        // Who has been asked all around begins anew.
        let starts_over = fresh.is_empty();
        let candidates = if starts_over { free } else { fresh };
        let next = if mode == "strictly" {
            candidates.first().copied()
        } else {
            candidates.into_iter().min_by_key(|user| self.times_asked(line.id, *user))
        };
        if starts_over {
            self.change_session(id, |session| session.passed.clear());
        }
        self.ask(id, next.into_iter().collect());
    }

    /// How many conversations of a line somebody was asked to take.
    fn times_asked(&self, line: LineId, user: UserId) -> usize {
        let of_line = self.lines.sessions.values().filter(|session| session.line == line);
        of_line.filter(|session| session.passed.contains(&user) || session.operator() == Some(user)).count()
    }

    /// Asks these and nobody else: they see the chat until somebody takes it.
    pub(super) fn ask(&mut self, id: SessionId, users: Vec<UserId>) {
        let now = self.clock.now();
        let Some(session) = self.lines.sessions.get(id) else { return };
        let (chat, before) = (session.chat, session.asked.clone());
        for user in before.into_iter().filter(|user| !users.contains(user)) {
            self.remove_member(chat, user);
        }
        for user in &users {
            self.let_in(chat, *user);
        }
        self.change_session(id, |session| {
            session
                .passed
                .extend(users.iter().filter(|user| !session.passed.contains(user)).copied().collect::<Vec<_>>());
            (session.asked, session.asked_at) = (users, now);
        });
    }
}
