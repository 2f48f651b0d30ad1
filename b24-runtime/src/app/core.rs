//! What happens with an event: who sent it, and whether it is kept.

use std::sync::{Arc, atomic::AtomicBool};

use b24_storage::{Delivery, Encoding, Inbox, Put};
use bytes::Bytes;
use jiff::Timestamp;
use tokio::sync::{Semaphore, watch};

use super::{
    Credentials, Installation, Settings,
    envelope::Envelope,
    fetch::Fetching,
    job::{self, Job},
    metrics::Metrics,
    portals::{Portal, Portals},
};
use crate::{
    Bot, Router,
    bot::{RegisterError, Registration, Terms, bind_events, choose, reconcile},
    wire::DecodeError,
};

/// A bot with everything it needs to take events and to handle them.
pub(super) struct Core<B> {
    pub(super) bot: Arc<B>,
    pub(super) router: Router<B>,
    pub(super) settings: Settings,
    pub(super) portals: Arc<Portals>,
    pub(super) inbox: Arc<dyn Inbox>,
    /// The address that portals are given. Behind a webhook it ends in a key that nobody else knows.
    pub(super) handler: String,
    /// Installations that are being verified: each costs the authorization server a call.
    pub(super) verifying: Semaphore,
    /// How many portals are being brought in line with the code because the bot has just started.
    pub(super) starting: watch::Sender<usize>,
    pub(super) stopping: Arc<AtomicBool>,
    pub(super) metrics: Metrics,
    pub(super) fetching: Arc<Fetching>,
}

/// An event as it came, and what it was read as.
pub(super) struct Arrival {
    pub(super) encoding: Encoding,
    pub(super) body: Bytes,
    pub(super) envelope: Envelope,
}

/// What an arrival was read as: kept beside it, so that it is read once.
pub(super) struct Read {
    pub(super) envelope: Arc<Envelope>,
    pub(super) jobs: Vec<Job>,
}

/// What became of an event.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Taken: it will be handled.
    Taken,
    /// Taken before: it will not be handled again.
    Known,
    /// From a portal that is trusted, but not what the spec says.
    Unreadable(String),
    /// Not from a portal that is trusted.
    Refused(String),
    /// Too much is waiting already.
    Full,
    /// It could not be kept.
    Failed(String),
}

impl<B: Bot> Core<B> {
    /// Takes an event. `key` is what the request's address ended in.
    pub(super) async fn take(self: &Arc<Self>, arrival: Arrival, key: Option<&str>) -> Verdict {
        let verdict = match self.verify(arrival, key).await {
            Ok(verdict) => verdict,
            Err(error) => Verdict::Unreadable(error.to_string()),
        };
        self.metrics.came(&verdict);
        verdict
    }

    async fn verify(self: &Arc<Self>, arrival: Arrival, key: Option<&str>) -> Result<Verdict, DecodeError> {
        let envelope = &arrival.envelope;
        let name = envelope.name()?;
        let sender = envelope.sender()?;
        let portal = match &self.settings.credentials {
            Credentials::Application(app) if name == "ONAPPINSTALL" => return self.install(app, arrival).await,
            Credentials::Application(_) => self
                .portals
                .find_anywhere(&sender.member_id, &self.settings.credentials)
                .await
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
        self.keep(&portal, name, arrival).await
    }

    /// Keeps an event of a portal that is trusted.
    pub(super) async fn keep(&self, portal: &Portal, name: String, arrival: Arrival) -> Result<Verdict, DecodeError> {
        let Arrival { encoding, body, envelope } = arrival;
        let jobs = self.jobs(&portal.installation, &name, &envelope).map_err(|error| error.at("data"))?;
        let Some(first) = jobs.first() else { return Ok(Verdict::Taken) };
        let delivery = Delivery {
            portal: portal.installation.member_id.clone(),
            dialog: first.place().map(|(_, dialog)| dialog.to_string()).unwrap_or_default(),
            identity: job::identity(&name, &jobs, &body),
            event: name,
            received: Timestamp::now(),
            attempts: 0,
            encoding,
            body,
            read: Some(Box::new(Read { envelope: Arc::new(envelope), jobs })),
        };
        Ok(match self.inbox.put(delivery).await {
            Ok(Put::Stored) => Verdict::Taken,
            Ok(Put::Duplicate) => Verdict::Known,
            Ok(Put::Full) => Verdict::Full,
            Err(error) => {
                tracing::error!("an event could not be kept: {error}");
                Verdict::Failed("the event could not be kept".to_owned())
            }
        })
    }

    /// What an event asks of this bot.
    pub(super) fn jobs(
        &self,
        installation: &Installation,
        name: &str,
        envelope: &Envelope,
    ) -> Result<Vec<Job>, DecodeError> {
        let registered = installation.registration.as_ref().map(|registration| registration.bot);
        Job::read(name, envelope, &self.router.profile.code, registered)
    }

    /// Brings a portal in line with the code. What could be done is remembered even if the rest could not.
    pub(super) async fn reconcile(self: &Arc<Self>, portal: &Portal) -> Result<(), RegisterError> {
        let _in_line = portal.line.lock().await;
        let member_id = &portal.installation.member_id;
        // Other work may have changed what is known while this waited.
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

    /// As [`Core::reconcile`], beside everything else.
    pub(super) fn reconcile_later(self: &Arc<Self>, portal: Arc<Portal>) {
        let core = Arc::clone(self);
        core.starting.send_modify(|count| *count += 1);
        tokio::spawn(async move {
            if let Err(error) = core.reconcile(&portal).await {
                tracing::error!(domain = portal.installation.domain, "the bot could not be registered: {error}");
            }
            core.starting.send_modify(|count| *count -= 1);
        });
    }
}

/// What a stranger sent, cut to what a log line should hold.
pub(super) fn short(text: &str) -> &str {
    const MOST: usize = 60;
    text.char_indices().nth(MOST).map_or(text, |(end, _)| &text[..end])
}
