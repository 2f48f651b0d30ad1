//! A call that can be made, and what the spec knows about it.

use std::fmt;

use serde_json::Value;

use crate::wire::{FromNode, Params};

/// A call of a REST method, made by the functions of [`api`](crate::api).
pub trait Request {
    /// What the portal answers.
    type Output: FromNode;

    /// What the spec knows about the method.
    const METHOD: &'static Method;

    /// The parameters to send.
    fn into_params(self) -> Params;

    /// The same call with a parameter, by its way (`fields.title`), that the bindings have no setter or no fitting type
    /// for: in a batch, what [an earlier call](crate::Earlier) answers.
    fn with(self, param: impl Into<String>, value: impl Into<Value>) -> With<Self>
    where
        Self: Sized,
    {
        With { request: self, param: param.into(), value: value.into() }
    }
}

/// A call with one more parameter. Made by [`Request::with`].
#[derive(Debug, Clone)]
pub struct With<R> {
    request: R,
    param: String,
    value: Value,
}

impl<R: Request> Request for With<R> {
    type Output = R::Output;

    const METHOD: &'static Method = R::METHOD;

    fn into_params(self) -> Params {
        let mut params = self.request.into_params();
        params.set_at(&self.param, self.value);
        params
    }
}

/// A call of a method whose answer is a list in pages: what [`Client::pages`](crate::Client::pages) takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not answer a list in pages",
    note = "only methods whose list continues can be paged through; use `Client::call`"
)]
pub trait Paged: Request {
    /// An item of the list.
    type Item: FromNode;
}

/// What the spec knows about a method.
#[derive(Debug)]
pub struct Method {
    /// The REST name.
    pub name: &'static str,
    /// The permission it needs; empty for none.
    pub scope: &'static str,
    /// Whether it stands at the address of REST 3.0.
    pub rest3: bool,
    /// The revision that brought it, where the sources tell.
    pub since: Option<Since>,
    /// The last revision that has it.
    pub until: Option<Since>,
    /// Whether a repeated call changes nothing more than one call.
    pub idempotent: bool,
    /// Parameters that the client fills in when they are left out.
    pub inject: &'static [Inject],
    /// Objects of which at least one member must be there.
    pub needs: &'static [Need],
    /// Values whose size is bounded.
    pub limits: &'static [Limit],
    /// Parameters that not every portal with the method has.
    pub gates: &'static [Gate],
    /// Parameters that the platform will stop to take.
    pub ends: &'static [End],
    /// How its list continues.
    pub paging: Option<Paging>,
    /// The error codes of its own.
    pub errors: &'static [Code],
}

impl Method {
    /// A method of which nothing is known; the generated ones fill in what is.
    pub(crate) const UNKNOWN: Self = Self {
        name: "",
        scope: "",
        rest3: false,
        since: None,
        until: None,
        idempotent: false,
        inject: &[],
        needs: &[],
        limits: &[],
        gates: &[],
        ends: &[],
        paging: None,
        errors: &[],
    };
}

/// A revision of one counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// `im` or `imopenlines`.
    pub counter: &'static str,
    /// Its value.
    pub revision: u32,
}

impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} revision {}", self.counter, self.revision)
    }
}

/// A parameter, as a path with dots, and the revisions that have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// The way to it: `fields.botToken`.
    pub path: &'static str,
    /// The revision that brought it.
    pub since: Option<Since>,
    /// The last revision that has it.
    pub until: Option<Since>,
}

/// A parameter that the platform promises to take until a day, and no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// The way to it.
    pub path: &'static str,
    /// The last day, `YYYY-MM-DD`.
    pub day: &'static str,
}

/// How a list continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// What the next position is made of.
    pub by: Advance,
    /// The parameter that carries the position.
    pub param: &'static str,
    /// The parameter that holds the number of items a page.
    pub size: Option<&'static str>,
    /// How many items a page has when nothing is asked for.
    pub page: Option<u32>,
    /// The way to the list inside the result; empty where the result is the list.
    pub items: &'static str,
    /// Whether the member of the first item counts, not of the last.
    pub from_first: bool,
    /// Further parameters and the members of the same item that fill them.
    pub with: &'static [(&'static str, &'static str)],
    /// The way to a flag inside the result that tells whether there is more.
    pub more: Option<&'static str>,
}

/// What the next position of a list is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advance {
    /// `next`, which stands beside `result`.
    Start,
    /// The number of items so far.
    Offset,
    /// A member of an item that is an identifier: the way to it.
    LastId(&'static str),
    /// A member of an item that is a time: the way to it.
    LastDate(&'static str),
    /// A member of the result: the way to it.
    Next(&'static str),
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
    /// The name that a webhook client gave its bot, in `imbot.*`.
    ClientId,
    /// The token that a webhook client gave its bot, in `imbot.v2.*`.
    BotToken,
}

/// At least one of these alternatives must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// The object, as a path with dots; empty for the parameters themselves.
    pub path: &'static str,
    /// The alternatives; the names of one belong together.
    pub of: &'static [&'static [&'static str]],
}

/// A bound on the size of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The value, as a path with dots.
    pub path: &'static str,
    /// How large it may be.
    pub bound: Bound,
    /// The code that a portal answers beyond it.
    pub code: &'static str,
    /// The day on which it begins to hold, `YYYY-MM-DD`; empty where it holds.
    pub from: &'static str,
}

/// How large a value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// At most so many bytes as JSON.
    Bytes(usize),
    /// At most so many characters.
    Chars(usize),
    /// At least so many characters.
    MinChars(usize),
    /// At most so many items.
    Items(usize),
    /// A number that is not smaller.
    Min(i64),
    /// A number that is not larger.
    Max(i64),
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
