//! Bots: what they are called, what they listen to, what they say.

mod args;
mod context;
mod model;
mod outcome;
mod profile;
mod reconcile;
mod router;

pub use args::{ArgError, Args, ArgumentLine, FromArg, FromRest, RestText, ToArg};
pub use context::{
    CommandCx, Cx, DeleteCx, InDialog, InstallCx, JoinCx, MessageCx, MessageDeleteCx, MessageUpdateCx, OtherCx,
    UpdateCx,
};
pub use model::{
    AppInstalled, AppUpdated, BotDeleted, Chat, CommandCalled, Joined, Message, MessageAdded, MessageDeleted,
    MessageUpdated, OtherEvent, User,
};
pub use outcome::{Failure, IntoOutcome, Outcome, Result};
pub use profile::{Command, Profile};
pub(crate) use reconcile::{Registration, bind_events, reconcile};
pub use router::{Bot, Router};
