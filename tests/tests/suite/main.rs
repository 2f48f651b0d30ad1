//! What the parts do together, and what each promises to the outside.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(deprecated, reason = "the course speaks of the older bot API")]

mod batch;
mod browser;
mod bulk;
mod caller;
mod calls;
mod ceiling;
mod decoding;
mod echo_bot;
mod events;
mod faults;
mod frames;
mod home;
mod inbox;
mod installation;
mod limits;
mod line_menu;
mod log;
mod macros;
mod messages;
mod messenger;
mod modes;
mod page;
mod pages;
mod parts;
mod php;
mod random;
mod readme;
mod requests;
mod revisions;
mod samples;
mod shapes;
mod spans;
mod terminal;
mod transfer;
mod trust;
