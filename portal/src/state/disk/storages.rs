use serde::{Deserialize, Serialize};

use super::{Access, Body, Disk, Holder, Object, Right, Stamp, Visitor};
use crate::{
    ids::{AppId, DiskId, UserId},
    state::{State, chats::Chat, users::UserKind},
};

/// A drive of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Storage {
    pub(crate) id: DiskId,
    pub(crate) owner: StorageOwner,
    pub(crate) name: String,
    /// The folder that holds everything else.
    pub(crate) root: DiskId,
}

/// Whose storage it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum StorageOwner {
    User(UserId),
    /// The whole company.
    Company,
    /// A workgroup.
    Group(u64),
    App(AppId),
    /// The messenger, which keeps a folder for each chat in it.
    Chats,
}

impl Disk {
    pub(crate) fn storage(&self, id: DiskId) -> Option<&Storage> {
        self.storages.get(&id)
    }

    pub(crate) fn storages(&self) -> impl Iterator<Item = &Storage> {
        self.storages.values()
    }

    /// The storage that an object is in.
    pub(crate) fn storage_of(&self, object: &Object) -> Option<&Storage> {
        self.storages.get(&object.storage)
    }

    pub(crate) fn rename_storage(&mut self, id: DiskId, name: String) {
        if let Some(storage) = self.storages.get_mut(&id) {
            storage.name = name;
        }
    }

    fn open(&mut self, owner: StorageOwner, name: String, rights: &[Right], made: Stamp) -> Storage {
        let id = self.number();
        let root = self.insert(id, None, name.clone(), Body::Folder, made);
        self.give(root, rights);
        let storage = Storage { id, owner, name, root };
        self.storages.insert(id, storage.clone());
        storage
    }
}

impl State {
    pub(crate) fn stamp(&self, by: UserId) -> Stamp {
        Stamp { at: self.clock.now(), by }
    }

    /// The storage of somebody, made if there is none yet.
    pub(crate) fn storage(&mut self, owner: StorageOwner) -> Storage {
        if let Some(known) = self.disk.storages().find(|storage| storage.owner == owner) {
            return known.clone();
        }
        let (name, right) = self.new_storage(owner);
        // Nobody made it: it was there with its owner.
        let made = self.stamp(UserId(0));
        self.disk.open(owner, name, right.as_slice(), made)
    }

    /// What a storage is called and who may do what in it.
    fn new_storage(&self, owner: StorageOwner) -> (String, Option<Right>) {
        let (name, holder, access) = match owner {
            StorageOwner::User(user) => (self.user_name(user), Holder::User(user), Access::Full),
            StorageOwner::Company => ("Company Drive".to_owned(), Holder::Everybody, Access::Edit),
            StorageOwner::Group(group) => {
                let title = self.workgroup(group).map(|chat| chat.title.clone());
                (title.unwrap_or_default(), Holder::Group(group), Access::Edit)
            }
            StorageOwner::App(app) => {
                let name = self.apps.get(app).map(|app| app.name.clone());
                (name.unwrap_or_default(), Holder::App(app), Access::Full)
            }
            StorageOwner::Chats => return ("Chats".to_owned(), None),
        };
        (name, Some(Right { holder, access }))
    }

    /// The chat of a workgroup, which is all that the portal knows of it.
    pub(super) fn workgroup(&self, group: u64) -> Option<&Chat> {
        self.chat_about("SONET_GROUP", &group.to_string())
    }

    /// The storages that a visitor may look into. People and workgroups have theirs from the start.
    pub(crate) fn storages_of(&mut self, visitor: Visitor) -> Vec<&Storage> {
        let has_storage = |kind| matches!(kind, UserKind::Employee | UserKind::Extranet);
        let people = self.users.values().filter(|user| has_storage(user.kind)).map(|user| StorageOwner::User(user.id));
        let groups = self.chats.values().filter(|chat| chat.entity.kind == "SONET_GROUP");
        let groups = groups.filter_map(|chat| chat.entity.id.parse().ok()).map(StorageOwner::Group);
        let owners: Vec<StorageOwner> = std::iter::once(StorageOwner::Company).chain(people).chain(groups).collect();
        for owner in owners {
            self.storage(owner);
        }
        let is_seen = |storage: &&Storage| {
            let is_listed = match storage.owner {
                StorageOwner::App(app) => visitor.app == Some(app),
                StorageOwner::Chats => false,
                StorageOwner::User(_) | StorageOwner::Company | StorageOwner::Group(_) => true,
            };
            is_listed && self.disk.get(storage.root).is_some_and(|root| self.may_read(visitor, root))
        };
        self.disk.storages().filter(is_seen).collect()
    }
}
