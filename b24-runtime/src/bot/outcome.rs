use std::{error::Error, fmt};

use super::{ArgError, RegisterError};
use crate::message::Reply;

/// What a handler answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Outcome {
    /// Nothing more to do.
    #[default]
    Nothing,
    /// Say this where the event came from.
    Reply(Reply),
}

/// The result of a handler: `?` works on any error.
pub type Result<T = (), E = Failure> = std::result::Result<T, E>;

/// Why a handler did not do its work.
#[derive(Debug)]
pub enum Failure {
    /// The arguments of a command were not right; the person is told how to use it.
    Usage(ArgError),
    /// A call to the portal failed.
    Call(crate::Error),
    /// Something else went wrong; it is logged.
    Other(Box<dyn Error + Send + Sync>),
}

impl Failure {
    /// The error of the call that failed, if it was one.
    pub fn call(&self) -> Option<&crate::Error> {
        match self {
            Self::Call(error) => Some(error),
            _ => None,
        }
    }

    /// Whether it may go well another time: a portal that could not be reached or wanted to be left alone, and whatever
    /// else went wrong that is no call. Wrong arguments stay wrong, a call that the portal refused will be refused again,
    /// and a portal that is too old does not grow newer.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Usage(_) => false,
            Self::Call(error) => error.may_pass() || error.is_rate_limited(),
            Self::Other(error) => !error.is::<RegisterError>(),
        }
    }

    /// A failure with a message for the log.
    pub fn new(message: impl Into<String>) -> Self {
        Self::Other(message.into().into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(error) => error.fmt(f),
            Self::Call(error) => error.fmt(f),
            Self::Other(error) => error.fmt(f),
        }
    }
}

// `Failure` is no `Error` itself: this would overlap with the conversion of a type into itself.
impl<E: Error + Send + Sync + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        let boxed: Box<dyn Error + Send + Sync> = Box::new(error);
        let boxed = match boxed.downcast::<ArgError>() {
            Ok(error) => return Self::Usage(*error),
            Err(other) => other,
        };
        boxed.downcast::<crate::Error>().map_or_else(Self::Other, |error| Self::Call(*error))
    }
}

/// What a handler may return.
#[diagnostic::on_unimplemented(
    message = "a handler cannot return `{Self}`",
    note = "handlers return nothing, text, a `Reply`, an `Option` of those, or a `Result` of any of them"
)]
pub trait IntoOutcome {
    /// The outcome.
    ///
    /// # Errors
    /// When the handler failed.
    fn into_outcome(self) -> Result<Outcome>;
}

impl IntoOutcome for Outcome {
    fn into_outcome(self) -> Result<Outcome> {
        Ok(self)
    }
}

impl IntoOutcome for () {
    fn into_outcome(self) -> Result<Outcome> {
        Ok(Outcome::Nothing)
    }
}

impl IntoOutcome for Reply {
    fn into_outcome(self) -> Result<Outcome> {
        Ok(Outcome::Reply(self))
    }
}

impl IntoOutcome for String {
    fn into_outcome(self) -> Result<Outcome> {
        Reply::from(self).into_outcome()
    }
}

impl IntoOutcome for &str {
    fn into_outcome(self) -> Result<Outcome> {
        Reply::from(self).into_outcome()
    }
}

impl IntoOutcome for crate::message::Text {
    fn into_outcome(self) -> Result<Outcome> {
        Reply::from(self).into_outcome()
    }
}

impl<T: IntoOutcome> IntoOutcome for Option<T> {
    fn into_outcome(self) -> Result<Outcome> {
        self.map_or(Ok(Outcome::Nothing), IntoOutcome::into_outcome)
    }
}

impl<T: IntoOutcome, E: Into<Failure>> IntoOutcome for std::result::Result<T, E> {
    fn into_outcome(self) -> Result<Outcome> {
        self.map_err(Into::into)?.into_outcome()
    }
}
