//! The rules of the portal, each as a story over real HTTP.

mod bot;
mod person;

mod auth;
mod authorization;
mod batch;
mod bots;
mod chat_apps;
mod chats;
mod commands;
mod delivery;
mod documented;
mod encodings;
mod faults;
mod giphy;
#[cfg(feature = "tls")]
mod https;
mod im_chats;
mod im_dialogs;
mod im_members;
mod im_messages;
mod im_recent;
mod im_search;
mod installation;
mod kit;
mod limits;
mod messages;
mod messenger;
mod private_and_group;
mod revisions;
mod rights;
mod terminal;
mod transport;
mod v2;
mod v2_bots;
mod v2_chats;
mod v2_commands;
mod v2_events;
mod v2_members;
mod v2_messages;
mod v2_subscribers;
mod validation;
