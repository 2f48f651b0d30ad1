//! The command as people use it: the real program against a real portal.

mod echo;
mod program;

mod calls;
mod checks;
mod completions;
mod dev;
mod doctor;
mod inbox;
mod nats;
mod new;
mod portal;
mod say;
