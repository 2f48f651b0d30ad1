//! Lines of several speakers in one terminal.

use std::io::{IsTerminal, stderr, stdout};

use crate::style::{NAME, QUIET, WARNING, styled};

/// Something that `b24 dev` itself tells.
pub(super) fn say(text: &str) {
    anstream::println!("{} {text}", styled(QUIET, "dev |"));
}

pub(super) fn warn(text: &str) {
    anstream::println!("{} {text}", styled(WARNING, "dev |"));
}

/// A line that the bot wrote.
pub(super) fn repeat(line: &str) {
    anstream::println!("{} {line}", styled(NAME, "bot |"));
}

/// Whether colours are seen: a program in a pipe has to be told.
pub(super) fn is_colourful() -> bool {
    stdout().is_terminal() && stderr().is_terminal()
}
