use axum::body::Bytes;

use super::{Access, Clash, DiskDenial, Holder, Right, StorageOwner};
use crate::{
    ids::{DiskId, UserId},
    state::State,
};

/// A file that comes in.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) name: String,
    pub(crate) bytes: Bytes,
    pub(crate) clash: Clash,
    pub(crate) rights: Vec<Right>,
}

impl Upload {
    /// A file that is numbered where its name is taken.
    pub(crate) fn new(name: impl Into<String>, bytes: Bytes) -> Self {
        Self { name: name.into(), bytes, clash: Clash::Number, rights: Vec::new() }
    }
}

impl State {
    /// Puts a file into a folder.
    pub(crate) fn upload(&mut self, by: UserId, folder: DiskId, upload: Upload) -> Result<DiskId, DiskDenial> {
        let Upload { name, bytes, clash, mut rights } = upload;
        let made = self.stamp(by);
        let content = self.disk.contents.store(bytes, self.settings.limits.file)?;
        let added = self.disk.add_file(folder, &name, content, clash, made);
        let Ok(file) = added else {
            self.disk.forget_contents();
            return added;
        };
        // In a chat, a file belongs to whoever sent it.
        if self.is_of_a_chat(file) {
            rights.push(Right { holder: Holder::User(by), access: Access::Full });
        }
        self.disk.give(file, &rights);
        Ok(file)
    }

    /// Gives a file a new content.
    pub(crate) fn upload_version(&mut self, by: UserId, file: DiskId, bytes: Bytes) -> Result<(), DiskDenial> {
        let content = self.disk.contents.store(bytes, self.settings.limits.file)?;
        let made = self.stamp(by);
        self.disk.add_version(file, content, made);
        Ok(())
    }

    pub(super) fn is_of_a_chat(&self, id: DiskId) -> bool {
        let storage = self.disk.get(id).and_then(|object| self.disk.storage_of(object));
        storage.is_some_and(|storage| storage.owner == StorageOwner::Chats)
    }
}
