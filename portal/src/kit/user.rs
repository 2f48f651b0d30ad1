#![expect(clippy::unused_async, reason = "what a person does is awaited, also where the portal is in this process")]

use super::Chat;
use crate::{
    error::KitError,
    ids::{ChatId, Dialog, UserId},
    portal::Portal,
    state::{ADMIN, users::UserKind},
};

/// A person on the portal.
#[derive(Debug, Clone)]
pub struct User {
    pub(super) portal: Portal,
    pub(super) id: UserId,
    name: String,
}

impl From<&User> for UserId {
    fn from(user: &User) -> Self {
        user.id
    }
}

impl Portal {
    /// The person with this name, "Ann Lee": found, or made.
    pub fn user(&self, name: &str) -> User {
        let id = self.with(|state| {
            let id = state.person(name);
            state.sign_in(id);
            id
        });
        User { portal: self.clone(), id, name: name.trim().to_owned() }
    }

    /// Somebody from outside with this full name, who sees only the chats and the people that it was let in to.
    pub fn guest(&self, name: &str) -> User {
        let id = self.with(|state| {
            let id = state.person(name);
            if let Some(account) = state.users.get_mut(id) {
                account.kind = UserKind::Extranet;
                account.departments.clear();
            }
            state.sign_in(id);
            id
        });
        User { portal: self.clone(), id, name: name.trim().to_owned() }
    }

    /// The administrator, who is there from the start.
    pub fn admin(&self) -> User {
        let name = self.with(|state| state.user_name(ADMIN));
        User { portal: self.clone(), id: ADMIN, name }
    }
}

impl User {
    /// The number on the portal.
    pub fn id(&self) -> UserId {
        self.id
    }

    /// First and last name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Opens the dialog with a bot, by the code that it is registered with. The first time the bot is told.
    ///
    /// # Errors
    /// When no bot has this code.
    pub async fn open(&self, code: impl AsRef<str>) -> Result<Chat, KitError> {
        let bot = self.portal.bot(code.as_ref())?;
        self.enter(Dialog::User(bot)).await
    }

    /// Opens the dialog with another person; who opens it with oneself takes notes there.
    ///
    /// # Errors
    /// When this person is from outside and shares no chat with the other.
    pub async fn open_with(&self, other: &User) -> Result<Chat, KitError> {
        self.enter(Dialog::User(other.id)).await
    }

    /// Opens a chat that this person is in already.
    ///
    /// # Errors
    /// When it is not.
    pub async fn join(&self, chat: ChatId) -> Result<Chat, KitError> {
        self.enter(Dialog::Chat(chat)).await
    }

    /// Starts a group chat with others.
    ///
    /// # Errors
    /// When the title is empty.
    pub async fn group<'a>(&self, title: &str, others: impl IntoIterator<Item = &'a User>) -> Result<Chat, KitError> {
        let members = others.into_iter().map(|other| other.id).collect();
        let chat = self.portal.with(|state| state.start_group(self.id, title, false, members))?;
        self.enter(Dialog::Chat(chat)).await
    }

    /// Deletes a bot from the portal, as an administrator does. Its application is told.
    ///
    /// # Errors
    /// When no bot has this code.
    pub async fn delete_bot(&self, code: impl AsRef<str>) -> Result<(), KitError> {
        let bot = self.portal.bot(code.as_ref())?;
        self.portal.with(|state| state.dismiss_bot(bot, self.id));
        Ok(())
    }

    async fn enter(&self, dialog: Dialog) -> Result<Chat, KitError> {
        let chat = self.portal.with(|state| {
            // What is there before the dialog is opened is old: only what comes after it is an answer.
            let seen = state.steps(self.id, dialog);
            let chat = state.open(self.id, dialog)?;
            Ok::<_, KitError>(Chat::new(self.portal.clone(), self.id, chat, seen))
        })?;
        // The greeting of a bot belongs to the opening, not to what is said next.
        self.portal.quiet().await;
        Ok(chat)
    }
}

impl Portal {
    pub(super) fn bot(&self, code: &str) -> Result<UserId, KitError> {
        self.with(|state| {
            let mut bots = state.bots.values();
            let found = bots.clone().find(|bot| bot.code == code).map(|bot| bot.id);
            found.ok_or_else(|| {
                let known = bots.by_ref().map(|bot| format!("{:?}", bot.code)).collect::<Vec<_>>().join(", ");
                let known = if known.is_empty() { "none".to_owned() } else { known };
                KitError::NoBot { code: code.to_owned(), known }
            })
        })
    }
}
