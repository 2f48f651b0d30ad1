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
//! # One bot, any portal
//!
//! Portals have two bot APIs, `imbot.*` and since im revision 33 `imbot.v2.*`; with the second, events can be fetched as
//! well as posted. Handlers are the same for all. A new bot gets the newest API that its portal has; behind a webhook that
//! comes without an address its events are fetched. [`Settings::bot_api`] and [`Settings::delivery`] force one
//! (`B24_BOT_API=v1|v2`, `B24_EVENTS=post|fetch`); a portal that is too old for what is forced is told in the error.
//!
//! A bot that is registered stays with its API until it is told to move: start it with `B24_BOT_API=v2`, with its store,
//! and every portal is moved at that start. The bot stays the same user, so that dialogs, chats, commands and old buttons
//! go on working; `B24_BOT_API=v1` moves it back. Behind a webhook the code of the bot names it in both APIs and may have
//! at most 40 characters.
//!
//! What differs: with v1 there are no [reactions](Router::on_reaction), [contexts](Router::on_context) and
//! [answers to a message](message::Reply::answering); with v2 there are no e-mail address, website and birthday, no
//! [`Human`](types::BotType::Human) bots, and no text of deleted messages.
//!
//! # Features
//!
//! - `imbot` (default): the bot methods and events, and the bot framework.
//! - `im` (default): the chat methods.
//! - `imopenlines`: the methods of open lines, and with `imbot` the [menus](line) for their clients.
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

#[cfg(all(feature = "imbot", feature = "imopenlines"))]
pub mod line;
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
    AppCredentials, Authorization, Batch, Bulk, CallLimit, Cause, Client, Content, Download, Earlier, Error, Grant,
    GrantError, Pages, Progress, Refusal, Repeats, Requests, RevisionPolicy, Session, Tokens,
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
        Bot, CommandCx, ContextCx, Cx, DeleteCx, Failure, FromArg, InstallCx, JoinCx, MessageCx, MessageDeleteCx,
        MessageUpdateCx, OtherCx, ReactionCx, Result, StartError, UpdateCx, bot, command,
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
