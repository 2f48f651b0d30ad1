//! Folders and what is in them.

use std::collections::BTreeMap;

use super::{Body, Content, Deletion, Disk, DiskDenial, Object, Right, Stamp, names::corrected};
use crate::ids::DiskId;

/// What to do where a name is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clash {
    Refuse,
    /// Number the newcomer: `table (1).xlsx`.
    Number,
}

impl Disk {
    /// The folders around an object, the nearest first.
    pub(crate) fn above<'a>(&'a self, object: &Object) -> impl Iterator<Item = &'a Object> {
        let up = |id: Option<DiskId>| id.and_then(|id| self.objects.get(&id));
        std::iter::successors(up(object.parent), move |folder| up(folder.parent))
    }

    /// What is directly in a folder, the trash included.
    pub(crate) fn children(&self, folder: DiskId) -> impl Iterator<Item = &Object> {
        self.objects.values().filter(move |object| object.parent == Some(folder))
    }

    /// An object and all that is in it; whatever is in something comes after it.
    pub(super) fn tree(&self, id: DiskId) -> Vec<DiskId> {
        let mut ids = vec![id];
        let mut next = 0;
        while let Some(folder) = ids.get(next).copied() {
            ids.extend(self.children(folder).map(|child| child.id));
            next += 1;
        }
        ids
    }

    /// The name that a newcomer has in a folder.
    fn placed(&self, folder: DiskId, name: &str, clash: Clash) -> Result<String, DiskDenial> {
        let name = corrected(name).ok_or(DiskDenial::NoName)?;
        match clash {
            Clash::Number => Ok(self.free_name(folder, &name)),
            Clash::Refuse if self.find(folder, &name).is_none() => Ok(name),
            Clash::Refuse => Err(DiskDenial::NameTaken(name)),
        }
    }

    pub(super) fn insert(
        &mut self,
        storage: DiskId,
        parent: Option<DiskId>,
        name: String,
        body: Body,
        made: Stamp,
    ) -> DiskId {
        let id = self.number();
        let (deletion, rights, link) = (Deletion::None, Vec::new(), String::new());
        let (created, updated, trashed) = (made, made, None);
        let object = Object { id, storage, parent, name, body, created, updated, trashed, deletion, rights, link };
        self.objects.insert(id, object);
        id
    }

    pub(crate) fn add_folder(
        &mut self,
        folder: DiskId,
        name: &str,
        clash: Clash,
        made: Stamp,
    ) -> Result<DiskId, DiskDenial> {
        let storage = self.get(folder).ok_or(DiskDenial::NotFound(folder))?.storage;
        let name = self.placed(folder, name, clash)?;
        Ok(self.insert(storage, Some(folder), name, Body::Folder, made))
    }

    pub(crate) fn add_file(
        &mut self,
        folder: DiskId,
        name: &str,
        content: Content,
        clash: Clash,
        made: Stamp,
    ) -> Result<DiskId, DiskDenial> {
        let storage = self.get(folder).ok_or(DiskDenial::NotFound(folder))?.storage;
        let name = self.placed(folder, name, clash)?;
        let body = self.first_version(name.clone(), content, made);
        Ok(self.insert(storage, Some(folder), name, body, made))
    }

    pub(crate) fn give(&mut self, id: DiskId, rights: &[Right]) {
        let Some(object) = self.objects.get_mut(&id) else { return };
        for right in rights {
            object.rights.retain(|known| known.holder != right.holder);
            object.rights.push(*right);
        }
    }

    /// Copies an object with all that is in it, but for what lies in the trash.
    pub(crate) fn copy(&mut self, id: DiskId, folder: DiskId, clash: Clash, made: Stamp) -> Result<DiskId, DiskDenial> {
        let name = self.get(id).ok_or(DiskDenial::NotFound(id))?.name.clone();
        let name = self.placed(folder, &name, clash)?;
        let storage = self.get(folder).ok_or(DiskDenial::NotFound(folder))?.storage;
        let mut copies = BTreeMap::new();
        for original in self.tree(id) {
            let Some(object) = self.get(original).filter(|object| object.is_there()) else { continue };
            let parent =
                if original == id { Some(folder) } else { object.parent.and_then(|id| copies.get(&id).copied()) };
            let (Some(parent), name) = (parent, if original == id { name.clone() } else { object.name.clone() }) else {
                continue;
            };
            let body = match object.version().cloned() {
                None => Body::Folder,
                Some(version) => self.first_version(version.name, version.content, made),
            };
            copies.insert(original, self.insert(storage, Some(parent), name, body, made));
        }
        copies.get(&id).copied().ok_or(DiskDenial::NotFound(id))
    }

    /// Moves an object with all that is in it. Tells whether both are in one storage; otherwise nothing moves.
    pub(crate) fn relocate(&mut self, id: DiskId, folder: DiskId) -> Result<bool, DiskDenial> {
        let object = self.get(id).ok_or(DiskDenial::NotFound(id))?;
        let target = self.get(folder).ok_or(DiskDenial::NotFound(folder))?;
        if object.parent.is_none() {
            return Err(DiskDenial::Root);
        }
        if object.storage != target.storage {
            return Ok(false);
        }
        if folder == id || self.above(target).any(|above| above.id == id) {
            return Err(DiskDenial::Inside);
        }
        if object.parent != Some(folder) {
            self.placed(folder, &object.name, Clash::Refuse)?;
        }
        if let Some(object) = self.objects.get_mut(&id) {
            object.parent = Some(folder);
        }
        Ok(true)
    }

    pub(crate) fn rename(&mut self, id: DiskId, name: &str, made: Stamp) -> Result<(), DiskDenial> {
        let object = self.get(id).ok_or(DiskDenial::NotFound(id))?;
        let name = corrected(name).ok_or(DiskDenial::NoName)?;
        let taken = object.parent.and_then(|folder| self.find(folder, &name));
        if taken.is_some_and(|other| other.id != id) {
            return Err(DiskDenial::NameTaken(name));
        }
        if let Some(object) = self.objects.get_mut(&id) {
            object.name = name;
            object.updated = made;
        }
        Ok(())
    }
}
