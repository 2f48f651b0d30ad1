use serde::{Deserialize, Serialize};

/// Where applications show up.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Placements {}
