//! What the parts do together, and what each promises to the outside.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod browser;
mod decoding;
mod echo_bot;
mod events;
mod home;
mod installation;
mod macros;
mod messages;
mod messenger;
mod php;
mod requests;
mod terminal;
mod trust;
