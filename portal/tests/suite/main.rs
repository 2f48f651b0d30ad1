//! The rules of the portal, each as a story over real HTTP.

mod bot;
mod desk;
mod person;

mod auth;
mod authorization;
mod batch;
mod bots;
mod chats;
mod commands;
mod connectors;
mod delivery;
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
mod installation;
mod kit;
mod limits;
mod line_bots;
mod line_crm;
mod line_network;
mod line_queue;
mod line_sessions;
mod line_time;
mod lines;
mod messages;
mod messenger;
mod private_and_group;
mod revisions;
mod rights;
mod terminal;
mod validation;
