use std::{io, path::PathBuf, time::Duration};

use crate::seed::SeedError;

/// Why a portal did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The spec inside the program has mistakes.
    #[error("the spec does not read: {0}")]
    Spec(b24_spec::Diagnostics),
    /// The port is taken or may not be used.
    #[error("cannot listen on 127.0.0.1:{port}")]
    Listen {
        /// The port that was asked for; 0 for any.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// The certificate for HTTPS could not be made.
    #[error("cannot make a certificate for HTTPS")]
    Certificate(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The folder for its state cannot be used.
    #[error(transparent)]
    Data(#[from] DataError),
    /// What it is to start with has mistakes.
    #[error("the seed has a mistake at {0}")]
    Seed(#[from] SeedError),
}

/// Why a portal cannot go on from the state in a folder. Whatever the reason, nothing in the folder was changed.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// Another portal is using it.
    #[error("another portal is using {}", path.display())]
    Taken {
        /// The folder.
        path: PathBuf,
    },
    /// It cannot be read or written.
    #[error("cannot use {}", path.display())]
    Unusable {
        /// The folder or the file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The state does not read.
    #[error("{} is broken; move it away to start anew", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// Where and how.
        source: serde_json::Error,
    },
    /// The state was written by another version of the portal.
    #[error("{} has the format {format}, and this portal reads {known}: use the version that wrote it", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// Its format.
        format: u32,
        /// The format that is read.
        known: u32,
    },
}

/// Why an application is not installed.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// No application has this `client_id`.
    #[error("the portal has no application {client_id:?}; add it with Portal::add_app")]
    UnknownApp {
        /// As it was given.
        client_id: String,
    },
    /// The handler answered `ONAPPINSTALL` with something else than 200.
    #[error("the handler {handler} answered ONAPPINSTALL with status {status}; 200 finishes the installation")]
    Status {
        /// Where the event was sent.
        handler: String,
        /// What came back.
        status: u16,
    },
    /// The handler could not be reached, or did not answer.
    #[error("the handler {handler} did not answer ONAPPINSTALL: {reason}")]
    Connection {
        /// Where the event was sent.
        handler: String,
        /// What went wrong.
        reason: String,
    },
}

/// Why an event was not sent once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ResendError {
    /// The journal keeps the latest entries only.
    #[error("the journal has forgotten this entry")]
    Forgotten,
    /// It is a call, which only its client can repeat.
    #[error("this entry is no event")]
    NoEvent,
    /// The journal has cut long values.
    #[error("the event was too long for the journal, which has not kept all of it")]
    Cut,
}

/// Why a person in the messenger could not do something, or saw nothing.
#[derive(Debug, thiserror::Error)]
pub enum KitError {
    /// The messenger does not let this person do it.
    #[error("{0}")]
    Denied(String),
    /// No bot is registered with this code.
    #[error("the portal has no bot {code:?}; it has {known}")]
    NoBot {
        /// As it was given.
        code: String,
        /// The codes of the bots that there are.
        known: String,
    },
    /// The latest messages have no such button or item.
    #[error("there is no {what} {caption:?} in this chat; there is {known}")]
    NoButton {
        /// `button` or `menu item`.
        what: &'static str,
        /// As it was given.
        caption: String,
        /// The captions that there are.
        known: String,
    },
    /// What was waited for did not come.
    #[error("waited {} s for {awaited}, in vain\nthe chat:\n{chat}\nthe last calls and events:\n{journal}", waited.as_secs())]
    Silence {
        /// How long.
        waited: Duration,
        /// For what.
        awaited: String,
        /// What stands in the chat instead.
        chat: String,
        /// The end of the journal.
        journal: String,
    },
}

impl From<crate::state::chats::Denial> for KitError {
    fn from(denial: crate::state::chats::Denial) -> Self {
        Self::Denied(denial.to_string())
    }
}

impl From<crate::people::Denied> for KitError {
    fn from(denied: crate::people::Denied) -> Self {
        Self::Denied(denied.0)
    }
}
