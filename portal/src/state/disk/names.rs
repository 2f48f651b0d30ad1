use super::{Disk, Object};
use crate::ids::DiskId;

/// What no file system takes in a name.
const FORBIDDEN: &[char] = &['\\', '/', ':', '*', '?', '"', '<', '>', '|'];
/// The longest name, in characters.
const LONGEST: usize = 255;

/// A name as the drive keeps it, or none if nothing of it is left.
pub(crate) fn corrected(name: &str) -> Option<String> {
    let name = name.trim().replace(|c: char| FORBIDDEN.contains(&c) || c.is_control(), "_");
    let name: String = name.chars().take(LONGEST).collect();
    (!name.is_empty() && name != "." && name != "..").then_some(name)
}

impl Disk {
    /// What is in a folder and goes by this name, in any letter case. What lies in the trash does not count.
    pub(crate) fn find(&self, folder: DiskId, name: &str) -> Option<&Object> {
        let name = name.to_lowercase();
        self.children(folder).find(|child| child.is_there() && child.name.to_lowercase() == name)
    }

    /// The name, or `name (1).ext` with the first number that is free.
    pub(super) fn free_name(&self, folder: DiskId, name: &str) -> String {
        let (stem, extension) = match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => name.split_at(stem.len()),
            _ => (name, ""),
        };
        let numbered = (1_u32..).map(|number| format!("{stem} ({number}){extension}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        names.find(|name| self.find(folder, name).is_none()).unwrap_or_else(|| name.to_owned())
    }
}
