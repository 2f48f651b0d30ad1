use serde::{Deserialize, Serialize};

/// The notifications of all users.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Notices {}
