//! The rules of the portal, each as a story over real HTTP.

mod bot;
mod person;

mod auth;
mod authorization;
mod batch;
mod bots;
mod chats;
mod commands;
mod data;
mod delivery;
mod disk;
mod encodings;
mod faults;
mod files;
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
mod seed;
mod terminal;
mod validation;
