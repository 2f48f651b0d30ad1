//! Several calls in one.

mod earlier;
mod run;

use std::{fmt, future::IntoFuture};

use super::{Cause, Client, Error, transport::Answer};
use crate::{
    future::BoxFuture,
    request::{Method, Request},
    wire::{FromNode, Node, Params},
};

pub use earlier::Earlier;
pub(super) use run::MOST;

/// Several calls that travel as one (`batch`), at most 50 at a time: more go in several, one after the other. Made by
/// [`Client::batch`]; await it to make them.
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
    /// Stops at the first call that fails. Those after it are not made and fail with [`Cause::Skipped`].
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
#[derive(Debug)]
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

impl Client {
    /// Makes several calls in one. What came of each stands in the same place; a call that fails does not stop the
    /// others, unless the batch is [halting](Batch::halting). Later calls may use what [earlier](Earlier) ones answer.
    ///
    /// ```
    /// # use b24_runtime::{Client, Error, api};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let (me, counters) = client.batch((api::im::user::get(), api::im::counters::get())).await?;
    /// println!("{:?} has {:?}", me?.name, counters?);
    ///
    /// let users = (1..=120).map(|id| api::im::user::get().id(id)).collect::<Vec<_>>();
    /// for user in client.batch(users).await? {
    ///     println!("{:?}", user?.name);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// When the batch as a whole fails, as [`Client::call`]. Of a list of more than 50 calls the first ones may have
    /// been made then.
    pub fn batch<Q: Requests>(&self, requests: Q) -> Batch<Q> {
        Batch { client: self.clone(), requests, halts: false }
    }
}
