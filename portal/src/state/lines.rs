use serde::{Deserialize, Serialize};

/// Open lines, their sessions and what connects clients to them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Lines {}
