use serde::{Deserialize, Serialize};

/// The structure of the company.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Departments {}
