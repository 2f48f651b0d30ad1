//! The drive: storages, and in them folders and files with their versions.
//!
//! Everything on it is numbered together, so that the id of one kind of thing is never that of another: a client that
//! mixes them up is told.

mod access;
mod chats;
mod contents;
mod denial;
mod names;
mod storages;
mod tickets;
mod trash;
mod tree;
mod uploads;
mod versions;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(crate) use self::{
    access::{Access, Holder, Right, Visitor},
    contents::{Content, Contents},
    denial::DiskDenial,
    storages::{Storage, StorageOwner},
    tickets::Ticket,
    tree::Clash,
    uploads::Upload,
    versions::Version,
};
use crate::{
    ids::{DiskId, UserId},
    state::secret,
};

/// Storages, folders and files.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Disk {
    last: u64,
    storages: BTreeMap<DiskId, Storage>,
    objects: BTreeMap<DiskId, Object>,
    attachments: BTreeMap<DiskId, Attachment>,
    pub(crate) contents: Contents,
    /// What the addresses for files are signed with.
    key: String,
}

impl Default for Disk {
    fn default() -> Self {
        Self {
            last: 0,
            storages: BTreeMap::new(),
            objects: BTreeMap::new(),
            attachments: BTreeMap::new(),
            contents: Contents::default(),
            key: secret::hex(64),
        }
    }
}

/// A folder or a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Object {
    pub(crate) id: DiskId,
    pub(crate) storage: DiskId,
    /// The folder that it is in; none for the root of a storage.
    pub(crate) parent: Option<DiskId>,
    pub(crate) name: String,
    pub(crate) body: Body,
    pub(crate) created: Stamp,
    pub(crate) updated: Stamp,
    /// When it was put into the trash last; that stays after restoring.
    pub(crate) trashed: Option<Stamp>,
    pub(crate) deletion: Deletion,
    /// What is allowed here beyond what is allowed above.
    pub(crate) rights: Vec<Right>,
    /// The code of its public link, or empty.
    pub(crate) link: String,
}

/// What an object is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Body {
    Folder,
    File {
        current: Version,
        /// The versions before that, oldest first.
        older: Vec<Version>,
    },
}

/// The word of the API for what an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ObjectKind {
    Folder,
    File,
}

/// Whether an object lies in the trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Deletion {
    None,
    Trash,
    /// A folder above it lies there.
    WithFolder,
}

/// Who did something, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    pub(crate) at: Timestamp,
    pub(crate) by: UserId,
}

/// The tie between a file and something outside the drive that it belongs to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Attachment {
    pub(crate) id: DiskId,
    pub(crate) object: DiskId,
    /// `tasks`
    pub(crate) module: String,
    /// `tasks_task`
    pub(crate) entity_type: String,
    pub(crate) entity: u64,
    pub(crate) made: Stamp,
}

impl Object {
    pub(crate) fn kind(&self) -> ObjectKind {
        match self.body {
            Body::Folder => ObjectKind::Folder,
            Body::File { .. } => ObjectKind::File,
        }
    }

    /// What a file holds now; folders have no version.
    pub(crate) fn version(&self) -> Option<&Version> {
        match &self.body {
            Body::Folder => None,
            Body::File { current, .. } => Some(current),
        }
    }

    /// All versions of a file, the newest first.
    pub(crate) fn versions(&self) -> impl Iterator<Item = &Version> {
        let (current, older) = match &self.body {
            Body::Folder => (None, &[][..]),
            Body::File { current, older } => (Some(current), older.as_slice()),
        };
        current.into_iter().chain(older.iter().rev())
    }

    pub(crate) fn is_there(&self) -> bool {
        self.deletion == Deletion::None
    }
}

impl Disk {
    fn number(&mut self) -> DiskId {
        self.last += 1;
        DiskId(self.last)
    }

    pub(crate) fn get(&self, id: DiskId) -> Option<&Object> {
        self.objects.get(&id)
    }

    /// All folders and files, those in the trash included.
    pub(crate) fn objects(&self) -> impl Iterator<Item = &Object> {
        self.objects.values()
    }

    pub(crate) fn attachment(&self, id: DiskId) -> Option<&Attachment> {
        self.attachments.get(&id)
    }

    pub(crate) fn attach(
        &mut self,
        object: DiskId,
        module: &str,
        entity_type: &str,
        entity: u64,
        made: Stamp,
    ) -> DiskId {
        let id = self.number();
        let (module, entity_type) = (module.to_owned(), entity_type.to_owned());
        self.attachments.insert(id, Attachment { id, object, module, entity_type, entity, made });
        id
    }

    /// The object that a public link leads to.
    pub(crate) fn linked(&self, code: &str) -> Option<&Object> {
        self.objects.values().find(|object| !object.link.is_empty() && object.link == code && object.is_there())
    }

    /// The code of the public link to an object, made if it has none yet.
    pub(crate) fn link(&mut self, id: DiskId) -> String {
        let Some(object) = self.objects.get_mut(&id) else { return String::new() };
        if object.link.is_empty() {
            object.link = secret::hex(10);
        }
        object.link.clone()
    }
}
