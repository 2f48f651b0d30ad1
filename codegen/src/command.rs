//! The commands that are more than a line.

pub(crate) mod diff;
pub(crate) mod fmt;
pub(crate) mod import;
