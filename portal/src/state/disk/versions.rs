use serde::{Deserialize, Serialize};

use super::{Body, Content, Disk, DiskDenial, Object, Stamp};
use crate::ids::DiskId;

/// What a file held at a time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Version {
    pub(crate) id: DiskId,
    /// Counted up with each version of the file, from 1.
    pub(crate) number: u32,
    /// What the file was called then.
    pub(crate) name: String,
    pub(crate) content: Content,
    /// Identifies the stored content.
    pub(crate) stored: DiskId,
    pub(crate) made: Stamp,
}

impl Disk {
    /// The body of a new file.
    pub(crate) fn first_version(&mut self, name: String, content: Content, made: Stamp) -> Body {
        let (id, stored) = (self.number(), self.number());
        Body::File { current: Version { id, number: 1, name, content, stored, made }, older: Vec::new() }
    }

    /// Gives a file a new content.
    pub(crate) fn add_version(&mut self, file: DiskId, content: Content, made: Stamp) {
        let (id, stored) = (self.number(), self.number());
        let Some(object) = self.objects.get_mut(&file) else { return };
        let Body::File { current, older } = &mut object.body else { return };
        let (number, name) = (current.number + 1, object.name.clone());
        let before = std::mem::replace(current, Version { id, number, name, content, stored, made });
        older.push(before);
        object.updated = made;
    }

    /// Brings back the content of a version, as a new one.
    pub(crate) fn restore_version(&mut self, file: DiskId, version: DiskId, made: Stamp) -> Result<(), DiskDenial> {
        let (object, known) = self.find_version(version).ok_or(DiskDenial::NotFound(version))?;
        if object.id != file {
            return Err(DiskDenial::OtherFile);
        }
        let content = known.content.clone();
        self.add_version(file, content, made);
        Ok(())
    }

    /// A version and the file that has it.
    pub(crate) fn find_version(&self, id: DiskId) -> Option<(&Object, &Version)> {
        self.objects.values().find_map(|object| {
            let version = object.versions().find(|version| version.id == id)?;
            Some((object, version))
        })
    }
}
