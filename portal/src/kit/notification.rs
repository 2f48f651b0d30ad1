#![expect(clippy::unused_async, reason = "what a person does is awaited, also where the portal is in this process")]

use super::User;
use crate::{
    error::KitError,
    ids::{NoticeId, UserId},
    portal::Portal,
    state::notices::{NewNotice, Notice, NoticeButton},
};

/// A notification as it stood when it was looked at.
#[derive(Debug, Clone)]
pub struct Notification {
    inner: Notice,
}

impl Notification {
    /// Identifies it.
    pub fn id(&self) -> NoticeId {
        self.inner.id
    }

    /// On whose behalf it came; nobody's, where it is a system notification.
    pub fn author_id(&self) -> Option<UserId> {
        self.inner.content.author
    }

    /// The text with its BB codes.
    pub fn text(&self) -> &str {
        &self.inner.content.text
    }

    /// The captions of its buttons.
    pub fn buttons(&self) -> Vec<&str> {
        self.inner.content.buttons.iter().map(|button| button.text.as_str()).collect()
    }

    /// Whether it was read.
    pub fn is_read(&self) -> bool {
        self.inner.is_read
    }
}

impl User {
    /// The notifications that this person has, the latest first.
    pub fn notifications(&self) -> Vec<Notification> {
        self.portal.with(|state| {
            let own = state.notices_of(self.id).cloned();
            own.map(|inner| Notification { inner }).collect()
        })
    }

    /// Presses the button of a notification that has this value; the notification goes away. Gives the answer.
    ///
    /// # Errors
    /// When the person has no such notification, or it has no such button.
    pub async fn confirm(&self, id: NoticeId, value: &str) -> Result<String, KitError> {
        self.portal.with(|state| state.press_notice(self.id, id, value)).map_err(KitError::from)
    }
}

impl Portal {
    /// Asks somebody something with a notification of the portal itself. Each button has a caption and a value.
    ///
    /// ```no_run
    /// # async fn test(portal: b24_portal::Portal) {
    /// portal.ask(&portal.user("Ann Lee"), "Do you join the project?", &[("Accept", "Y"), ("Decline", "N")]);
    /// # }
    /// ```
    pub fn ask(&self, user: impl Into<UserId>, text: &str, buttons: &[(&str, &str)]) -> NoticeId {
        let button =
            |(text, value): &(&str, &str)| NoticeButton { text: (*text).to_owned(), value: (*value).to_owned() };
        let buttons = buttons.iter().map(button).collect();
        self.tell(user, NewNotice { text: text.to_owned(), buttons, ..NewNotice::default() })
    }

    /// Asks somebody something that is answered in words, with a notification of the portal itself.
    pub fn ask_freely(&self, user: impl Into<UserId>, text: &str) -> NoticeId {
        self.tell(user, NewNotice { text: text.to_owned(), takes_answer: true, ..NewNotice::default() })
    }

    fn tell(&self, user: impl Into<UserId>, notice: NewNotice) -> NoticeId {
        self.with(|state| state.give_notice(user.into(), notice))
    }
}
