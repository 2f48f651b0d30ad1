use serde::{Deserialize, Serialize};

/// The notifications of all users.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Notices {}
