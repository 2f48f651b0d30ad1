//! What several APIs answer in the same words.

pub(crate) mod file;
