//! The test kit: people who open dialogs, say something, press buttons and wait for an answer.

mod chat;
mod line;
mod message;
mod notification;
mod user;
mod watch;

pub use self::{chat::Chat, line::Line, message::Message, notification::Notification, user::User};
