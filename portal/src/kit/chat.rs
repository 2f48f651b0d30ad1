#![expect(clippy::unused_async, reason = "what a person does is awaited, also where the portal is in this process")]

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use serde_json::Value;

use super::{Message, User};
use crate::{
    error::KitError,
    ids::{ChatId, Dialog, MessageId, UserId},
    people::{Denied, Words},
    portal::Portal,
    state::{State, messages::Removal},
};

/// A dialog or a chat in the hands of one person.
#[derive(Debug, Clone)]
pub struct Chat {
    pub(super) portal: Portal,
    pub(super) user: UserId,
    pub(super) id: ChatId,
    /// How many steps of the chat's trail this person has looked at.
    pub(super) seen: Arc<AtomicUsize>,
}

impl Chat {
    pub(super) fn new(portal: Portal, user: UserId, id: ChatId, seen: usize) -> Self {
        Self { portal, user, id, seen: Arc::new(AtomicUsize::new(seen)) }
    }

    /// The number of the chat; a private dialog has one, too.
    pub fn id(&self) -> ChatId {
        self.id
    }

    /// Says something and gives the message back.
    ///
    /// # Errors
    /// When there is nothing to say, or the person is no longer in the chat.
    pub async fn say(&self, text: &str) -> Result<Message, KitError> {
        self.act(|state, dialog| {
            let id = state.say(self.user, dialog, text)?;
            state.shown(id).ok_or_else(|| Denied("the message is gone".to_owned()).into())
        })
    }

    /// Sends a file and says something about it.
    ///
    /// # Errors
    /// When the file has no name or more than 100 MB, or the person is no longer in the chat.
    pub async fn send_file(&self, name: &str, content: impl Into<Vec<u8>>, text: &str) -> Result<Message, KitError> {
        let files = vec![(name.to_owned(), content.into().into())];
        self.act(|state, dialog| {
            let words = Words { text: text.to_owned(), ..Words::default() };
            let id = state.send_files(self.user, dialog, files, &words)?;
            state.shown(id).ok_or_else(|| Denied("the message is gone".to_owned()).into())
        })
    }

    /// Presses the button with this caption on the latest keyboard that has one.
    ///
    /// # Errors
    /// When there is none, or it is disabled, or it does nothing that a bot could see.
    pub async fn press(&self, caption: &str) -> Result<(), KitError> {
        self.act(|state, _| {
            let (message, index) = state.find_button(self.id, caption, "button")?;
            state.press(self.user, message, index).map(drop).map_err(KitError::from)
        })
    }

    /// Presses a button of the latest keyboard by its place, counted from one as [`crate::terminal`] shows them.
    ///
    /// # Errors
    /// As [`Chat::press`].
    pub async fn press_number(&self, number: usize) -> Result<(), KitError> {
        let last = self.messages().into_iter().rev().find(|message| !message.buttons().is_empty());
        let buttons = last.map(|message| message.buttons()).unwrap_or_default();
        let caption = number.checked_sub(1).and_then(|index| buttons.get(index));
        match caption {
            Some(caption) => self.press(caption).await,
            None => Err(KitError::NoButton {
                what: "button",
                caption: format!("#{number}"),
                known: format!("{} on the latest keyboard", buttons.len()),
            }),
        }
    }

    /// Picks the item with this caption in the context menu of the latest message that has one.
    ///
    /// # Errors
    /// As [`Chat::press`].
    pub async fn pick(&self, caption: &str) -> Result<(), KitError> {
        self.act(|state, _| {
            let (message, index) = state.find_button(self.id, caption, "menu item")?;
            state.pick(self.user, message, index).map(drop).map_err(KitError::from)
        })
    }

    /// Changes the text of an own message.
    ///
    /// # Errors
    /// When it is not an own message.
    pub async fn edit(&self, message: MessageId, text: &str) -> Result<(), KitError> {
        self.act(|state, _| state.rewrite(self.user, message, text).map_err(KitError::from))
    }

    /// Deletes an own message.
    ///
    /// # Errors
    /// When it is not an own message.
    pub async fn delete(&self, message: MessageId) -> Result<(), KitError> {
        self.act(|state, _| state.withdraw(self.user, message).map_err(KitError::from))
    }

    /// Likes a message, or no longer.
    ///
    /// # Errors
    /// When the person cannot see it.
    pub async fn like(&self, message: MessageId) -> Result<(), KitError> {
        self.act(|state, _| state.toggle_like(self.user, message).map_err(KitError::from))
    }

    /// Brings a bot into a group chat, by its code.
    ///
    /// # Errors
    /// When no bot has this code, it is in the chat already, or the chat is a private dialog.
    pub async fn invite_bot(&self, code: impl AsRef<str>) -> Result<(), KitError> {
        let bot = self.portal.bot(code.as_ref())?;
        self.act(|state, _| state.invite(self.user, self.id, &[bot], false).map_err(KitError::from))
    }

    /// Brings another person into a group chat.
    ///
    /// # Errors
    /// As [`Chat::invite_bot`].
    pub async fn invite(&self, other: &User) -> Result<(), KitError> {
        self.act(|state, _| state.invite(self.user, self.id, &[other.id()], false).map_err(KitError::from))
    }

    /// What stands in the chat, oldest first, without what was deleted.
    pub fn messages(&self) -> Vec<Message> {
        self.portal.with(|state| {
            let ids = state.chats.get(self.id).map(|chat| chat.messages.clone()).unwrap_or_default();
            ids.into_iter().filter_map(|id| state.shown(id)).collect()
        })
    }

    /// The newest message, once the bots are through with what they were told.
    ///
    /// # Errors
    /// When there is no message at all.
    pub async fn last(&self) -> Result<Message, KitError> {
        self.portal.quiet().await;
        self.messages().pop().ok_or_else(|| self.portal.silence("a message", String::new()))
    }

    /// The conversation as text, for snapshots and for reading: `Ann Lee: /echo hi`, attachments and buttons indented.
    pub fn transcript(&self) -> String {
        self.messages().iter().map(Message::to_string).collect::<Vec<_>>().join("\n")
    }

    /// Does something as this person; what others do from now on is the answer to it.
    fn act<T>(&self, act: impl FnOnce(&mut State, Dialog) -> Result<T, KitError>) -> Result<T, KitError> {
        self.portal.with(|state| {
            let chat = state.chats.get(self.id).ok_or_else(|| KitError::Denied("the chat is gone".to_owned()))?;
            let dialog = chat.dialog(self.user);
            let done = act(state, dialog)?;
            let steps = state.chats.get(self.id).map_or(0, |chat| chat.trail.len());
            self.seen.store(steps, Ordering::Release);
            Ok(done)
        })
    }
}

impl State {
    /// The length of the trail of a dialog, 0 if there is none yet.
    pub(super) fn steps(&self, user: UserId, dialog: Dialog) -> usize {
        self.find_chat(user, dialog).map_or(0, |chat| chat.trail.len())
    }

    /// A message as the kit shows it, unless it was deleted.
    pub(super) fn shown(&self, id: MessageId) -> Option<Message> {
        let message = self.messages.get(id).filter(|message| message.removal == Removal::None)?;
        let author = if message.content.is_system { "System".to_owned() } else { self.user_name(message.sender) };
        let files = message.content.files.iter().filter_map(|file| self.disk.get(*file));
        let files = files.map(|file| file.name.clone()).collect();
        Some(Message::new(message.clone(), author, files))
    }

    fn find_button(&self, chat: ChatId, caption: &str, what: &'static str) -> Result<(MessageId, usize), KitError> {
        let ids = self.chats.get(chat).map(|chat| chat.messages.as_slice()).unwrap_or_default();
        let mut known = Vec::new();
        for message in ids.iter().rev().filter_map(|id| self.messages.get(*id)) {
            if message.removal != Removal::None {
                continue;
            }
            let content = &message.content;
            let buttons = if what == "button" { &content.keyboard } else { &content.menu };
            let text = |button: &Value| button.get("TEXT").and_then(Value::as_str).unwrap_or_default().to_owned();
            if let Some(index) = buttons.iter().position(|button| text(button) == caption) {
                return Ok((message.id, index));
            }
            known.extend(buttons.iter().map(text).filter(|text| !text.is_empty()).map(|text| format!("{text:?}")));
        }
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Err(KitError::NoButton { what, caption: caption.to_owned(), known })
    }
}

impl Chat {
    /// The same chat with a place of its own to read on from, which does not move when this one says something.
    pub(crate) fn reader(&self) -> Self {
        Self::new(self.portal.clone(), self.user, self.id, self.seen.load(Ordering::Acquire))
    }

    /// The next message of somebody else that this person has not looked at since it appeared or was edited.
    pub(super) fn next(&self) -> Option<Message> {
        self.portal.with(|state| {
            let trail = &state.chats.get(self.id)?.trail;
            let from = self.seen.load(Ordering::Acquire);
            for (index, id) in trail.iter().enumerate().skip(from) {
                // Looked at once, as it is now, however often it changed meanwhile.
                let comes_again = trail.iter().skip(index + 1).any(|later| later == id);
                let message = state.shown(*id).filter(|message| message.author_id() != self.user && !comes_again);
                if message.is_some() {
                    self.seen.store(index + 1, Ordering::Release);
                    return message;
                }
            }
            None
        })
    }
}
