use serde::{Deserialize, Serialize};

/// Storages, folders and files.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Disk {}
