#![expect(clippy::unused_async, reason = "what a person does is awaited, also where the portal is in this process")]

use serde_json::Value;

use super::{Chat, User};
use crate::{
    error::KitError,
    ids::{ChatId, Dialog, LineId, SessionId, UserId},
    portal::Portal,
    state::{
        ADMIN, State,
        lines::{Obstacle, Target},
    },
};

/// An open line: clients come to it, operators and bots answer them.
///
/// ```no_run
/// # async fn test() -> Result<(), Box<dyn std::error::Error>> {
/// # let portal = b24_portal::Portal::start().await?;
/// let ann = portal.user("Ann Lee");
/// let line = portal.line("Help", [&ann]).await?;
/// line.welcome_with("itr")?;
///
/// let client = line.visit("Eve Fox").await?;
/// client.say("hello").await?;
/// assert_eq!(client.reply().await?.text(), "How can I help?");
///
/// let desk = ann.join(line.conversations()[0]).await?;
/// desk.take().await?;
/// desk.finish().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Line {
    portal: Portal,
    id: LineId,
}

impl Portal {
    /// The open line with this name, and these operators if it is new.
    ///
    /// # Errors
    /// When the name is empty.
    pub async fn line<'a>(&self, name: &str, operators: impl IntoIterator<Item = &'a User>) -> Result<Line, KitError> {
        let operators: Vec<UserId> = operators.into_iter().map(User::id).collect();
        let id = self.with(|state| state.line_named(ADMIN, name, &operators))?;
        Ok(Line { portal: self.clone(), id })
    }
}

impl Line {
    /// The number on the portal.
    pub fn id(&self) -> LineId {
        self.id
    }

    /// By which other portals find it: 32 hexadecimal digits.
    pub fn code(&self) -> String {
        self.portal.with(|state| state.lines.lines.get(self.id).map(|line| line.code.clone()).unwrap_or_default())
    }

    /// The chats in which the operators have the conversations that are going on, the newest first.
    pub fn conversations(&self) -> Vec<ChatId> {
        self.portal.with(|state| {
            let sessions = state.lines.sessions.values().rev();
            sessions
                .filter(|session| session.is_open() && session.line == self.id)
                .map(|session| session.chat)
                .collect()
        })
    }

    /// Changes a setting, by its name in `imopenlines.config.add`.
    pub fn set(&self, name: &str, value: impl Into<Value>) -> &Self {
        let given = [(name.to_owned(), value.into())].into_iter().collect();
        self.portal.with(|state| {
            if let Some(line) = state.lines.lines.get_mut(self.id) {
                line.settings.change(&given);
            }
        });
        self
    }

    /// Has a bot speak to clients first, by its code.
    ///
    /// # Errors
    /// When no bot has this code.
    pub fn welcome_with(&self, code: impl AsRef<str>) -> Result<&Self, KitError> {
        let bot = self.portal.bot(code.as_ref())?;
        Ok(self.set("WELCOME_BOT_ENABLE", "Y").set("WELCOME_BOT_ID", bot.0))
    }

    /// Turns a connector off for the line, as a person does; tells whether it was on. Its application hears of it.
    pub fn disconnect(&self, connector: &str) -> bool {
        self.portal.with(|state| state.disconnect(ADMIN, connector, self.id))
    }

    /// The chat of a client with this name who comes to the line on the portal itself.
    ///
    /// # Errors
    /// When the line is not at work.
    pub async fn visit(&self, name: &str) -> Result<Chat, KitError> {
        let (client, chat) = self.portal.with(|state| state.visit(self.id, name))?;
        let seen = self.portal.with(|state| state.steps(client, Dialog::Chat(chat)));
        Ok(Chat::new(self.portal.clone(), client, chat, seen))
    }
}

/// What operators do with the conversations of open lines, and clients at their end.
impl Chat {
    /// Takes the conversation that nobody has answered yet.
    ///
    /// # Errors
    /// When another operator has it, or the person has nothing to do with it.
    pub async fn take(&self) -> Result<(), KitError> {
        self.handle(|state| state.take(self.user, self.id))
    }

    /// Lets the conversation go to the next in the queue.
    ///
    /// # Errors
    /// When it is closed or another operator has it.
    pub async fn skip(&self) -> Result<(), KitError> {
        self.handle(|state| state.skip(self.user, self.id))
    }

    /// Asks another operator to take the conversation.
    ///
    /// # Errors
    /// When it is closed, or the other is not somebody who works here.
    pub async fn transfer(&self, other: &User) -> Result<(), KitError> {
        self.handle(|state| state.transfer(self.user, self.id, Target::User(other.id())))
    }

    /// Ends the conversation.
    ///
    /// # Errors
    /// When another operator has it.
    pub async fn finish(&self) -> Result<(), KitError> {
        self.handle(|state| state.finish(self.user, self.id, false))
    }

    /// Ends the conversation without a word.
    ///
    /// # Errors
    /// When the person has nothing to do with it.
    pub async fn mark_as_spam(&self) -> Result<(), KitError> {
        self.handle(|state| state.mark_as_spam(self.user, self.id))
    }

    /// Tells as the client what the conversation was like.
    ///
    /// # Errors
    /// When there was none.
    pub async fn rate(&self, liked: bool) -> Result<(), KitError> {
        self.portal.with(|state| state.rate(self.user, self.id, liked)).map_err(KitError::from)
    }

    /// The newest conversation in this chat.
    pub fn session(&self) -> Option<SessionId> {
        self.portal.with(|state| state.lines.session_in(self.id).map(|session| session.id))
    }

    fn handle(&self, act: impl FnOnce(&mut State) -> Result<(), Obstacle>) -> Result<(), KitError> {
        self.portal.with(act).map_err(|obstacle| KitError::Denied(obstacle.to_string()))
    }
}
