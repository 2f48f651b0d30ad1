//! Bitrix24 chatbots in Rust: typed calls, typed events, and bots that are annotated functions.
//!
//! ```no_run
//! use b24_runtime::prelude::*;
//!
//! struct Parrot;
//!
//! #[bot(code = "parrot", name = "Parrot", color = Mint)]
//! impl Parrot {
//!     /// Repeat the text
//!     #[command("say", params(en = "text"))]
//!     async fn say(&self, _cx: &CommandCx, #[rest] text: String) -> String {
//!         text
//!     }
//!
//!     #[on(message)]
//!     async fn anything_else(&self, cx: &MessageCx) -> Result {
//!         cx.reply(Reply::text("Try this:").button("Say hi", cmd::Say { text: "hi".to_owned() })).await
//!     }
//! }
//!
//! #[tokio::main]
//! async fn main() -> Result<(), StartError> {
//!     b24_runtime::run(Parrot).await
//! }
//! ```
//!
//! [`run`] reads its settings from the environment; without any, and with the feature `portal`, it starts a local
//! portal. [`App`] is the same with everything chosen in code. [`Client`] makes calls without a bot: every method is a
//! function in [`api`], and its answer is made of [`types`].
//!
//! # Features
//!
//! - `imbot` (default): the bot methods and events, and the bot framework.
//! - `im` (default): the chat methods.
//! - `portal`: the embedded local portal.

/// The examples of the README compile too.
#[cfg(all(doctest, feature = "imbot"))]
#[doc = include_str!("../../README.md")]
struct Readme;

#[allow(unused_imports, reason = "which of them are used depends on the scopes that are on")]
mod generated;
mod names;

#[cfg(feature = "imbot")]
mod app;
#[cfg(feature = "imbot")]
mod bot;
mod client;
mod dialog;
mod future;
mod request;
mod secret;

pub mod message;
pub mod wire;

#[allow(clippy::pedantic, clippy::too_many_arguments, rustdoc::broken_intra_doc_links, unused_imports)]
pub mod api {
    //! The methods of the REST API, in modules that mirror their names.
    include!(concat!(env!("OUT_DIR"), "/api.rs"));
}

#[allow(clippy::pedantic, missing_docs)]
pub mod events {
    //! The events, as typed data.
    include!(concat!(env!("OUT_DIR"), "/events.rs"));
}

// What comes in several forms is read once and kept: boxes would only be in the way.
#[allow(clippy::pedantic, clippy::large_enum_variant)]
pub mod types {
    //! The ids, enums and objects that methods and events share.
    pub use crate::{
        dialog::{DialogId, NotADialog},
        message::{Attach, Keyboard, Menu},
        secret::Secret,
    };

    include!(concat!(env!("OUT_DIR"), "/types.rs"));
}

mod generated_methods {
    include!(concat!(env!("OUT_DIR"), "/methods.rs"));
}

#[cfg(feature = "conformance")]
#[doc(hidden)]
pub mod conformance;

mod generated_errors {
    include!(concat!(env!("OUT_DIR"), "/errors.rs"));
}

#[cfg(feature = "imbot")]
pub use app::*;
#[cfg(feature = "imbot")]
pub use b24_macros::{bot, command, on};
/// The local portal, with the kit that tests bots.
#[cfg(feature = "portal")]
pub use b24_portal as portal;
/// What keeps events and installations.
#[cfg(feature = "imbot")]
pub use b24_storage as storage;
#[cfg(feature = "imbot")]
pub use bot::*;
pub use client::{
    AppCredentials, Batch, Bulk, CallLimit, Cause, Client, Earlier, Error, Grant, GrantError, Pages, Progress, Refusal,
    Repeats, Requests, RevisionPolicy, Session, Tokens,
};
pub use future::BoxFuture;
#[cfg(feature = "imbot")]
pub use message::CommandCall;
pub use request::{
    Advance, Bound, Code, End, ErrorKind, Gate, Inject, Injected, Limit, Method, Need, Paged, Paging, Request, Since,
    With,
};

#[cfg(feature = "imbot")]
pub mod prelude {
    //! What a bot's file needs: `use b24_runtime::prelude::*`.
    pub use crate::{
        Bot, CommandCx, Cx, DeleteCx, Failure, FromArg, InstallCx, JoinCx, MessageCx, MessageDeleteCx, MessageUpdateCx,
        OtherCx, Result, StartError, UpdateCx, bot, command,
        message::{Attach, Button, Keyboard, Menu, Reply, Target, Text},
        on,
        types::{BotId, ChatId, DialogId, MessageId, UserId},
    };
}

/// What the macros refer to. Not for use by hand.
#[cfg(feature = "imbot")]
#[doc(hidden)]
pub mod __private {
    pub use crate::{ArgumentLine, CommandCall, IntoOutcome, Outcome, RestText, Result, ToArg};

    /// What a command whose guard refused answers.
    pub fn refused() -> Result<Outcome> {
        "You may not use this command.".into_outcome()
    }
}
