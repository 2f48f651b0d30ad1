use std::fmt;

use serde_json::Value;

use crate::{
    ids::{MessageId, UserId},
    plain::{self, Look},
    state::messages,
};

/// A message as it stood when it was looked at.
#[derive(Debug, Clone)]
pub struct Message {
    inner: messages::Message,
    author: String,
    files: Vec<String>,
}

impl Message {
    pub(super) fn new(inner: messages::Message, author: String, files: Vec<String>) -> Self {
        Self { inner, author, files }
    }

    /// Identifies it.
    pub fn id(&self) -> MessageId {
        self.inner.id
    }

    /// The name of whoever wrote it; `System` for a system message.
    pub fn author(&self) -> &str {
        &self.author
    }

    /// Who sent it, also if it is a system message.
    pub fn author_id(&self) -> UserId {
        self.inner.sender
    }

    /// The text with its BB codes.
    pub fn text(&self) -> &str {
        &self.inner.content.text
    }

    /// The text without BB codes.
    pub fn plain_text(&self) -> String {
        plain::text(self.text())
    }

    /// What is attached, each in the full form: `{"ID", "COLOR", "BLOCKS"}`.
    pub fn attach(&self) -> &[Value] {
        &self.inner.content.attach
    }

    /// The names of the files that it brings.
    pub fn files(&self) -> Vec<String> {
        self.files.clone()
    }

    /// The keyboard as it was sent, line breaks included.
    pub fn keyboard(&self) -> &[Value] {
        &self.inner.content.keyboard
    }

    /// What was added to the context menu, as it was sent.
    pub fn menu(&self) -> &[Value] {
        &self.inner.content.menu
    }

    /// The captions on the keyboard.
    pub fn buttons(&self) -> Vec<String> {
        plain::captions(self.keyboard()).map(str::to_owned).collect()
    }

    /// Whether it was edited.
    pub fn is_edited(&self) -> bool {
        self.inner.edited
    }

    /// Who likes it.
    pub fn likes(&self) -> Vec<UserId> {
        self.inner.likes().collect()
    }
}

impl fmt::Display for Message {
    /// `EchoBot: text`, with what is attached and the buttons indented below it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let look = Look {
            author: &self.author,
            is_edited: self.is_edited(),
            text: self.text(),
            files: &self.files,
            attach: self.attach(),
            keyboard: self.keyboard(),
        };
        look.fmt(f)
    }
}
