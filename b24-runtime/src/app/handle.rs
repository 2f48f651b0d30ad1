//! What happens with an event that was taken: its handler runs, within bounds, and what went wrong is judged.

use std::{
    fmt,
    panic::AssertUnwindSafe,
    pin::pin,
    sync::Arc,
    time::{Duration, Instant},
};

use b24_storage::{Delivery, End};
use futures_util::FutureExt;
use tracing::Instrument;

use super::{
    Installation,
    core::{Core, Read},
    envelope::{Envelope, NotAnEvent},
    job::{Job, api_of},
    portals::Portal,
};
use crate::{
    Bot, Client, Cx, Failure, Result,
    bot::{RegisterError, Registration, Voice},
    client::{Effects, in_lane},
    types::{BotId, DialogId},
    wire::DecodeError,
};

/// A portal shows for this long that somebody is writing.
const TYPING_LASTS: Duration = Duration::from_secs(20);

/// Why a handler did not do its work.
enum Broken {
    Failed(Failure),
    Panicked(String),
    TooSlow(Duration),
}

/// What belongs to the handling of one event.
struct Handling {
    portal: Arc<Portal>,
    envelope: Arc<Envelope>,
    /// What the handler did on the portal so far.
    effects: Effects,
    attempts: u32,
}

impl<B: Bot> Core<B> {
    /// Handles one event after the other until the inbox gives out no more.
    pub(super) async fn work(self: Arc<Self>) {
        while let Some(mut taken) = self.inbox.next().await {
            self.metrics.begun();
            let begun = Instant::now();
            let end = self.handle(&mut taken.delivery).await;
            self.metrics.ended(&end, begun.elapsed());
            self.inbox.conclude(taken, end).await;
        }
    }

    async fn handle(self: &Arc<Self>, delivery: &mut Delivery) -> End {
        let portal = self.portals.find_anywhere(&delivery.portal, &self.settings.credentials).await;
        let Some(portal) = portal else {
            tracing::info!(event = delivery.event, "an event of a portal that is gone was dropped");
            return End::Done;
        };
        let attempts = delivery.attempts;
        if attempts >= self.settings.handling.attempts {
            return End::Aside(format!("the process ended {attempts} times while it was being handled"));
        }
        let Read { envelope, jobs } = match self.read(&portal.installation, delivery) {
            Ok(read) => read,
            Err(reason) => return End::Aside(format!("it cannot be read any more: {reason}")),
        };
        let span = tracing::info_span!(
            "event",
            event = delivery.event,
            portal = portal.installation.domain,
            dialog = delivery.dialog,
            command = tracing::field::Empty
        );
        let handling = Handling { portal: Arc::clone(&portal), envelope, effects: Effects::default(), attempts };
        // Pinned here: it is large, and what goes around it would move it each time.
        let run = pin!(async {
            let mut end = End::Done;
            for job in jobs {
                let next = self.run(&handling, job).await;
                // What was set aside must be seen, whatever else is to be done again.
                if !matches!(end, End::Aside(_)) && next != End::Done {
                    end = next;
                }
            }
            if let End::Aside(reason) = &end {
                tracing::error!("set aside: {reason}");
            }
            end
        });
        in_lane(&delivery.dialog, run).instrument(span).await
    }

    /// What it was read as when it came, or else what its bytes say.
    fn read(&self, installation: &Installation, delivery: &mut Delivery) -> Result<Read, Unreadable> {
        if let Some(read) = delivery.read.take().and_then(|read| read.downcast().ok()) {
            return Ok(*read);
        }
        let envelope = Envelope::read(delivery.encoding, &delivery.body)?;
        let jobs = self.jobs(installation, &delivery.event, &envelope)?;
        Ok(Read { envelope: Arc::new(envelope), jobs })
    }

    async fn run(self: &Arc<Self>, handling: &Handling, job: Job) -> End {
        let (router, state, place) = (&self.router, Arc::clone(&self.bot), job.place());
        let portal = &handling.portal;
        let outcome = match job {
            Job::Message(bot, event) => {
                let cx = handling.context(event, Some(bot));
                self.guard(handling, place, router.message(state, cx)).await
            }
            Job::MessageUpdate(bot, event) => {
                let cx = handling.context(event, Some(bot));
                self.guard(handling, place, router.message_updated(state, cx)).await
            }
            Job::MessageDelete(bot, event) => {
                let cx = handling.context(event, Some(bot));
                self.guard(handling, place, router.message_deleted(state, cx)).await
            }
            Job::Join(bot, event) => {
                let cx = handling.context(event, Some(bot));
                self.guard(handling, place, router.joined(state, cx)).await
            }
            Job::Command(bot, event) => {
                tracing::Span::current().record("command", event.name.as_str());
                let cx = handling.context(event, Some(bot));
                let outcome = self.guard(handling, place, router.command_called(state, cx.clone())).await;
                let end = self.judge(handling, outcome);
                if matches!(end, End::Aside(_))
                    && let Err(failure) = cx.reply("Sorry, that went wrong.").await
                {
                    tracing::error!("nor could that be said: {failure}");
                }
                return end;
            }
            Job::Reaction(bot, event) => {
                let cx = handling.context(event, Some(bot));
                self.guard(handling, place, router.reacted(state, cx)).await
            }
            Job::Context(bot, event) => {
                let cx = handling.context(event, Some(bot));
                self.guard(handling, place, router.context_given(state, cx)).await
            }
            Job::Install(event) => {
                self.guard(handling, None, async {
                    let now = handling.on(self.reconciled(portal).await?);
                    router.installed(state, now.context(event, None)).await
                })
                .await
            }
            Job::Update(event) => {
                self.guard(handling, None, async {
                    let now = handling.on(self.reconciled(portal).await?);
                    router.updated(state, now.context(event, None)).await
                })
                .await
            }
            Job::BotDelete(bot, event) => {
                let cx = handling.context(event, Some(bot));
                self.guard(handling, None, async {
                    self.portals.change(&portal.installation.member_id, |known| known.registration = None).await?;
                    router.deleted(state, cx).await
                })
                .await
            }
            Job::Uninstall => self.guard(handling, None, self.uninstall(handling)).await,
            Job::Other(event) => {
                let cx = handling.context(event, None);
                self.guard(handling, None, router.other(state, cx)).await
            }
        };
        self.judge(handling, outcome)
    }

    /// A portal that was brought in line with the code.
    async fn reconciled(self: &Arc<Self>, portal: &Arc<Portal>) -> Result<Arc<Portal>> {
        self.reconcile(portal).await.map_err(|error| match error {
            RegisterError::Call(error) => Failure::Call(error),
            RegisterError::TooOld { .. } => Failure::from(error),
        })?;
        Ok(self.portals.find(&portal.installation.member_id).unwrap_or_else(|| Arc::clone(portal)))
    }

    async fn uninstall(&self, handling: &Handling) -> Result {
        let installation = &handling.portal.installation;
        let token = handling.envelope.sender()?.application_token;
        // A portal that was installed anew while this waited stays, as does one behind a webhook, which has no other.
        if installation.application_token.matches(&token) {
            tracing::info!("uninstalled");
            self.portals.remove(installation).await?;
        }
        Ok(())
    }

    /// Lets a handler run for as long as it may, shows meanwhile that the bot is writing, and contains its panic.
    async fn guard(
        &self,
        handling: &Handling,
        place: Option<(BotId, DialogId)>,
        handler: impl Future<Output = Result>,
    ) -> Result<(), Broken> {
        let limits = &self.settings.handling;
        let mut handler = pin!(AssertUnwindSafe(handler).catch_unwind());
        let watched = async {
            let mut pause = limits.typing_after;
            loop {
                // A handler that is done at once costs no timer.
                if let Ok(done) = tokio::time::timeout(pause, handler.as_mut()).await {
                    return done;
                }
                pause = TYPING_LASTS;
                if let Some((bot, dialog)) = place {
                    tokio::spawn(typing(handling.voice(handling.portal.client.as_bot(bot)), dialog));
                }
            }
        };
        match tokio::time::timeout(limits.time_limit, watched).await {
            Ok(Ok(result)) => result.map_err(Broken::Failed),
            Ok(Err(panic)) => Err(Broken::Panicked(words(&*panic))),
            Err(_) => Err(Broken::TooSlow(limits.time_limit)),
        }
    }

    /// What is to become of an event after a run of its handler. It is run again where that can help and harms nobody:
    /// not after it changed something on the portal, which would happen twice.
    fn judge(&self, handling: &Handling, outcome: Result<(), Broken>) -> End {
        let Err(broken) = outcome else { return End::Done };
        let limits = &self.settings.handling;
        let attempt = handling.attempts + 1;
        if broken.may_pass() && handling.effects.are_none() && attempt < limits.attempts {
            let pause = limits.pause * 4_u32.pow(handling.attempts.min(8));
            tracing::warn!(attempt, ?pause, "a handler failed and is run again: {broken}");
            return End::Again(pause);
        }
        End::Aside(broken.to_string())
    }
}

impl Handling {
    /// The same on a portal of which more has become known.
    fn on(&self, portal: Arc<Portal>) -> Self {
        Self { portal, envelope: Arc::clone(&self.envelope), effects: self.effects.clone(), attempts: self.attempts }
    }

    fn context<E>(&self, event: impl Into<Box<E>>, bot: Option<BotId>) -> Cx<E> {
        let bot = bot.or(self.registration().map(|registration| registration.bot));
        let client = self.portal.client.noting(self.effects.clone());
        let voice = self.voice(bot.map_or_else(|| client.clone(), |bot| client.as_bot(bot)));
        Cx::new(event.into(), voice, bot, self.portal.installation.domain.clone(), Arc::clone(&self.envelope))
    }

    /// The bot speaks through the API that it is registered with; where that is not known, through the one that told
    /// the event.
    fn voice(&self, client: Client) -> Voice {
        let told = || api_of(&self.envelope.name().unwrap_or_default());
        Voice { client, api: self.registration().map_or_else(told, |registration| registration.api) }
    }

    fn registration(&self) -> Option<&Registration> {
        self.portal.installation.registration.as_ref()
    }
}

async fn typing(voice: Voice, dialog: DialogId) {
    if let Err(error) = voice.typing(dialog).await {
        tracing::debug!("that the bot is writing could not be shown: {error}");
    }
}

impl Broken {
    /// Whether it may go well another time. A bug stays, and what took too long once does so again.
    fn may_pass(&self) -> bool {
        match self {
            Self::Failed(failure) => failure.may_pass(),
            Self::Panicked(_) | Self::TooSlow(_) => false,
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(failure) => failure.fmt(f),
            Self::Panicked(words) => write!(f, "the handler panicked: {words}"),
            Self::TooSlow(limit) => write!(f, "the handler took longer than {limit:?}"),
        }
    }
}

/// What a panic says.
fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("without a word").to_owned()
}

/// Why stored bytes are no event.
#[derive(Debug, thiserror::Error)]
enum Unreadable {
    #[error(transparent)]
    Envelope(#[from] NotAnEvent),
    #[error("data.{0}")]
    Data(#[from] DecodeError),
}
