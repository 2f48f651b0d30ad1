//! A call that can be made, and what the spec knows about it.

use crate::wire::{FromNode, Params};

/// A call of a REST method, made by the functions of [`api`](crate::api).
pub trait Request {
    /// What the portal answers.
    type Output: FromNode;

    /// What the spec knows about the method.
    const METHOD: &'static Method;

    /// The parameters to send.
    fn into_params(self) -> Params;
}

/// What the spec knows about a method.
#[derive(Debug)]
pub struct Method {
    /// The REST name.
    pub name: &'static str,
    /// The permission it needs; empty for none.
    pub scope: &'static str,
    /// The revision that brought it, where the sources tell.
    pub since: Option<Since>,
    /// Whether a repeated call changes nothing more than one call.
    pub idempotent: bool,
    /// Parameters that the client fills in when they are left out.
    pub inject: &'static [Inject],
    /// Objects of which at least one member must be there.
    pub needs: &'static [Need],
    /// Parameters whose size is bounded.
    pub limits: &'static [Limit],
    /// The error codes of its own.
    pub errors: &'static [Code],
}

/// A revision of one counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// `im` or `imopenlines`.
    pub counter: &'static str,
    /// Its value.
    pub revision: u32,
}

/// A parameter that the client fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inject {
    /// Its name.
    pub param: &'static str,
    /// Where the value comes from.
    pub from: Injected,
}

/// Where an injected value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Injected {
    /// The bot on whose behalf the client acts.
    BotId,
    /// The name that a webhook client gave its bot.
    ClientId,
}

/// At least one of these alternatives must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// The object, as a path with dots; empty for the parameters themselves.
    pub path: &'static str,
    /// The alternatives; the names of one belong together.
    pub of: &'static [&'static [&'static str]],
}

/// A bound on the JSON text of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The parameter.
    pub param: &'static str,
    /// The largest size in bytes.
    pub bytes: usize,
    /// The code that a portal answers beyond it.
    pub code: &'static str,
}

/// An error code and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code.
    pub code: &'static str,
    /// Why the call was refused.
    pub kind: ErrorKind,
    /// The meaning, in one sentence.
    pub meaning: &'static str,
}

/// An error that any method may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SystemCode {
    pub(crate) code: Code,
    pub(crate) advice: &'static str,
}

/// Why a call was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// A parameter is absent or empty.
    Missing,
    /// A value does not validate.
    Invalid,
    /// A value is larger than its limit.
    Oversize,
    /// What a parameter names does not exist.
    NotFound,
    /// The caller has no right to it.
    Access,
    /// It cannot be done now: too late, already done, nothing to change.
    State,
    /// There are too many of them, or too many calls.
    Limit,
    /// The token, the application or the scope.
    Auth,
    /// The documentation does not tell more.
    Other,
}

impl ErrorKind {
    /// What the author of a bot can do about it.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Missing => "give the parameter a value",
            Self::Invalid => "compare the value with the documentation of the method",
            Self::Oversize => "send less, or split it over several messages",
            Self::NotFound => "check the identifier; what it names may have been deleted",
            Self::Access => "act as a bot or user that has the right, or join the chat first",
            Self::State => "nothing to repeat: look at the current state first",
            Self::Limit => "remove what is no longer needed, or slow down",
            Self::Auth => "check the token and the scopes of the application",
            Self::Other => "look at the description the portal sent",
        }
    }
}
