//! A local Bitrix24: REST, OAuth, events, a web messenger and a test kit.
//!
//! A [`Portal`] listens on the loopback interface and behaves like a portal of the platform towards clients that
//! never heard of it: bots register, commands are called, events are posted, tokens expire. People are played by
//! whoever opens the messenger in a browser, or by a test:
//!
//! ```no_run
//! # async fn test() -> Result<(), Box<dyn std::error::Error>> {
//! use b24_portal::{NewApp, Portal};
//!
//! let portal = Portal::start().await?;
//! let app = portal.add_app(NewApp::new("Echo"));
//! portal.install(&app.client_id, "http://127.0.0.1:9000/handler").await?;
//!
//! let ann = portal.user("Ann Lee");
//! let chat = ann.open("echo").await?;
//! chat.say("/echo hi").await?;
//! assert_eq!(chat.reply().await?.text(), "hi");
//! # Ok(())
//! # }
//! ```
//!
//! What the portal knows of methods, events and error codes it reads from [`b24_spec`]: every call is checked against
//! the spec before the method sees it.
//!
//! With the feature `tls` a portal also answers HTTPS, on the same port: see `Builder::tls`.

mod coverage;
mod data;
mod error;
mod events;
mod faults;
mod gate;
mod hub;
mod ids;
mod journal;
mod kit;
mod methods;
mod oauth;
mod people;
mod phrase;
mod picture;
mod plain;
mod portal;
mod rest;
pub mod seed;
mod state;
pub mod terminal;
#[cfg(feature = "tls")]
mod tls;
mod views;
mod web;

pub use coverage::Coverage;
pub use error::{DataError, InstallError, KitError, ResendError, StartError};
pub use faults::{Fault, Faults, NotARule, Rule};
pub use ids::{ChatId, Dialog, MessageId, NotADialog, NoticeId, UserId};
pub use journal::{Entry, Kind};
pub use kit::{Chat, Line, Message, Notification, User};
pub use portal::{App, Builder, NewApp, Portal};
pub use rest::limit::{Limits, RateLimit};
