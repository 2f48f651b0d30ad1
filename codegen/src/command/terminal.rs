//! What the terminal can show.

use std::io::{self, IsTerminal, Write};

/// Lines that are longer are hard to read.
const WIDEST: usize = 100;

/// How wide to write: as the terminal is, within reason, and 80 columns where there is none.
pub(crate) fn width() -> usize {
    line_width().map_or(80, |width| width.min(WIDEST))
}

/// How wide a line may be that is not to be wrapped: anything where there is no terminal.
pub(crate) fn line_width() -> Option<usize> {
    let stdout = io::stdout();
    let terminal = if stdout.is_terminal() { terminal_size::terminal_size_of(&stdout) } else { None };
    terminal.map(|(width, _)| usize::from(width.0).max(40))
}

/// Prints text that has colours, without them where nobody sees them or wants them.
pub(crate) fn print(text: &str) -> Result<(), String> {
    match anstream::stdout().write_all(text.as_bytes()) {
        // The reader of a pipe may leave early.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}
