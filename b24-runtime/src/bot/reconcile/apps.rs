//! Chat applications: both bot APIs take them by the methods of the first.
#![expect(deprecated, reason = "the newer bot API has no chat applications")]

use crate::{
    Client, Error, Router, api,
    bot::{
        ChatApp, Registration,
        registration::{Definition, RegisteredApp},
    },
    types::{AppId, Secret},
};

/// Registers the chat applications, or what differs of them. One that the portal refuses is told in the log: the bot
/// works without it.
pub(super) async fn reconcile<S>(
    router: &Router<S>,
    client: &Client,
    handler: &str,
    known: &mut Registration,
) -> Result<(), Error> {
    let client = client.as_bot(known.bot);
    // What follows the address of a webhook's bot is a secret that no page may hold.
    let page = handler.split('?').next().unwrap_or(handler);
    let gone: Vec<String> = known.apps.keys().filter(|code| !router.apps.contains_key(*code)).cloned().collect();
    for code in gone {
        let Some(app) = known.apps.remove(&code) else { continue };
        match client.call(api::imbot::app::unregister(app.id)).await {
            Err(error) if !error.is_not_found() => return Err(error),
            _ => tracing::info!(app = code, "unregistered"),
        }
    }
    for (code, app) in &router.apps {
        let kept = known.apps.get(code);
        let hash = match kept {
            Some(kept) => kept.hash.clone(),
            // Of 32 characters, as it must be.
            None => match Secret::random() {
                Ok(hash) => hash,
                Err(reason) => {
                    tracing::error!(app = code, "a chat application was not registered: {reason}");
                    continue;
                }
            },
        };
        let definition = Definition::of(app.register(page, &hash));
        if kept.is_some_and(|kept| kept.definition == definition) {
            continue;
        }
        match register(&client, app, page, &hash, kept.map(|kept| kept.id)).await {
            Ok(id) => {
                tracing::info!(app = code, id = id.0, "registered");
                known.apps.insert(code.clone(), RegisteredApp { id, hash, definition });
            }
            Err(error) if error.refusal().is_some() => {
                tracing::error!(app = code, "a chat application was refused: {error}");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn register<S>(
    client: &Client,
    app: &ChatApp<S>,
    page: &str,
    hash: &Secret,
    known: Option<AppId>,
) -> Result<AppId, Error> {
    if let Some(id) = known {
        match client.call(api::imbot::app::update(id, app.changed(page, hash))).await {
            Ok(_) => return Ok(id),
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error),
        }
    }
    client.call(app.register(page, hash)).await
}
