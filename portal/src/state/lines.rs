use serde::{Deserialize, Serialize};

/// Open lines, their sessions and what connects clients to them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Lines {}
