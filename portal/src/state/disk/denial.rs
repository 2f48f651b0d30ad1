use crate::ids::DiskId;

/// Why something cannot be done on the drive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DiskDenial {
    #[error("there is nothing with the id {0} on the drive")]
    NotFound(DiskId),
    #[error("access denied")]
    NoAccess,
    #[error("something of the name {0:?} is there already")]
    NameTaken(String),
    #[error("the name is empty")]
    NoName,
    #[error("the root of a storage stays where it is")]
    Root,
    #[error("a folder cannot be put into itself")]
    Inside,
    #[error("the file has {size} bytes, more than {most}")]
    TooLarge { size: usize, most: usize },
    #[error("there is no room for {0} more bytes on the drive")]
    NoRoom(usize),
    #[error("the version is of another file")]
    OtherFile,
}
