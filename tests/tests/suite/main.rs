//! What the parts do together, and what each promises to the outside.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod browser;
mod echo_bot;
mod home;
mod installation;
mod macros;
mod messenger;
mod terminal;
mod trust;
