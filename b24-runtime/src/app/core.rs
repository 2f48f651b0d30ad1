//! What happens with an event: who sent it, and which handler it is for.

use std::{collections::BTreeMap, sync::Arc};

use tokio::sync::Semaphore;

use super::{
    Credentials, Installation, Settings,
    envelope::Envelope,
    inbox::{Inbox, Lane, Work},
    portals::{LoadError, Portal, Portals},
};
use crate::{
    AppInstalled, AppUpdated, Bot, BotDeleted, CommandCalled, Cx, Error, InDialog, Joined, MessageAdded,
    MessageDeleted, MessageUpdated, OtherEvent, Router,
    bot::reconcile,
    events::{AppUpdate, Event},
    types::{BotId, DialogId, EventAuth, EventBot},
};

/// A bot with everything it needs to take events.
pub(super) struct Core<B> {
    pub(super) bot: Arc<B>,
    pub(super) router: Router<B>,
    pub(super) settings: Settings,
    pub(super) portals: Arc<Portals>,
    pub(super) inbox: Inbox,
    /// The address that portals are given. Behind a webhook it ends in a key that nobody else knows.
    pub(super) handler: String,
    /// Installations that are being verified: each makes a call to an address that an unknown sender chose.
    pub(super) verifying: Semaphore,
}

/// What became of an event.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Taken: it will be handled.
    Taken,
    /// Not from a portal that is trusted.
    Refused(String),
    /// Too much is waiting already.
    Full,
    /// It could not be kept.
    Failed(String),
}

/// Where work goes that belongs to no dialog.
const NO_DIALOG: &str = "";

impl<B: Bot> Core<B> {
    /// Takes an event. `key` is what the request's address ended in.
    pub(super) async fn take(self: &Arc<Self>, envelope: Envelope, key: Option<&str>) -> Verdict {
        let portal = match &self.settings.credentials {
            Credentials::Application(_) if envelope.name == "ONAPPINSTALL" => return self.install(envelope).await,
            Credentials::Application(_) => self.portals.find(&envelope.auth.member_id).filter(|portal| {
                // Comparing secrets takes the same time wherever they differ.
                portal.installation.application_token == envelope.auth.application_token
            }),
            Credentials::Webhook(_) => {
                let key = key.map(crate::types::Secret::from);
                self.portals
                    .all()
                    .into_iter()
                    .find(|portal| key.as_ref() == Some(&portal.installation.application_token))
            }
        };
        let Some(portal) = portal else {
            let EventAuth { domain, member_id, .. } = &envelope.auth;
            tracing::warn!(event = envelope.name, domain, member_id, "an event with a wrong token was refused");
            return Verdict::Refused("the application token is not that of a portal that is installed".to_owned());
        };
        let work = self.work(&portal, envelope);
        if work.into_iter().all(|(lane, work)| self.inbox.push(lane, work)) { Verdict::Taken } else { Verdict::Full }
    }

    /// Believes an installation once its token has been seen to work on its own portal.
    async fn install(self: &Arc<Self>, envelope: Envelope) -> Verdict {
        let Credentials::Application(app) = &self.settings.credentials else {
            return Verdict::Refused("this bot works through a webhook: it is not installed".to_owned());
        };
        let Some(mut installation) = Installation::from_event(&envelope.auth) else {
            return Verdict::Refused("the installation lacks tokens, or its endpoint is outside its domain".to_owned());
        };
        // Whoever knows a portal's identifier must not be able to send its bot elsewhere.
        if let Some(known) = self.portals.find(&installation.member_id) {
            installation.domain.clone_from(&known.installation.domain);
            installation.endpoint.clone_from(&known.installation.endpoint);
        }
        // Never closed, so never an error.
        let permit = self.verifying.acquire().await;
        let seen = match installation.client(app) {
            Ok(client) => client.call_raw("app.info", serde_json::Value::Null).await,
            Err(error) => Err(error),
        };
        drop(permit);
        let local = |code: &str| code.starts_with("local.");
        match seen {
            Ok(info) => {
                let code = info["CODE"].as_str().unwrap_or_default();
                if local(code) && local(&app.client_id) && code != app.client_id {
                    tracing::warn!(
                        domain = installation.domain,
                        code,
                        "the installation of another application was refused"
                    );
                    return Verdict::Refused("the token belongs to another application".to_owned());
                }
            }
            Err(error) => {
                tracing::warn!(domain = installation.domain, "an installation was refused: {error}");
                return Verdict::Refused("the access token does not work on the portal".to_owned());
            }
        }
        let member_id = installation.member_id.clone();
        let portal = match self.portals.put(installation, &self.settings.credentials, &self.router.profile.code).await {
            Ok(portal) => portal,
            Err(error) => {
                tracing::error!("an installation could not be kept: {error}");
                return Verdict::Failed("the installation could not be kept".to_owned());
            }
        };
        tracing::info!(domain = portal.installation.domain, "installed");
        let Event::AppInstall(event) = envelope.event else { return Verdict::Taken };
        let core = Arc::clone(self);
        let work = Box::pin(async move {
            core.reconcile(&portal).await;
            let event = AppInstalled { version: event.version, language: event.language_id };
            core.router.installed(Arc::clone(&core.bot), context(&portal, event, None)).await;
        });
        if self.inbox.push((member_id, NO_DIALOG.to_owned()), work) { Verdict::Taken } else { Verdict::Full }
    }

    /// Brings a portal in line with the code. What could be done is remembered even if the rest could not.
    pub(super) async fn try_reconcile(&self, portal: &Portal) -> Result<(), Error> {
        let mut registration = portal.installation.registration.clone();
        let result = reconcile(&self.router, &portal.client, &self.handler, &mut registration).await;
        let keep = self.portals.change(&portal.installation.member_id, |known| known.registration = registration).await;
        if let Err(error) = keep {
            tracing::error!(domain = portal.installation.domain, "the registration could not be kept: {error}");
        }
        result
    }

    pub(super) async fn reconcile(&self, portal: &Portal) {
        if let Err(error) = self.try_reconcile(portal).await {
            tracing::error!(domain = portal.installation.domain, "the bot could not be registered: {error}");
        }
    }

    pub(super) fn reconcile_later(self: &Arc<Self>, portal: Arc<Portal>) {
        let core = Arc::clone(self);
        let lane = (portal.installation.member_id.clone(), NO_DIALOG.to_owned());
        self.inbox.push(lane, Box::pin(async move { core.reconcile(&portal).await }));
    }

    /// What is to be done for an event, and what it must stay in order with.
    fn work(self: &Arc<Self>, portal: &Arc<Portal>, envelope: Envelope) -> Vec<(Lane, Work)> {
        macro_rules! handle {
            ($event:expr, $model:ty, $method:ident) => {{
                let event = $event;
                let Some(bot) = self.addressed(&event.bot) else { return Vec::new() };
                self.in_dialog(portal, <$model>::from(event), bot, |core, cx| {
                    Box::pin(async move { core.router.$method(Arc::clone(&core.bot), cx).await })
                })
            }};
        }
        match envelope.event {
            Event::ImbotMessageAdd(event) => handle!(event, MessageAdded, message),
            Event::ImbotMessageUpdate(event) => handle!(event, MessageUpdated, message_updated),
            Event::ImbotMessageDelete(event) => handle!(event, MessageDeleted, message_deleted),
            Event::ImbotJoinChat(event) => handle!(event, Joined, joined),
            Event::ImCommandAdd(event) => {
                let (params, user) = (event.params, event.user);
                let own = event.command.into_values().filter(|command| command.bot_code == self.router.profile.code);
                own.flat_map(|command| {
                    let bot = command.bot_id;
                    let called = CommandCalled::new(command, &params, user.clone());
                    self.in_dialog(portal, called, bot, |core, cx| {
                        Box::pin(async move { core.router.command_called(Arc::clone(&core.bot), cx).await })
                    })
                })
                .collect()
            }
            Event::ImbotDelete(event) if event.bot_code == self.router.profile.code => {
                self.outside(portal, move |core, portal| {
                    Box::pin(async move {
                        let forgotten =
                            core.portals.change(&portal.installation.member_id, |known| known.registration = None);
                        if let Err(error) = forgotten.await {
                            tracing::error!("the removed bot could not be forgotten: {error}");
                        }
                        let cx = context(&portal, BotDeleted { code: event.bot_code }, Some(event.bot_id));
                        core.router.deleted(Arc::clone(&core.bot), cx).await;
                    })
                })
            }
            Event::AppUpdate(AppUpdate { language_id, version, previous_version }) => {
                self.outside(portal, move |core, portal| {
                    Box::pin(async move {
                        core.reconcile(&portal).await;
                        let event = AppUpdated { version, previous: previous_version, language: language_id };
                        let cx = context(&portal, event, None);
                        core.router.updated(Arc::clone(&core.bot), cx).await;
                    })
                })
            }
            Event::Other { name, .. } if envelope.name == "ONAPPUNINSTALL" => {
                self.outside(portal, move |core, portal| {
                    Box::pin(async move {
                        tracing::info!(domain = portal.installation.domain, event = name, "uninstalled");
                        if let Err(error) = core.portals.remove(&portal.installation.member_id).await {
                            tracing::error!("the portal could not be forgotten: {error}");
                        }
                    })
                })
            }
            Event::Other { name, data } => self.outside(portal, move |core, portal| {
                Box::pin(async move {
                    let cx = context(&portal, OtherEvent { name, data }, None);
                    core.router.other(Arc::clone(&core.bot), cx).await;
                })
            }),
            // The deletion of another bot, and installations, which are taken above.
            Event::ImbotDelete(_) | Event::AppInstall(_) => Vec::new(),
        }
    }

    /// Our bot among those that an event is meant for.
    fn addressed(&self, bots: &BTreeMap<BotId, EventBot>) -> Option<BotId> {
        let own = bots.values().find(|bot| bot.bot_code == self.router.profile.code).map(|bot| bot.bot_id);
        if own.is_none() {
            tracing::warn!(code = self.router.profile.code, "an event for other bots came");
        }
        own
    }

    fn in_dialog<E: InDialog>(
        self: &Arc<Self>,
        portal: &Portal,
        event: E,
        bot: BotId,
        handle: impl FnOnce(Arc<Self>, Cx<E>) -> Work,
    ) -> Vec<(Lane, Work)> {
        let dialog: DialogId = event.chat().dialog;
        let cx = context(portal, event, Some(bot));
        vec![((portal.installation.member_id.clone(), dialog.to_string()), handle(Arc::clone(self), cx))]
    }

    fn outside(
        self: &Arc<Self>,
        portal: &Arc<Portal>,
        handle: impl FnOnce(Arc<Self>, Arc<Portal>) -> Work,
    ) -> Vec<(Lane, Work)> {
        let lane = (portal.installation.member_id.clone(), NO_DIALOG.to_owned());
        vec![(lane, handle(Arc::clone(self), Arc::clone(portal)))]
    }
}

fn context<E>(portal: &Portal, event: E, bot: Option<BotId>) -> Cx<E> {
    let client = bot.map_or_else(|| portal.client.clone(), |bot| portal.client.as_bot(bot));
    Cx::new(event, client, bot, portal.installation.domain.clone())
}

impl From<LoadError> for super::StartError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Store(source) => Self::Store { path: "the store".to_owned(), source },
            LoadError::Client(error) => Self::Register(error),
        }
    }
}
