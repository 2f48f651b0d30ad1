use std::{
    collections::HashMap,
    io,
    sync::{Arc, PoisonError, RwLock},
};

use b24_storage::{Change, Store};
use tokio::sync::Mutex;

use super::{Credentials, Installation};
use crate::{
    AppCredentials, Client, Error, GrantError, Session, Tokens,
    client::{Conditions, Identity, Purchase, Replace, tell_unkept},
};

/// The portals that are known, each with its client.
pub(super) struct Portals {
    store: Arc<dyn Store>,
    /// Of every client.
    conditions: Conditions,
    known: RwLock<HashMap<String, Arc<Portal>>>,
    /// Held while an installation changes, so that two changes do not lose one another. Whoever needs the lease of the
    /// store, which keeps other processes from it, takes that first.
    changing: Mutex<()>,
}

/// A portal on which the application is installed.
pub(super) struct Portal {
    pub(super) installation: Installation,
    pub(super) client: Client,
    /// Held while the portal is brought in line with the code.
    pub(super) line: Arc<Mutex<()>>,
}

impl Portals {
    pub(super) async fn load(
        store: Arc<dyn Store>,
        conditions: Conditions,
        credentials: &Credentials,
    ) -> Result<Arc<Self>, LoadError> {
        let portals = Arc::new(Self { known: RwLock::default(), changing: Mutex::default(), store, conditions });
        for record in portals.store.all().await.map_err(LoadError::Store)? {
            let installation = Installation::read(&record).map_err(LoadError::Store)?;
            if let Credentials::Application(app) = credentials {
                let client = portals.client(&installation, app);
                portals.remember(installation, client.map_err(LoadError::Client)?);
            }
        }
        Ok(portals)
    }

    pub(super) fn find(&self, member_id: &str) -> Option<Arc<Portal>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).get(member_id).cloned()
    }

    /// As [`Portals::find`], also where another process has just learned of it.
    pub(super) async fn find_anywhere(
        self: &Arc<Self>,
        member_id: &str,
        credentials: &Credentials,
    ) -> Option<Arc<Portal>> {
        if let Some(known) = self.find(member_id) {
            return Some(known);
        }
        match self.latest(member_id).await {
            Ok(installation) => self.learn(installation?, credentials),
            Err(error) => tracing::error!("what other processes know cannot be read: {error}"),
        }
        self.find(member_id)
    }

    pub(super) fn all(&self) -> Vec<Arc<Portal>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// Adds a portal or replaces it. Of one behind a webhook, what is known already stays.
    pub(super) async fn put(
        self: &Arc<Self>,
        mut installation: Installation,
        credentials: &Credentials,
        client_id: &str,
    ) -> Result<Arc<Portal>, LoadError> {
        let _lease = self.store.lease(&installation.member_id).await.map_err(LoadError::Store)?;
        let _changing = self.changing.lock().await;
        match (credentials, self.latest(&installation.member_id).await.map_err(LoadError::Store)?) {
            // The portal has been given its key already.
            (Credentials::Webhook(_), Some(latest)) => installation = latest,
            (_, Some(latest)) if installation.registration.is_none() => installation.registration = latest.registration,
            _ => {}
        }
        let client = match credentials {
            Credentials::Application(app) => self.client(&installation, app),
            // What the first API calls `CLIENT_ID` is `botToken` in the second: the same name finds the bot in both.
            Credentials::Webhook(address) => {
                let session = Session::webhook(address.expose());
                session.and_then(|session| Client::under(session, self.conditions.clone())).map(|client| {
                    let (client_id, bot_token) = (Some(client_id.to_owned()), Some(client_id.into()));
                    client.acting_as(Identity { client_id, bot_token, ..Identity::default() })
                })
            }
        };
        let client = client.map_err(LoadError::Client)?;
        self.store.save(installation.record()).await.map_err(LoadError::Store)?;
        Ok(self.remember(installation, client))
    }

    /// Changes what is known of a portal. Nothing happens where it is not known any more.
    pub(super) async fn change(&self, member_id: &str, change: impl FnOnce(&mut Installation)) -> io::Result<()> {
        let _lease = self.store.lease(member_id).await?;
        self.change_leased(member_id, change).await
    }

    async fn change_leased(&self, member_id: &str, change: impl FnOnce(&mut Installation)) -> io::Result<()> {
        let _changing = self.changing.lock().await;
        let (Some(known), Some(mut installation)) = (self.find(member_id), self.latest(member_id).await?) else {
            return Ok(());
        };
        change(&mut installation);
        self.store.save(installation.record()).await?;
        self.remember(installation, known.client.clone());
        Ok(())
    }

    /// Forgets an installation, unless a newer one of the same portal has taken its place.
    pub(super) async fn remove(&self, installation: &Installation) -> io::Result<()> {
        let member_id = installation.member_id.as_str();
        let _lease = self.store.lease(member_id).await?;
        let _changing = self.changing.lock().await;
        let latest = self.latest(member_id).await?;
        if latest.is_none_or(|latest| latest.application_token != installation.application_token) {
            return Ok(());
        }
        self.store.remove(member_id).await?;
        self.known.write().unwrap_or_else(PoisonError::into_inner).remove(member_id);
        Ok(())
    }

    /// What the store has, which another process may have learned just now.
    async fn latest(&self, member_id: &str) -> io::Result<Option<Installation>> {
        self.store.find(member_id).await?.as_ref().map(Installation::read).transpose()
    }

    /// Takes in what other processes learn, for as long as there are any.
    pub(super) async fn follow(self: Arc<Self>, credentials: Credentials) {
        while let Some(change) = self.store.changed().await {
            let _changing = self.changing.lock().await;
            match change {
                Change::Saved(record) => match Installation::read(&record) {
                    Ok(installation) => self.learn(installation, &credentials),
                    Err(error) => tracing::error!("what another process learned cannot be read: {error}"),
                },
                Change::Removed(member_id) => {
                    self.known.write().unwrap_or_else(PoisonError::into_inner).remove(&member_id);
                }
            }
        }
    }

    fn learn(self: &Arc<Self>, installation: Installation, credentials: &Credentials) {
        let known = self.find(&installation.member_id);
        let Credentials::Application(app) = credentials else { return };
        if known.is_some_and(|known| known.installation == installation) {
            return;
        }
        match self.client(&installation, app) {
            Ok(client) => drop(self.remember(installation, client)),
            Err(error) => tracing::error!("what another process learned is of no use: {error}"),
        }
    }

    pub(super) fn client(self: &Arc<Self>, installation: &Installation, app: &AppCredentials) -> Result<Client, Error> {
        installation.client(app, self.replace(&installation.member_id), self.conditions.clone())
    }

    fn remember(&self, installation: Installation, client: Client) -> Arc<Portal> {
        let member_id = installation.member_id.clone();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let line = known.get(&member_id).map(|known| Arc::clone(&known.line)).unwrap_or_default();
        let portal = Arc::new(Portal { installation, client, line });
        known.insert(member_id, Arc::clone(&portal));
        portal
    }

    /// Replaces expired tokens for the client of a portal.
    pub(super) fn replace(self: &Arc<Self>, member_id: &str) -> Replace {
        let (portals, member_id) = (Arc::downgrade(self), member_id.to_owned());
        Box::new(move |expired, purchase| {
            let (portals, member_id) = (portals.upgrade(), member_id.clone());
            Box::pin(async move {
                match portals {
                    Some(portals) => portals.renew(&member_id, expired, purchase).await,
                    None => purchase.await,
                }
            })
        })
    }

    /// Buys new tokens and stores them, unless somebody else has: another process, or a client of another installation
    /// of the same portal.
    async fn renew(&self, member_id: &str, expired: Tokens, purchase: Purchase) -> Result<Tokens, GrantError> {
        let unkept = |error: io::Error| GrantError::Unkept(error.to_string());
        let _lease = self.store.lease(member_id).await.map_err(unkept)?;
        if let Some(latest) = self.latest(member_id).await.map_err(unkept)?
            && latest.tokens.access != expired.access
        {
            return Ok(latest.tokens);
        }
        let bought = purchase.await?;
        if let Err(error) = self.change_leased(member_id, |installation| installation.renew(bought.clone())).await {
            tell_unkept(&error);
        }
        Ok(bought)
    }
}

/// Why what is known of portals cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum LoadError {
    #[error("the store: {0}")]
    Store(io::Error),
    #[error(transparent)]
    Client(Error),
}

impl From<LoadError> for super::StartError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Store(source) => Self::Store { path: "the store".to_owned(), source },
            LoadError::Client(error) => Self::Register(error),
        }
    }
}
