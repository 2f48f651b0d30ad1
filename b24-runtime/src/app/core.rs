//! What happens with an event: who sent it, and which handler it is for.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::{
    Credentials, Settings,
    envelope::Envelope,
    fetch::Fetching,
    inbox::{Inbox, Lane, Work},
    portals::{Portal, Portals},
    v2::SECOND,
};
use crate::{
    AppUpdated, Bot, BotApi, CommandCalled, Cx, InDialog, Joined, MessageAdded, MessageDeleted, MessageUpdated,
    OtherEvent, Router,
    bot::{RegisterError, Registration, Terms, Voice, bind_events, choose, reconcile},
    events::{AppUpdate, Event},
    types::{BotId, CommandParams, DialogId, EventUser},
    wire::{DecodeError, Node},
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
    /// Installations that are being verified: each costs the authorization server a call.
    pub(super) verifying: Semaphore,
    pub(super) fetching: Arc<Fetching>,
}

/// What became of an event.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Taken: it will be handled.
    Taken,
    /// From a portal that is trusted, but not what the spec says.
    Unreadable(String),
    /// Not from a portal that is trusted.
    Refused(String),
    /// Too much is waiting already.
    Full,
    /// It could not be kept.
    Failed(String),
}

/// Where work goes that belongs to no dialog.
pub(super) const NO_DIALOG: &str = "";

impl<B: Bot> Core<B> {
    /// Takes an event. `key` is what the request's address ended in.
    pub(super) async fn take(self: &Arc<Self>, envelope: Envelope, key: Option<&str>) -> Verdict {
        match self.read(envelope, key).await {
            Ok(verdict) => verdict,
            Err(error) => Verdict::Unreadable(error.to_string()),
        }
    }

    async fn read(self: &Arc<Self>, envelope: Envelope, key: Option<&str>) -> Result<Verdict, DecodeError> {
        let name = envelope.name()?;
        let sender = envelope.sender()?;
        let portal = match &self.settings.credentials {
            Credentials::Application(app) if name == "ONAPPINSTALL" => return self.install(app, envelope).await,
            Credentials::Application(_) => self
                .portals
                .find(&sender.member_id)
                .filter(|portal| portal.installation.application_token.matches(&sender.application_token)),
            Credentials::Webhook(_) => {
                let key = key.unwrap_or_default();
                self.portals.all().into_iter().find(|portal| portal.installation.application_token.matches(key))
            }
        };
        let Some(portal) = portal else {
            let (event, domain, member_id) = (short(&name), short(&sender.domain), short(&sender.member_id));
            tracing::warn!(event, domain, member_id, "an event with a wrong token was refused");
            let reason = "the application token is not that of a portal that is installed";
            return Ok(Verdict::Refused(reason.to_owned()));
        };
        self.admit(&portal, &name, envelope)
    }

    /// Takes an event of a portal that is trusted.
    pub(super) fn admit(
        self: &Arc<Self>,
        portal: &Arc<Portal>,
        name: &str,
        envelope: Envelope,
    ) -> Result<Verdict, DecodeError> {
        let work = self.work(portal, name, &Arc::new(envelope)).map_err(|error| error.at("data"))?;
        Ok(self.queue(work))
    }

    pub(super) fn queue(&self, work: Vec<(Lane, Work)>) -> Verdict {
        if self.inbox.push_all(work) { Verdict::Taken } else { Verdict::Full }
    }

    /// Brings a portal in line with the code. What could be done is remembered even if the rest could not.
    pub(super) async fn try_reconcile(self: &Arc<Self>, portal: &Portal) -> Result<(), RegisterError> {
        let member_id = &portal.installation.member_id;
        // Other work may have changed what is known since this was queued.
        let Some(portal) = self.portals.find(member_id) else { return Ok(()) };
        let mut registration = portal.installation.registration.clone();
        let result = self.register(&portal, &mut registration).await;
        let keep = self.portals.change(member_id, |known| {
            if let Some(registration) = &mut registration {
                registration.catch_up(known.registration.as_ref());
            }
            known.registration = registration;
        });
        if let Err(error) = keep.await {
            tracing::error!(domain = portal.installation.domain, "the registration could not be kept: {error}");
        }
        self.fetch_from(member_id);
        result
    }

    async fn register(&self, portal: &Portal, known: &mut Option<Registration>) -> Result<(), RegisterError> {
        let Settings { bot_api, delivery, .. } = self.settings;
        let api = choose(bot_api, delivery, &portal.client, known.as_ref()).await?;
        let terms = Terms { api, delivery, handler: &self.handler };
        reconcile(&self.router, &portal.client, terms, known).await?;
        if matches!(self.settings.credentials, Credentials::Application(_)) {
            bind_events(&portal.client, &self.handler).await?;
        }
        Ok(())
    }

    /// As [`Core::try_reconcile`]; a failure is logged. Tells whether the bot is registered.
    pub(super) async fn reconcile(self: &Arc<Self>, portal: &Portal) -> bool {
        match self.try_reconcile(portal).await {
            Ok(()) => true,
            Err(error) => {
                tracing::error!(domain = portal.installation.domain, "the bot could not be registered: {error}");
                false
            }
        }
    }

    pub(super) fn reconcile_later(self: &Arc<Self>, portal: Arc<Portal>) {
        let core = Arc::clone(self);
        let lane = (portal.installation.member_id.clone(), NO_DIALOG.to_owned());
        let work = Box::pin(async move {
            core.reconcile(&portal).await;
        });
        // The inbox is empty when a bot starts.
        self.inbox.push_all(vec![(lane, work)]);
    }

    /// What is to be done for an event, and what it must stay in order with. Of the events that come most, only what
    /// handlers see is read.
    fn work(
        self: &Arc<Self>,
        portal: &Arc<Portal>,
        name: &str,
        envelope: &Arc<Envelope>,
    ) -> Result<Vec<(Lane, Work)>, DecodeError> {
        let data = envelope.data();
        macro_rules! handle {
            ($model:ident, $method:ident) => {{
                let Some(bot) = self.addressed(data) else { return Ok(Vec::new()) };
                let object = data.object()?;
                let event = $model::new(object.need("PARAMS")?, object.get("USER")?);
                Ok(vec![self.in_dialog(portal, event, bot, envelope, |core, cx| {
                    Box::pin(async move { core.router.$method(Arc::clone(&core.bot), cx).await })
                })])
            }};
        }
        match name {
            "ONIMBOTMESSAGEADD" => handle!(MessageAdded, message),
            "ONIMBOTMESSAGEUPDATE" => handle!(MessageUpdated, message_updated),
            "ONIMBOTMESSAGEDELETE" => handle!(MessageDeleted, message_deleted),
            "ONIMBOTJOINCHAT" | "ONIMJOINCHAT" => handle!(Joined, joined),
            "ONIMCOMMANDADD" => self.commands(portal, envelope),
            "ONAPPUNINSTALL" => Ok(self.outside(portal, |core, portal| {
                Box::pin(async move {
                    tracing::info!(domain = portal.installation.domain, "uninstalled");
                    if let Err(error) = core.portals.remove(&portal.installation).await {
                        tracing::error!("the portal could not be forgotten: {error}");
                    }
                })
            })),
            _ if name.starts_with(SECOND) => self.second(portal, name, envelope),
            _ => Event::decode(name, data).map(|event| self.rare(portal, event, Arc::clone(envelope))),
        }
    }

    /// A portal with what has become known of it since.
    pub(super) fn current(&self, portal: Arc<Portal>) -> Arc<Portal> {
        self.portals.find(&portal.installation.member_id).unwrap_or(portal)
    }

    /// The commands of an event that are this bot's.
    fn commands(self: &Arc<Self>, portal: &Portal, envelope: &Arc<Envelope>) -> Result<Vec<(Lane, Work)>, DecodeError> {
        let data = envelope.data().object()?;
        let (params, user): (CommandParams, Option<EventUser>) = (data.need("PARAMS")?, data.get("USER")?);
        let mut work = Vec::new();
        for (id, command) in envelope.data().get("COMMAND").map(Node::members).unwrap_or_default() {
            if command.get("BOT_CODE").and_then(Node::text).as_deref() != Some(&self.router.profile.code) {
                continue;
            }
            let place = |error: DecodeError| error.at(&id).at("COMMAND");
            let bot = command.object().and_then(|object| object.need("BOT_ID")).map_err(place)?;
            let called = CommandCalled::read(command, &params, user.as_ref()).map_err(place)?;
            work.push(self.in_dialog(portal, called, bot, envelope, |core, cx| {
                Box::pin(async move { core.router.command_called(Arc::clone(&core.bot), cx).await })
            }));
        }
        Ok(work)
    }

    pub(super) fn rare(
        self: &Arc<Self>,
        portal: &Arc<Portal>,
        event: Event,
        envelope: Arc<Envelope>,
    ) -> Vec<(Lane, Work)> {
        match event {
            Event::ImbotDelete(event) if event.bot_code == self.router.profile.code => {
                self.gone(portal, event.bot_id, envelope)
            }
            Event::AppUpdate(AppUpdate { language_id, version, previous_version }) => {
                self.outside(portal, move |core, portal| {
                    Box::pin(async move {
                        core.reconcile(&portal).await;
                        let portal = core.current(portal);
                        let event = AppUpdated { version, previous: previous_version, language: language_id };
                        let cx = context(&portal, event, None, envelope);
                        core.router.updated(Arc::clone(&core.bot), cx).await;
                    })
                })
            }
            Event::Other { name, data } => self.outside(portal, move |core, portal| {
                Box::pin(async move {
                    let cx = context(&portal, OtherEvent { name, data }, None, envelope);
                    core.router.other(Arc::clone(&core.bot), cx).await;
                })
            }),
            // The deletion of another bot; the rest is taken before it comes here.
            _ => Vec::new(),
        }
    }

    /// Our bot among those that an event is meant for.
    fn addressed(&self, data: Node<'_>) -> Option<BotId> {
        let bots = data.get("BOT").map(Node::members).unwrap_or_default();
        let own = bots.into_iter().find_map(|(id, bot)| {
            let code = bot.get("BOT_CODE").and_then(Node::text)?;
            if code == self.router.profile.code { id.parse().ok() } else { None }
        });
        if own.is_none() {
            tracing::warn!(code = self.router.profile.code, "an event for other bots came");
        }
        own
    }

    pub(super) fn in_dialog<E: InDialog>(
        self: &Arc<Self>,
        portal: &Portal,
        event: E,
        bot: BotId,
        envelope: &Arc<Envelope>,
        handle: impl FnOnce(Arc<Self>, Cx<E>) -> Work,
    ) -> (Lane, Work) {
        let dialog: DialogId = event.chat().dialog;
        let cx = context(portal, event, Some(bot), Arc::clone(envelope));
        ((portal.installation.member_id.clone(), dialog.to_string()), handle(Arc::clone(self), cx))
    }

    pub(super) fn outside(
        self: &Arc<Self>,
        portal: &Arc<Portal>,
        handle: impl FnOnce(Arc<Self>, Arc<Portal>) -> Work,
    ) -> Vec<(Lane, Work)> {
        let lane = (portal.installation.member_id.clone(), NO_DIALOG.to_owned());
        vec![(lane, handle(Arc::clone(self), Arc::clone(portal)))]
    }
}

/// What a stranger sent, cut to what a log line should hold.
pub(super) fn short(text: &str) -> &str {
    const MOST: usize = 60;
    text.char_indices().nth(MOST).map_or(text, |(end, _)| &text[..end])
}

/// The bot speaks through the API that it is registered with; where that is not known, through the one that told it.
pub(super) fn context<E>(portal: &Portal, event: E, bot: Option<BotId>, envelope: Arc<Envelope>) -> Cx<E> {
    let registration = portal.installation.registration.as_ref();
    let is_second = || envelope.name().is_ok_and(|name| name.starts_with(SECOND));
    let api = match registration {
        Some(registration) => registration.api,
        None if is_second() => BotApi::V2,
        None => BotApi::V1,
    };
    let bot = bot.or(registration.map(|registration| registration.bot));
    let client = bot.map_or_else(|| portal.client.clone(), |bot| portal.client.as_bot(bot));
    Cx::new(event, Voice { client, api }, bot, portal.installation.domain.clone(), envelope)
}
