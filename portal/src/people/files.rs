use axum::body::Bytes;

use super::{Denied, Done, Words, denied};
use crate::{
    ids::{Dialog, DiskId, MessageId, UserId},
    state::{
        State,
        chats::Denial,
        disk::{Access, DiskDenial, Object, Upload, Visitor},
        messages::Content,
    },
};

impl From<DiskDenial> for Denied {
    fn from(denial: DiskDenial) -> Self {
        Self(denial.to_string())
    }
}

impl State {
    /// Sends files into a dialog, each with its name, and says something with them.
    pub(crate) fn send_files(
        &mut self,
        user: UserId,
        dialog: Dialog,
        files: Vec<(String, Bytes)>,
        words: &Words,
    ) -> Done<MessageId> {
        if files.is_empty() {
            return denied("there is no file to send");
        }
        let chat = self.open(user, dialog)?;
        if let Some(answered) = words.reply
            && self.seen(user, answered)?.chat != chat
        {
            return Err(Denial::Elsewhere.into());
        }
        let mut sent = Vec::new();
        for (name, bytes) in files {
            sent.push(self.upload_to_chat(user, chat, Upload::new(name, bytes))?);
        }
        let text = words.text.trim();
        Ok(self.utter(user, chat, Content { files: sent, reply: words.reply, ..Content::text(text) }))
    }

    /// A file that somebody may look at.
    pub(crate) fn look_at(&self, user: UserId, file: DiskId) -> Done<&Object> {
        Ok(self.allowed_file(Visitor::user(user), file, Access::Read)?)
    }
}
