//! Events that a portal keeps until it is asked for them.
//!
//! Each question confirms what was taken of the answer before, and the portal forgets only that. So nothing is lost
//! when a bot ends between an answer and the next question, and what it has taken is not taken again.

use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use b24_storage::Encoding;
use tokio::{sync::watch, task::JoinHandle};

use super::{
    core::{Arrival, Core, Verdict},
    envelope::Envelope,
    portals::Portal,
};
use crate::{
    Bot, Client, Error,
    api::imbot::v2::event::{self, GetResult},
    bot::{Delivery, Registration},
    types::BotId,
};

/// How often a portal is asked for events. The default is what the platform asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FetchPace {
    /// The pause where more events wait already.
    pub more: Duration,
    /// The pause after an answer that held events. Without any it grows.
    pub least: Duration,
    /// The longest pause.
    pub most: Duration,
}

impl Default for FetchPace {
    fn default() -> Self {
        Self { more: Duration::from_secs(2), least: Duration::from_secs(5), most: Duration::from_secs(30) }
    }
}

impl FetchPace {
    /// For a portal on this machine, which nobody else asks.
    pub(super) const LOCAL: Self =
        Self { more: Duration::ZERO, least: Duration::from_millis(10), most: Duration::from_millis(100) };
}

/// How many events an answer holds at most.
const PAGE: i64 = 100;
/// The longest pause after failures.
const LONGEST_RETREAT: Duration = Duration::from_mins(5);

/// The portals that are being asked.
#[derive(Debug, Default)]
pub(super) struct Fetching {
    stop: watch::Sender<bool>,
    tasks: Mutex<HashMap<String, JoinHandle<()>>>,
}

impl Fetching {
    fn start<F>(&self, member_id: &str, fetch: impl FnOnce(watch::Receiver<bool>) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let mut tasks = self.tasks();
        if *self.stop.borrow() || tasks.get(member_id).is_some_and(|task| !task.is_finished()) {
            return;
        }
        tasks.insert(member_id.to_owned(), tokio::spawn(fetch(self.stop.subscribe())));
    }

    /// Asks no more. What was answered already is taken first.
    pub(super) async fn stop(&self) {
        self.stop.send_replace(true);
        let tasks = std::mem::take(&mut *self.tasks());
        for task in tasks.into_values() {
            // One that panicked has nothing to finish.
            let _ = task.await;
        }
    }

    pub(super) fn abort(&self) {
        self.tasks().values().for_each(JoinHandle::abort);
    }

    fn tasks(&self) -> MutexGuard<'_, HashMap<String, JoinHandle<()>>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<B: Bot> Core<B> {
    /// Begins to ask a portal for events, where its bot gets them so and nobody asks already.
    pub(super) fn fetch_from(self: &Arc<Self>, member_id: &str) {
        if self.waiting(member_id).is_some() {
            let (core, member_id) = (Arc::clone(self), member_id.to_owned());
            self.fetching.start(&member_id.clone(), |stop| async move { core.fetch(&member_id, stop).await });
        }
    }

    /// A portal where events may wait for the bot.
    fn waiting(&self, member_id: &str) -> Option<(Arc<Portal>, Registration)> {
        let portal = self.portals.find(member_id)?;
        let registration = portal.installation.registration.clone().filter(Registration::is_fetching)?;
        Some((portal, registration))
    }

    async fn fetch(self: &Arc<Self>, member_id: &str, mut stop: watch::Receiver<bool>) {
        let mut pace = Pace::new(self.settings.fetch_pace);
        let mut taken: Option<(Client, BotId, i64)> = None;
        while let Some((portal, registration)) = self.waiting(member_id) {
            let domain = portal.installation.domain.as_str();
            let answer = tokio::select! {
                answer = ask(&portal.client, registration.bot, registration.offset) => answer,
                _ = stop.wait_for(|stop| *stop) => return,
            };
            let pause = match answer {
                Ok(page) => {
                    let step = self.take_page(&portal, &registration, page).await;
                    self.remember(member_id, &registration, step.offset).await;
                    taken = step.offset.map(|offset| (portal.client.clone(), registration.bot, offset));
                    pace.after(&step)
                }
                Err(error) if error.code() == Some("BOT_NOT_FOUND") => {
                    tracing::warn!(domain, "the bot is not on the portal any more: its events are not fetched");
                    return;
                }
                Err(error) => {
                    let pause = pace.after_failure();
                    tracing::warn!(domain, seconds = pause.as_secs(), "events could not be fetched: {error}");
                    pause
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
        // The end of the bot was the last thing to take. Whoever asks for a bot that is gone is told so, or is not.
        if let Some((client, bot, offset)) = taken {
            let _ = ask(&client, bot, Some(offset)).await;
        }
    }

    /// Takes the events of an answer one after the other, up to the first for which there is no room.
    async fn take_page(&self, portal: &Portal, registration: &Registration, page: GetResult) -> Step {
        let mut step = Step { offset: registration.offset, ..Step::default() };
        for event in page.events {
            let (id, name) = (event.event_id, event.r#type.clone());
            let (envelope, body) = Envelope::fetched(event);
            let arrival = Arrival { encoding: Encoding::Json, body, envelope };
            match self.keep(portal, name.as_str().to_ascii_uppercase(), arrival).await {
                Ok(Verdict::Taken | Verdict::Known) => {}
                Ok(Verdict::Unreadable(reason)) => unreadable(id, name.as_str(), &reason),
                Err(error) => unreadable(id, name.as_str(), &error.to_string()),
                Ok(verdict) => {
                    tracing::warn!(event = id, "an event is left with the portal for now: {verdict:?}");
                    return Step { is_held_up: true, ..step };
                }
            }
            step.count += 1;
            step.offset = step.offset.max(Some(id.saturating_add(1)));
        }
        // Older portals tell the last event in place of the next.
        let next = page.next_offset.or(page.last_event_id.map(|last| last.saturating_add(1)));
        step.offset = step.offset.max(next);
        step.has_more = page.has_more.unwrap_or_default();
        // A bot that is sent its events has none waiting once it has seen the last.
        if registration.delivery == Delivery::Post && step.count == 0 && !step.has_more {
            step.offset = None;
        }
        step
    }

    /// Keeps how far the bot has come, before the portal hears of it.
    async fn remember(&self, member_id: &str, registration: &Registration, offset: Option<i64>) {
        if registration.offset == offset {
            return;
        }
        let change = self.portals.change(member_id, |known| {
            if let Some(known) = known.registration.as_mut().filter(|known| known.bot == registration.bot) {
                known.offset = offset;
            }
        });
        if let Err(error) = change.await {
            tracing::error!("which events were fetched could not be kept: {error}; some may come again");
        }
    }
}

fn unreadable(id: i64, name: &str, reason: &str) {
    tracing::error!(event = id, name, "an event that cannot be read is left out: {reason}");
}

async fn ask(client: &Client, bot: BotId, offset: Option<i64>) -> Result<GetResult, Error> {
    let request = event::get().bot_id(bot).limit(PAGE);
    client.call(if let Some(offset) = offset { request.offset(offset) } else { request }).await
}

/// What became of an answer.
#[derive(Default)]
struct Step {
    /// The event to ask for next.
    offset: Option<i64>,
    count: usize,
    has_more: bool,
    /// Whether there was no room for all.
    is_held_up: bool,
}

/// How long to wait before the next question.
struct Pace {
    limits: FetchPace,
    idle: Duration,
    failures: u32,
}

impl Pace {
    fn new(limits: FetchPace) -> Self {
        Self { limits, idle: limits.least, failures: 0 }
    }

    fn after(&mut self, step: &Step) -> Duration {
        self.failures = 0;
        if step.has_more {
            self.idle = self.limits.least;
            return self.limits.more;
        }
        if step.count > 0 || step.is_held_up {
            self.idle = self.limits.least;
        }
        let pause = self.idle;
        self.idle = (self.idle.saturating_mul(3) / 2).min(self.limits.most);
        pause
    }

    /// Twice as long each time.
    fn after_failure(&mut self) -> Duration {
        let pause = self.limits.least.saturating_mul(1 << self.failures.min(16));
        self.failures += 1;
        pause.min(LONGEST_RETREAT)
    }
}

#[cfg(test)]
mod tests {
    use super::{FetchPace, Pace, Step};

    #[test]
    fn a_quiet_portal_is_asked_less_and_less_and_a_busy_one_as_often_as_it_likes() {
        let mut pace = Pace::new(FetchPace::default());
        let (nothing, some) = (Step::default(), Step { count: 1, ..Step::default() });
        let quiet: Vec<u128> = (0..6).map(|_| pace.after(&nothing).as_millis()).collect();
        assert_eq!(quiet, [5_000, 7_500, 11_250, 16_875, 25_312, 30_000]);
        assert_eq!(pace.after(&some).as_secs(), 5);
        assert_eq!(pace.after(&Step { has_more: true, ..some }).as_secs(), 2);
    }

    #[test]
    fn failures_are_waited_out_ever_longer_until_one_question_is_answered() {
        let mut pace = Pace::new(FetchPace::default());
        let pauses: Vec<u64> = (0..8).map(|_| pace.after_failure().as_secs()).collect();
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 300, 300]);
        pace.after(&Step::default());
        assert_eq!(pace.after_failure().as_secs(), 5);
    }
}
