//! What answers and events tell of users, chats, messages and bots.

pub(crate) mod v2;
