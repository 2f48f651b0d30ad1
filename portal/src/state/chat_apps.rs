use serde::{Deserialize, Serialize};

/// The applications that bots added to the messenger.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct ChatApps {}
