//! The rules of the portal, each as a story over real HTTP.

mod bot;
mod member;
mod person;

mod auth;
mod authorization;
mod batch;
mod bindings;
mod bots;
mod chats;
mod commands;
mod delivery;
mod departments;
mod encodings;
mod faults;
#[cfg(feature = "tls")]
mod https;
mod im_chats;
mod im_dialogs;
mod im_members;
mod im_messages;
mod im_recent;
mod im_search;
mod im_users;
mod installation;
mod kit;
mod limits;
mod messages;
mod messenger;
mod notifications;
mod offline_events;
mod options;
mod placements;
mod private_and_group;
mod revisions;
mod rights;
mod system;
mod terminal;
mod transport;
mod user_fields;
mod users;
mod validation;
