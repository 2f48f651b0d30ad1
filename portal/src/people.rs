//! What people do in the messenger: in the page, with the test kit, through the REST methods in their names.

mod chat_apps;
mod chats;
mod files;
mod lines;
mod messages;
mod notes;
mod notices;
mod placements;
mod presence;

pub(crate) use self::{
    messages::{Shared, Words, repeated},
    placements::Opening,
};
use crate::state::chats::Denial;

/// Why a person cannot do something, in words for that person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Denied(pub(crate) String);

impl From<Denial> for Denied {
    fn from(denial: Denial) -> Self {
        Self(denial.to_string())
    }
}

type Done<T> = Result<T, Denied>;

fn denied<T>(why: impl Into<String>) -> Done<T> {
    Err(Denied(why.into()))
}
