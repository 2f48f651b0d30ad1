//! The system messages by which a chat tells what happened to it. They count as unread for nobody.

use serde_json::{Value, json};

use crate::{
    ids::{ChatId, UserId},
    state::{State, chats::spoken, messages::Content},
};

/// Something that happened to a chat.
#[derive(Debug, Clone, Copy)]
pub(super) enum Note<'a> {
    Invited(&'a [UserId]),
    /// Somebody came in without being asked.
    Joined,
    Left,
    Expelled(UserId),
    Renamed(&'a str),
    Recolored(&'a str),
    NewPicture,
    NewOwner(UserId),
    /// Something outside the messenger was made out of a message: `a task`.
    Made(&'a str),
}

impl State {
    /// Writes down what `by` did.
    pub(super) fn note_in(&mut self, chat: ChatId, by: UserId, note: Note<'_>) {
        let who = self.named(by);
        let (text, code) = match note {
            Note::Invited(guests) => {
                let guests = guests.iter().map(|guest| self.named(*guest)).collect::<Vec<_>>().join(", ");
                (format!("{who} invited {guests} to the chat"), Some("CHAT_JOIN"))
            }
            Note::Joined => (format!("{who} joined the chat"), Some("CHAT_JOIN")),
            Note::Left => (format!("{who} left the chat"), Some("CHAT_LEAVE")),
            Note::Expelled(user) => (format!("{who} removed {} from the chat", self.named(user)), Some("CHAT_LEAVE")),
            Note::Renamed(title) => (format!("{who} changed the chat title to \"{title}\""), None),
            Note::Recolored(color) => (format!("{who} changed the chat color to \"{}\"", spoken(color)), None),
            Note::NewPicture => (format!("{who} changed the chat picture"), None),
            Note::Made(what) => (format!("{who} made {what} out of a message"), None),
            Note::NewOwner(heir) => (format!("{who} made {} the owner of the chat", self.named(heir)), None),
        };
        let mut content = Content::system(text);
        if let Some(code) = code {
            content.params.insert("CODE".to_owned(), json!([code]));
        }
        content.params.insert("NOTIFY".to_owned(), Value::from("N"));
        self.post(chat, by, content);
    }

    /// A user whose name the messenger fills in again when it changes.
    fn named(&self, user: UserId) -> String {
        format!("[USER={user} REPLACE]{}[/USER]", self.user_name(user))
    }
}
