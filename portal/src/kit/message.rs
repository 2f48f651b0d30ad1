use std::fmt;

use serde_json::Value;

use crate::{
    ids::{MessageId, UserId},
    plain,
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
        let caption = |button: &Value| button.get("TEXT")?.as_str().map(str::to_owned);
        self.keyboard().iter().filter_map(caption).collect()
    }

    /// Whether it was edited.
    pub fn is_edited(&self) -> bool {
        self.inner.edited
    }

    /// Who likes it.
    pub fn likes(&self) -> Vec<UserId> {
        self.inner.likes().collect()
    }

    /// The lines below the first: files, attachments and buttons.
    pub(crate) fn extras(&self) -> Vec<String> {
        let files = self.files.iter().map(|name| format!("[file] {name}"));
        let mut lines: Vec<String> = files.chain(self.attach().iter().flat_map(plain::attach)).collect();
        let buttons = self
            .buttons()
            .iter()
            .enumerate()
            .map(|(index, text)| format!("[{}] {text}", index + 1))
            .collect::<Vec<_>>();
        if !buttons.is_empty() {
            lines.push(buttons.join("  "));
        }
        lines
    }
}

impl fmt::Display for Message {
    /// `EchoBot: text`, with what is attached and the buttons indented below it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let edited = if self.is_edited() { " (edited)" } else { "" };
        let text = self.plain_text();
        write!(f, "{}{edited}: {}", self.author, text.replace('\n', "\n  "))?;
        self.extras().iter().try_for_each(|line| write!(f, "\n  {}", line.replace('\n', "\n  ")))
    }
}
