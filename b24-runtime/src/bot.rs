//! Bots: what they are called, what they listen to, what they say.

mod args;
#[expect(deprecated, reason = "this is the older bot API, for the portals that have no other")]
mod context;
mod model;
mod outcome;
mod profile;
#[expect(deprecated, reason = "this is the older bot API, for the portals that have no other")]
mod reconcile;
mod router;

pub use args::{ArgError, Args, ArgumentLine, FromArg, FromRest, RestText, ToArg};
pub(crate) use context::show_typing;
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
