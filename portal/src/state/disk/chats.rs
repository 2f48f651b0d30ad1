//! The files of the messenger: each chat has a folder.

use super::{Access, Clash, DiskDenial, Holder, Right, StorageOwner, Upload, Visitor};
use crate::{
    ids::{ChatId, DiskId, MessageId, UserId},
    state::{State, messages::Content},
};

impl State {
    /// The folder of a chat, made if there is none yet.
    pub(crate) fn chat_folder(&mut self, chat: ChatId) -> Result<DiskId, DiskDenial> {
        let known = self.chats.get(chat).and_then(|chat| chat.folder);
        if let Some(folder) = known {
            return Ok(folder);
        }
        let root = self.storage(StorageOwner::Chats).root;
        let made = self.stamp(UserId(0));
        let folder = self.disk.add_folder(root, &format!("chat{chat}"), Clash::Number, made)?;
        self.disk.give(folder, &[Right { holder: Holder::Chat(chat), access: Access::Edit }]);
        if let Some(chat) = self.chats.get_mut(chat) {
            chat.folder = Some(folder);
        }
        Ok(folder)
    }

    /// Puts a file into the folder of a chat.
    pub(crate) fn upload_to_chat(&mut self, by: UserId, chat: ChatId, upload: Upload) -> Result<DiskId, DiskDenial> {
        let folder = self.chat_folder(chat)?;
        self.upload(by, folder, upload)
    }

    /// A file of the drive as one of a chat: what lies elsewhere is copied to the folder of the chat.
    pub(crate) fn bring_to_chat(&mut self, by: Visitor, chat: ChatId, file: DiskId) -> Result<DiskId, DiskDenial> {
        let parent = self.allowed_file(by, file, Access::Read)?.parent;
        let folder = self.chat_folder(chat)?;
        if parent == Some(folder) {
            return Ok(file);
        }
        let made = self.stamp(by.user);
        let copy = self.disk.copy(file, folder, Clash::Number, made)?;
        self.disk.give(copy, &[Right { holder: Holder::User(by.user), access: Access::Full }]);
        Ok(copy)
    }

    /// Files for a message in a chat, wherever they come from. What the sender may not read is left out.
    pub(crate) fn bring_files(&mut self, sender: UserId, chat: ChatId, files: &[DiskId]) -> Vec<DiskId> {
        files.iter().filter_map(|file| self.bring_to_chat(Visitor::user(sender), chat, *file).ok()).collect()
    }

    /// Says something with files.
    pub(crate) fn post_files(&mut self, chat: ChatId, sender: UserId, files: Vec<DiskId>, text: &str) -> MessageId {
        self.post(chat, sender, Content { files, ..Content::text(text.trim()) })
    }

    /// The messages of a chat that bring a file.
    pub(crate) fn messages_with(&self, chat: ChatId, file: DiskId) -> Vec<MessageId> {
        let ids = self.chats.get(chat).map(|chat| chat.messages.as_slice()).unwrap_or_default();
        let brings = |id: &&MessageId| {
            self.messages.get(**id).is_some_and(|message| message.is_there() && message.content.files.contains(&file))
        };
        ids.iter().filter(brings).copied().collect()
    }
}
