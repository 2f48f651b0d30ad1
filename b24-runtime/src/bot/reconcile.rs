//! Brings a portal in line with what the code says: registers what is missing, updates what differs, removes what is
//! gone.
//!
//! Both APIs reach the same bots. A bot that is found registered with the other API is moved: it stays the same user of
//! the portal, with its dialogs, chats and commands.

mod apps;
#[expect(deprecated, reason = "this is the older bot API, for the portals that have no other")]
mod v1;
mod v2;

use super::{BotApi, Delivery, Registration, Router};
use crate::{Client, Error, api};

/// How a bot is to be registered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms<'a> {
    pub(crate) api: BotApi,
    pub(crate) delivery: Delivery,
    /// The address for events.
    pub(crate) handler: &'a str,
}

/// Registers a bot, its commands and its chat applications, or what differs of them.
///
/// # Errors
/// When a call fails. What was done before is in `known`, so that the next try goes on from there.
pub(crate) async fn reconcile<S>(
    router: &Router<S>,
    client: &Client,
    terms: Terms<'_>,
    known: &mut Option<Registration>,
) -> Result<(), Error> {
    match terms.api {
        BotApi::V1 => v1::reconcile(router, client, terms.handler, known).await?,
        BotApi::V2 => v2::reconcile(router, client, terms, known).await?,
    }
    match known {
        Some(known) => apps::reconcile(router, client, terms.handler, known).await,
        None => Ok(()),
    }
}

/// The events that come to an application only where it asked for them.
const BOUND: [&str; 2] = ["ONAPPUPDATE", "ONAPPUNINSTALL"];

/// Asks for the events of the application's own life, where that was not done before.
///
/// # Errors
/// When a call fails.
pub(crate) async fn bind_events(client: &Client, handler: &str) -> Result<(), Error> {
    let bound = client.call(api::event::get()).await?;
    for event in BOUND {
        if !bound.iter().any(|known| known.event.eq_ignore_ascii_case(event) && known.handler == handler) {
            client.call(api::event::bind(event, handler)).await?;
            tracing::info!(event, "bound");
        }
    }
    Ok(())
}
