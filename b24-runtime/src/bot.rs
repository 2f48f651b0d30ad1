//! Bots: what they are called, what they listen to, what they say.

mod api;
mod args;
mod chat_app;
mod confirm;
mod context;
mod frame;
mod model;
mod outcome;
mod profile;
mod reconcile;
mod registration;
mod router;
mod voice;

pub use api::{BotApi, Delivery};
pub(crate) use api::{RegisterError, choose};

pub use args::{ArgError, Args, ArgumentLine, FromArg, FromRest, RestText, ToArg};
pub use chat_app::ChatApp;
pub use confirm::{Answer, Confirm};
pub use context::{
    CommandCx, ContextCx, Cx, DeleteCx, InDialog, InstallCx, JoinCx, MessageCx, MessageDeleteCx, MessageUpdateCx,
    OtherCx, ReactionCx, UpdateCx,
};
pub use frame::{Frame, Page};
pub(crate) use model::FromSecond;
pub use model::{
    AppInstalled, AppUpdated, BotDeleted, Chat, CommandCalled, ContextGiven, Joined, Message, MessageAdded,
    MessageDeleted, MessageUpdated, OtherEvent, ReactionChanged, User,
};
pub use outcome::{Failure, IntoOutcome, Outcome, Result};
pub use profile::{Command, Profile};
pub(crate) use reconcile::{Terms, bind_events, reconcile};
pub(crate) use registration::Registration;
pub use router::{Bot, Router};
pub(crate) use voice::Voice;
