use serde::{Deserialize, Serialize};

/// The structure of the company.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Departments {}
