//! What answers and events tell of users, chats, messages, bots and files.

pub(crate) mod file;
pub(crate) mod v2;
