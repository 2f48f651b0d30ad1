//! What was deleted, and how it comes back.

use super::{Deletion, Disk, DiskDenial, Object, Stamp};
use crate::{ids::DiskId, state::State};

/// How long something can be taken out of the trash.
const KEPT_SECONDS: i64 = 30 * 24 * 3600;

impl State {
    /// An object that is not gone for good: what lies in the trash is there for 30 days.
    pub(crate) fn on_disk(&self, id: DiskId) -> Option<&Object> {
        let now = self.clock.now().as_second();
        let is_kept = |object: &&Object| {
            let since = object.trashed.filter(|_| !object.is_there());
            since.is_none_or(|trashed| now - trashed.at.as_second() <= KEPT_SECONDS)
        };
        self.disk.get(id).filter(is_kept)
    }
}

impl Disk {
    /// Puts an object into the trash with all that is in it.
    pub(crate) fn mark_deleted(&mut self, id: DiskId, made: Stamp) -> Result<(), DiskDenial> {
        if self.get(id).is_some_and(|object| object.parent.is_none()) {
            return Err(DiskDenial::Root);
        }
        for inner in self.tree(id) {
            let Some(object) = self.objects.get_mut(&inner) else { continue };
            if inner == id {
                object.deletion = Deletion::Trash;
            } else if object.deletion == Deletion::None {
                object.deletion = Deletion::WithFolder;
            } else {
                continue;
            }
            object.trashed = Some(made);
        }
        Ok(())
    }

    /// Takes an object out of the trash with what went there together with it. The folders above it come along.
    pub(crate) fn restore(&mut self, id: DiskId, made: Stamp) {
        let Some(object) = self.get(id).filter(|object| !object.is_there()) else { return };
        let folders: Vec<DiskId> =
            self.above(object).take_while(|folder| !folder.is_there()).map(|folder| folder.id).collect();
        for folder in folders {
            self.put_back(folder, made);
            // The rest of the folder stays where it is, each part by itself.
            let rest: Vec<DiskId> = self.children(folder).map(|child| child.id).collect();
            for child in rest {
                if let Some(child) = self.objects.get_mut(&child).filter(|child| !child.is_there()) {
                    child.deletion = Deletion::Trash;
                }
            }
        }
        let mut back = vec![id];
        while let Some(id) = back.pop() {
            self.put_back(id, made);
            let with_it = self.children(id).filter(|child| child.deletion == Deletion::WithFolder);
            back.extend(with_it.map(|child| child.id));
        }
    }

    /// Something took its name meanwhile: then it gets a number.
    fn put_back(&mut self, id: DiskId, made: Stamp) {
        let name = self.get(id).and_then(|object| Some(self.free_name(object.parent?, &object.name)));
        let (Some(object), Some(name)) = (self.objects.get_mut(&id), name) else { return };
        object.name = name;
        object.deletion = Deletion::None;
        object.updated = made;
    }

    /// Deletes an object for good with all that is in it.
    pub(crate) fn erase(&mut self, id: DiskId) -> Result<(), DiskDenial> {
        if self.get(id).is_some_and(|object| object.parent.is_none()) {
            return Err(DiskDenial::Root);
        }
        for inner in self.tree(id) {
            self.objects.remove(&inner);
            self.attachments.retain(|_, attachment| attachment.object != inner);
        }
        self.forget_contents();
        Ok(())
    }
}
