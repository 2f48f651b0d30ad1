//! What becomes of a conversation: it begins, goes to a bot or into the queue, and ends.

use serde_json::Value;

use super::{Code, Obstacle, Session, Stage};
use crate::{
    events::lines::Turn,
    ids::{ChatId, LineId, SessionId, UserId},
    state::{ADMIN, Change, State, chats::Chat, messages::Content},
};

/// To whom a conversation is handed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    User(UserId),
    Line(LineId),
}

impl State {
    /// The newest conversation in a chat that `user` has to do with.
    pub(crate) fn dialogue(&self, user: UserId, chat: ChatId) -> Result<&Session, Obstacle> {
        let known = self.chats.get(chat).ok_or(Obstacle::NoChat)?;
        let session = self.lines.session_in(known.id).ok_or(Obstacle::NotALine)?;
        if self.may_handle(user, session) { Ok(session) } else { Err(Obstacle::NoAccess) }
    }

    /// Likewise, if it is not closed.
    pub(crate) fn conversation(&self, user: UserId, chat: ChatId) -> Result<&Session, Obstacle> {
        self.dialogue(user, chat)?;
        self.open_session(chat).ok_or(Obstacle::Closed)
    }

    /// The conversation that is going on in a chat.
    pub(crate) fn open_session(&self, chat: ChatId) -> Option<&Session> {
        self.lines.session_in(chat).filter(|session| session.is_open())
    }

    /// Whether somebody takes part in a conversation or might: as an operator of the line or as an administrator.
    pub(crate) fn may_handle(&self, user: UserId, session: &Session) -> bool {
        let takes_part = || self.chats.get(session.chat).is_some_and(|chat| chat.has(user));
        self.is_employee(user) && (self.is_admin(user) || takes_part() || self.is_operator(user, session.line))
    }

    pub(crate) fn is_operator(&self, user: UserId, line: LineId) -> bool {
        self.operators(line).iter().any(|(operator, _)| *operator == user)
    }

    pub(crate) fn is_admin(&self, user: UserId) -> bool {
        self.users.get(user).is_some_and(|account| account.is_admin)
    }

    /// Begins a conversation in a chat. Who took part in the last one goes.
    pub(super) fn begin(&mut self, chat: ChatId, client: UserId, code: &Code) -> SessionId {
        let now = self.clock.now();
        let parent = self.lines.session_in(chat).map(|last| last.id);
        let id = self.lines.sessions.insert(|id| Session::new(id, chat, client, code.clone(), now));
        self.change_session(id, |session| session.parent = parent);
        self.change_chat(chat, |chat| chat.owner = UserId(0));
        let others: Vec<UserId> =
            self.chats.get(chat).into_iter().flat_map(Chat::users).filter(|user| *user != client).collect();
        for user in others {
            self.remove_member(chat, user);
        }
        self.note_in_line(chat, &format!("Conversation #{id} began"));
        self.tell_of_session(id, ADMIN, Turn::Start);
        id
    }

    /// Gives a new conversation to the bot of the line or, without one, to its queue.
    pub(super) fn distribute(&mut self, id: SessionId) {
        match self.welcome_bot(id) {
            Some(bot) => {
                let Some(Session { chat, client, .. }) = self.lines.sessions.get(id) else { return };
                let (chat, client) = (*chat, *client);
                self.move_to(id, Stage::Bot(bot));
                self.let_in(chat, bot);
                self.welcome(chat, bot, client);
            }
            None => self.queue_up(id),
        }
    }

    /// The bot that speaks first, where the line has one and wants it now.
    fn welcome_bot(&self, id: SessionId) -> Option<UserId> {
        let session = self.lines.sessions.get(id)?;
        let settings = &self.lines.lines.get(session.line)?.settings;
        let is_wanted = settings.text("WELCOME_BOT_JOIN") != "first" || session.parent.is_none();
        let bot = self.bots.get(&UserId(settings.number("WELCOME_BOT_ID")))?;
        (settings.is_on("WELCOME_BOT_ENABLE") && is_wanted && bot.openline).then_some(bot.id)
    }

    /// What a line says by itself to whoever begins a conversation, unless a bot speaks for it.
    pub(super) fn greet(&mut self, id: SessionId) {
        let Some(session) = self.lines.sessions.get(id).filter(|session| session.bot().is_none()) else { return };
        let Some(line) = self.lines.lines.get(session.line) else { return };
        let settings = &line.settings;
        let is_due = session.parent.is_none() || settings.is_on("SEND_WELCOME_EACH_SESSION");
        let welcome = settings.text("WELCOME_MESSAGE_TEXT").to_owned();
        let welcome = Some(welcome).filter(|_| settings.is_on("WELCOME_MESSAGE") && is_due);
        let is_at_work = settings.is_at_work(self.clock.now());
        let day_off = Some(settings.text_for("WORKTIME_DAYOFF").to_owned()).filter(|_| !is_at_work);
        for text in welcome.into_iter().chain(day_off) {
            self.say_for_line(id, &text);
        }
    }

    /// Takes a conversation from whoever has it.
    pub(super) fn release(&mut self, id: SessionId) {
        let Some(session) = self.lines.sessions.get(id) else { return };
        let (chat, stage) = (session.chat, session.stage);
        let leaves = self.setting(session.line, "WELCOME_BOT_LEFT") == "queue";
        match stage {
            Stage::Operator(user) => {
                self.change_chat(chat, |chat| chat.owner = UserId(0));
                self.remove_member(chat, user);
            }
            Stage::Bot(bot) if leaves => self.remove_member(chat, bot),
            Stage::Bot(_) | Stage::Queue | Stage::Closed => {}
        }
    }

    /// Whoever had a conversation is through with it: the client is thanked and asked for a rating, and has a while to go
    /// on where the line wants that.
    pub(super) fn conclude_session(&mut self, id: SessionId) {
        let Some(session) = self.lines.sessions.get(id) else { return };
        let Some(line) = self.lines.lines.get(session.line) else { return };
        let farewell = line.settings.text_for("CLOSE").to_owned();
        let minutes = line.settings.number("FULL_CLOSE_TIME");
        self.say_for_line(id, &farewell);
        self.ask_for_vote(id);
        if minutes == 0 {
            return self.close(id);
        }
        let ends = self.later(minutes.saturating_mul(60));
        self.change_session(id, |session| session.ends = Some(ends));
    }

    /// Ends a conversation for good.
    pub(super) fn close(&mut self, id: SessionId) {
        let Some(session) = self.lines.sessions.get(id).filter(|session| session.is_open()) else { return };
        let (chat, by) = (session.chat, session.operator().unwrap_or(ADMIN));
        self.ask(id, Vec::new());
        let bots: Vec<UserId> = self
            .chats
            .get(chat)
            .into_iter()
            .flat_map(Chat::users)
            .filter(|user| self.bots.contains_key(user))
            .collect();
        for bot in bots {
            self.remove_member(chat, bot);
        }
        self.note_in_line(chat, &format!("Conversation #{id} ended"));
        self.move_to(id, Stage::Closed);
        self.change_session(id, |session| (session.ends, session.is_pinned) = (None, false));
        self.tell_of_session(id, by, Turn::Finish);
    }

    /// Takes a line off the portal, with the conversations that are going on.
    pub(crate) fn remove_line(&mut self, by: UserId, id: LineId) -> bool {
        if !self.lines.lines.contains(id) {
            return false;
        }
        let open = self.lines.sessions.values().filter(|session| session.is_open() && session.line == id);
        for session in open.map(|session| session.id).collect::<Vec<_>>() {
            self.close(session);
        }
        self.lines.lines.remove(id);
        self.tell_of_removal(by, id);
        self.lines.channels.retain(|channel| channel.line != id);
        self.lines_changed();
        true
    }

    /// Lets somebody into the chat of a conversation who is not there yet.
    pub(super) fn let_in(&mut self, chat: ChatId, user: UserId) {
        if self.chats.get(chat).is_some_and(|chat| !chat.has(user)) {
            self.add_member(chat, user);
        }
    }

    /// Tells the operators what happened to a conversation.
    pub(super) fn note_in_line(&mut self, chat: ChatId, text: &str) {
        let mut note = Content::system(text);
        note.params.insert("NOTIFY".to_owned(), Value::from("N"));
        self.post(chat, UserId(0), note);
    }

    /// Tells whoever watches, once for everything that happens at once.
    pub(crate) fn lines_changed(&mut self) {
        if !self.changes.iter().any(|change| matches!(change, Change::Lines)) {
            self.changes.push(Change::Lines);
        }
    }

    /// A setting of a line, or nothing where the line is gone.
    pub(super) fn setting(&self, line: LineId, name: &str) -> &str {
        self.lines.lines.get(line).map_or("", |line| line.settings.text(name))
    }
}
