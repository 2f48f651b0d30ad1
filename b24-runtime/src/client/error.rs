use std::{error, fmt};

use serde_json::Value;

use super::GrantError;
use crate::{
    generated_errors::SYSTEM_CODES,
    request::{ErrorKind, Method, Since},
    wire::DecodeError,
};

/// A call that did not give an answer.
#[derive(Debug)]
pub struct Error {
    method: String,
    cause: Box<Cause>,
}

/// Why a call did not give an answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// The call was not valid. Nothing was sent.
    #[error("not sent: {0}")]
    Invalid(String),
    /// The portal's revision does not know the method or a parameter. Nothing was sent.
    #[error("not sent: {}", super::revision::sentence(what, *bound, *is_first, *portal))]
    Revision {
        /// The method, or the way to the parameter.
        what: String,
        /// The revision that brought it, or the last one that has it.
        bound: Since,
        /// Whether `bound` is the first revision that has it, not the last.
        is_first: bool,
        /// The portal's revision.
        portal: u32,
    },
    /// The portal refused.
    #[error(transparent)]
    Refused(Refusal),
    /// The portal did not answer in time. Whether it did the work is unknown.
    #[error("no answer in time")]
    Timeout,
    /// The portal could not be reached, or the connection broke.
    #[error("no connection: {}", innermost(.0))]
    Connection(#[source] reqwest::Error),
    /// The portal answered something that is not an answer of the REST API.
    #[error("unexpected answer with status {status}: {start}")]
    Unexpected {
        /// The HTTP status.
        status: u16,
        /// The first characters of the body.
        start: String,
    },
    /// The portal moved to another address.
    #[error("the portal moved to {0}; use that address from now on")]
    Moved(String),
    /// The answer is not what the spec says.
    #[error("the answer cannot be read: {0}")]
    Decode(#[source] DecodeError),
    /// An earlier call of the same batch failed, so this one was not made.
    #[error("not made: an earlier call of the batch failed")]
    Skipped,
    /// The access token could not be renewed.
    #[error("the access token could not be renewed: {0}")]
    Renewal(#[source] GrantError),
}

/// The portal's refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The error code.
    pub code: String,
    /// The portal's own words.
    pub description: String,
    /// The HTTP status.
    pub status: u16,
    /// Why, as far as the spec knows the code.
    pub kind: Option<ErrorKind>,
    /// What the code means, as far as the spec knows it.
    pub meaning: Option<&'static str>,
    /// What to do about it.
    pub advice: Option<&'static str>,
}

impl Refusal {
    pub(super) fn new(method: Option<&Method>, code: String, description: String, status: u16) -> Self {
        let own = method.and_then(|method| method.errors.iter().find(|known| known.code == code));
        let system = SYSTEM_CODES.iter().find(|known| known.code.code == code);
        let known = own.or(system.map(|system| &system.code));
        let advice = match own {
            Some(own) => Some(own.kind.advice()),
            None => system.map(|system| system.advice),
        };
        Self {
            kind: known.map(|known| known.kind),
            meaning: known.map(|known| known.meaning),
            advice,
            code,
            description,
            status,
        }
    }

    /// The refusal of a command inside a batch: an object, or the code alone.
    pub(super) fn in_batch(method: &Method, error: &Value) -> Self {
        let code = error.get("error").unwrap_or(error);
        let description = error.get("error_description").map(text).unwrap_or_default();
        Self::new(Some(method), text(code), description, 200)
    }
}

/// The text of a value, or its JSON.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused with {}", self.code)?;
        if let Some(meaning) = self.meaning {
            write!(f, ": {}", meaning.trim_end_matches('.'))?;
        }
        if !self.description.is_empty() {
            write!(f, " (the portal said \"{}\")", self.description)?;
        }
        if let Some(advice) = self.advice {
            write!(f, "; {}", advice.trim_end_matches('.'))?;
        }
        Ok(())
    }
}

impl error::Error for Refusal {}

impl Error {
    pub(crate) fn new(method: &str, cause: Cause) -> Self {
        Self { method: method.to_owned(), cause: Box::new(cause) }
    }

    /// The REST method that was called.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Why it did not give an answer.
    pub fn cause(&self) -> &Cause {
        &self.cause
    }

    /// The portal's refusal, if it was one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match &*self.cause {
            Cause::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The error code, if the portal refused.
    pub fn code(&self) -> Option<&str> {
        self.refusal().map(|refusal| refusal.code.as_str())
    }

    /// Whether too many calls were made.
    pub fn is_rate_limited(&self) -> bool {
        matches!(self.code(), Some("QUERY_LIMIT_EXCEEDED" | "OPERATION_TIME_LIMIT" | "OVERLOAD_LIMIT"))
    }

    /// Whether what a parameter names does not exist.
    pub fn is_not_found(&self) -> bool {
        self.refusal().is_some_and(|refusal| refusal.kind == Some(ErrorKind::NotFound))
    }

    /// Whether the portal is too old, or too new, for the method or a parameter.
    pub fn is_revision(&self) -> bool {
        matches!(&*self.cause, Cause::Revision { .. })
    }

    /// Whether the portal may have done the work although no answer came.
    pub fn is_outcome_unknown(&self) -> bool {
        match &*self.cause {
            Cause::Timeout | Cause::Unexpected { .. } => true,
            Cause::Connection(error) => !error.is_connect(),
            // An error inside of the portal may come after the work. A refusal for the pace comes before it.
            Cause::Refused(refusal) => refusal.status == 500,
            _ => false,
        }
    }

    /// Whether the portal sent the call away and did nothing: its token has expired, or the portal has moved.
    pub(super) fn is_turned_away(&self) -> bool {
        matches!(&*self.cause, Cause::Moved(_)) || matches!(self.code(), Some("expired_token" | "invalid_token"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.method, self.cause)
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        error::Error::source(&*self.cause)
    }
}

/// The deepest cause tells most: "connection refused".
pub(super) fn innermost(error: &reqwest::Error) -> String {
    let mut deepest: &dyn error::Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}
