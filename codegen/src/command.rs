//! The commands that are more than a line.

pub(crate) mod diff;
pub(crate) mod docs;
pub(crate) mod fmt;
pub(crate) mod import;
pub(crate) mod search;
pub(crate) mod show;
mod terminal;
