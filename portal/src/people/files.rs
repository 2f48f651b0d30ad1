use axum::body::Bytes;

use super::{Denied, Done, denied};
use crate::{
    ids::{Dialog, DiskId, MessageId, UserId},
    state::{
        State,
        disk::{Access, DiskDenial, Object, Upload, Visitor},
    },
};

impl From<DiskDenial> for Denied {
    fn from(denial: DiskDenial) -> Self {
        Self(denial.to_string())
    }
}

impl State {
    /// Sends files into a dialog, each with its name, and says something about them.
    pub(crate) fn send_files(
        &mut self,
        user: UserId,
        dialog: Dialog,
        files: Vec<(String, Bytes)>,
        text: &str,
    ) -> Done<MessageId> {
        if files.is_empty() {
            return denied("there is no file to send");
        }
        let chat = self.open(user, dialog)?;
        let mut sent = Vec::new();
        for (name, bytes) in files {
            sent.push(self.upload_to_chat(user, chat, Upload::new(name, bytes))?);
        }
        let message = self.post_files(chat, user, sent, text);
        self.announce(message);
        Ok(message)
    }

    /// A file that somebody may look at.
    pub(crate) fn look_at(&self, user: UserId, file: DiskId) -> Done<&Object> {
        Ok(self.allowed_file(Visitor::user(user), file, Access::Read)?)
    }
}
