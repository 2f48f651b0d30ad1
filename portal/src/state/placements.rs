use serde::{Deserialize, Serialize};

/// Where applications show up.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Placements {}
