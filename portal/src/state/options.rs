use serde::{Deserialize, Serialize};

/// What applications and users have put aside.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Options {}
