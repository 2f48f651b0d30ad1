//! How an answer is shown.

use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;
use serde_json::Value;

use super::table;
use crate::style::width;

/// How an answer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Table,
    /// The result, indented.
    Json,
    /// The whole answer as the portal sent it, a page a line.
    Raw,
}

impl Format {
    /// What was asked for, else what suits whoever reads.
    pub(super) fn chosen(asked: Option<Self>) -> Self {
        asked.unwrap_or(if io::stdout().is_terminal() { Self::Table } else { Self::Json })
    }
}

/// Prints a result. A reader who has seen enough, as `head` has, is no mistake.
pub(super) fn print(format: Format, result: &Value, columns: &[String]) {
    let text = match format {
        Format::Table => table::show(result, columns, width()),
        Format::Json | Format::Raw => format!("{result:#}"),
    };
    write(&text);
}

/// Prints text as it is.
pub(super) fn write(text: &str) {
    let _ = writeln!(anstream::stdout(), "{}", text.trim_end());
}
