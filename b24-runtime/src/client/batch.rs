//! Several calls in one.

use std::{collections::BTreeMap, fmt, future::IntoFuture};

use serde_json::{Map, Value};

use super::{Cause, Client, Error, Refusal, check, transport::Answer};
use crate::{
    future::BoxFuture,
    request::{Method, Request},
    wire::{FromNode, Node, Params, query},
};

/// The most commands that a portal runs in one call.
pub(super) const MOST: usize = 50;

/// Several calls that travel as one (`batch`), at most 50 at a time: more go in several. Made by [`Client::batch`];
/// await it to make them.
#[must_use = "a batch does nothing until it is awaited"]
pub struct Batch<Q> {
    client: Client,
    requests: Q,
    halts: bool,
}

impl<Q> fmt::Debug for Batch<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("halts", &self.halts).finish_non_exhaustive()
    }
}

impl<Q> Batch<Q> {
    /// Stops at the first call that fails. Those after it fail with [`Cause::Skipped`].
    pub fn halting(mut self) -> Self {
        self.halts = true;
        self
    }
}

impl<Q: Requests> IntoFuture for Batch<Q> {
    type Output = Result<Q::Results, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { client, requests, halts } = self;
        let commands = requests.into_commands();
        Box::pin(async move { client.run(commands, halts).await.map(Q::read) })
    }
}

/// The requests of a [`Batch`]: a tuple of up to eight, or a list of one kind.
pub trait Requests: Sized + 'static {
    /// What came of each, in the same shape.
    type Results;

    #[doc(hidden)]
    fn into_commands(self) -> Vec<Command>;

    #[doc(hidden)]
    fn read(outcomes: Vec<Outcome>) -> Self::Results;
}

/// A call inside a batch.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Command {
    pub(super) method: &'static Method,
    pub(super) params: Params,
}

/// What came of a call inside a batch.
#[doc(hidden)]
pub struct Outcome(pub(super) Result<Answer, Error>);

impl Command {
    fn of<R: Request>(request: R) -> Self {
        Self { method: R::METHOD, params: request.into_params() }
    }
}

impl Outcome {
    fn read<R: Request>(self) -> Result<R::Output, Error> {
        R::Output::from_node(Node::Json(&self.0?.result))
            .map_err(|error| Error::new(R::METHOD.name, Cause::Decode(error)))
    }
}

impl<R: Request + 'static> Requests for Vec<R> {
    type Results = Vec<Result<R::Output, Error>>;

    fn into_commands(self) -> Vec<Command> {
        self.into_iter().map(Command::of).collect()
    }

    fn read(outcomes: Vec<Outcome>) -> Self::Results {
        outcomes.into_iter().map(Outcome::read::<R>).collect()
    }
}

macro_rules! tuples {
    ($($first:ident $($rest:ident)*;)+) => {$(
        impl<$first: Request + 'static, $($rest: Request + 'static),*> Requests for ($first, $($rest,)*) {
            type Results = (Result<$first::Output, Error>, $(Result<$rest::Output, Error>,)*);

            #[allow(non_snake_case, reason = "a variable is called like its type")]
            fn into_commands(self) -> Vec<Command> {
                let ($first, $($rest,)*) = self;
                vec![Command::of($first), $(Command::of($rest),)*]
            }

            fn read(outcomes: Vec<Outcome>) -> Self::Results {
                let mut outcomes = outcomes.into_iter();
                // As many outcomes as commands.
                let mut next = move || outcomes.next().unwrap_or_else(|| Outcome(Err(Error::new("batch", Cause::Skipped))));
                (next().read::<$first>(), $(next().read::<$rest>(),)*)
            }
        }
    )+};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}

/// What an earlier call of the same batch answers, to be used in a later one with [`Request::with`].
///
/// ```
/// # use b24_runtime::{Client, Error, Earlier, Request, api, types::ChatId};
/// # async fn example(client: Client) -> Result<(), Error> {
/// let (chat, message) = client
///     .batch((
///         api::im::chat::add().title("Release"),
///         api::im::message::add(ChatId(0), "It is out").with("DIALOG_ID", format!("chat{}", Earlier::call(0))),
///     ))
///     .await?;
/// # let _ = (chat?, message?);
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier(String);

impl Earlier {
    /// The result of a call, by its place in the batch, counted from 0.
    pub fn call(index: usize) -> Self {
        Self(format!("$result[{}]", key(index)))
    }

    /// A member of it, or an item by its index.
    pub fn field(self, name: impl fmt::Display) -> Self {
        Self(format!("{}[{name}]", self.0))
    }
}

impl fmt::Display for Earlier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a command is called in the batch. A name of its own, so that the answer is an object and never a list.
fn key(index: usize) -> String {
    format!("c{index}")
}

impl Client {
    /// Makes several calls in one. What came of each stands in the same place; a call that fails does not stop the
    /// others, unless the batch is [halting](Batch::halting).
    ///
    /// ```
    /// # use b24_runtime::{Client, Error, api};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let (me, counters) = client.batch((api::im::user::get(), api::im::counters::get())).await?;
    /// println!("{:?} has {:?}", me?.name, counters?);
    ///
    /// let users = client.batch([5, 6, 7].map(|id| api::im::user::get().id(id)).to_vec()).await?;
    /// # let _ = users;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// When the batch as a whole fails, as [`Client::call`].
    pub fn batch<Q: Requests>(&self, requests: Q) -> Batch<Q> {
        Batch { client: self.clone(), requests, halts: false }
    }

    /// Runs commands in batches of 50, one batch after the other.
    pub(super) async fn run(&self, commands: Vec<Command>, halts: bool) -> Result<Vec<Outcome>, Error> {
        let mut outcomes: Vec<Outcome> = Vec::with_capacity(commands.len());
        for chunk in commands.chunks(MOST) {
            let is_over = halts && outcomes.iter().any(|Outcome(outcome)| outcome.is_err());
            if is_over {
                outcomes
                    .extend(chunk.iter().map(|command| Outcome(Err(Error::new(command.method.name, Cause::Skipped)))));
            } else {
                outcomes.extend(self.run_at_once(chunk, halts).await?);
            }
        }
        Ok(outcomes)
    }

    /// Runs at most 50 commands. Those that are not valid are not sent.
    pub(super) async fn run_at_once(&self, commands: &[Command], halts: bool) -> Result<Vec<Outcome>, Error> {
        let mut lines = Map::new();
        let mut refused = BTreeMap::new();
        for (index, command) in commands.iter().enumerate() {
            match self.line(command).await {
                Ok(line) => {
                    lines.insert(key(index), line.into());
                }
                Err(error) => {
                    refused.insert(index, error);
                    if halts {
                        break;
                    }
                }
            }
        }
        let mut answer = Value::Null;
        if !lines.is_empty() {
            let mut params = Map::new();
            params.insert("cmd".to_owned(), Value::Object(lines));
            params.insert("halt".to_owned(), u8::from(halts).into());
            let is_idempotent = commands.iter().all(|command| command.method.idempotent);
            answer = self.transport.call("batch", None, is_idempotent, params, self.manner).await?.result;
        }
        let outcome = |(index, command): (usize, &Command)| match refused.remove(&index) {
            Some(error) => Outcome(Err(error)),
            None => Outcome(self.outcome(command, &key(index), &mut answer)),
        };
        Ok(commands.iter().enumerate().map(outcome).collect())
    }

    /// `method?name=value`, if the call is valid.
    async fn line(&self, command: &Command) -> Result<String, Error> {
        let Command { method, mut params } = command.clone();
        self.fill_in(method, &mut params);
        let notices = check::before_sending(method, &params)
            .map_err(|message| Error::new(method.name, Cause::Invalid(message)))?;
        self.transport.notices.tell(notices);
        self.check_revision(method, &params).await?;
        Ok(format!("{}?{}", method.name, query(&params.into_map())))
    }

    fn outcome(&self, command: &Command, key: &str, answer: &mut Value) -> Result<Answer, Error> {
        let method = command.method;
        if let Some(time) = answer["result_time"].get(key) {
            self.transport.note_time(method.name, time);
        }
        if let Some(error) = answer["result_error"].get(key) {
            let refusal = Refusal::in_batch(method, error);
            if refusal.code == "OPERATION_TIME_LIMIT" {
                self.transport.rest(method.name);
            }
            return Err(Error::new(method.name, Cause::Refused(refusal)));
        }
        let count = |section: &str| answer[section].get(key).and_then(Value::as_u64);
        let (next, total) = (count("result_next"), count("result_total"));
        match answer["result"].get_mut(key) {
            Some(result) => Ok(Answer { result: result.take(), next, total }),
            None => Err(Error::new(method.name, Cause::Skipped)),
        }
    }
}
