//! How a command ends that did not end well.

use std::process::ExitCode;

use crate::style::{ERROR, styled};

/// Why a command did not do what it was asked for, in words for whoever typed it.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What was typed makes no sense. Nothing was done.
    Usage(String),
    /// It was tried, and refused or came to nothing.
    Refused(String),
    /// Nobody answers.
    Connection(String),
    /// As `Usage`; every mistake was told already.
    Mistakes,
    /// As `Refused`; what is wrong was told already.
    Told,
}

impl Failure {
    /// Says why, and gives the code that scripts can tell the reasons apart by.
    pub(crate) fn report(self) -> ExitCode {
        let (code, words) = match self {
            Self::Told => return ExitCode::from(1),
            Self::Mistakes => return ExitCode::from(2),
            Self::Refused(words) => (1, words),
            Self::Usage(words) => (2, words),
            Self::Connection(words) => (3, words),
        };
        anstream::eprintln!("{} {words}", styled(ERROR, "error:"));
        ExitCode::from(code)
    }
}

impl From<String> for Failure {
    fn from(words: String) -> Self {
        Self::Refused(words)
    }
}
