mod pace;
mod post;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError, Weak},
    time::{Duration, Instant},
};

use serde_json::Value;
use tokio::sync::{mpsc, oneshot, watch};

use self::pace::Pace;
use crate::{
    faults::{Fault, Stage},
    hub::Hub,
    ids::EntryId,
    journal::Outcome,
    state::State,
};

/// How long an event waits to be overtaken, where a fault wants that.
const OVERTAKING: Duration = Duration::from_secs(1);

/// An event on its way to a handler. It is sent once; whatever does not answer with 200 has missed it.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) url: String,
    pub(crate) form: Value,
    pub(crate) entry: EntryId,
    /// Told how it ended, where somebody waits for that.
    pub(crate) receipt: Option<oneshot::Sender<Result<u16, String>>>,
}

/// Delivers events: those to one address one after the other, those to different addresses at once.
#[derive(Default)]
pub(crate) struct Courier {
    routes: Mutex<HashMap<String, mpsc::UnboundedSender<Delivery>>>,
    under_way: watch::Sender<usize>,
    plain: OnceLock<reqwest::Client>,
    secure: OnceLock<reqwest::Client>,
}

impl Courier {
    pub(crate) fn send(&self, hub: &Arc<Hub>, delivery: Delivery) {
        self.under_way.send_modify(|count| *count += 1);
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let route = routes.entry(delivery.url.clone()).or_insert_with(|| {
            let (route, stops) = mpsc::unbounded_channel();
            tokio::spawn(Route { hub: Arc::downgrade(hub), stops, pace: Pace::default() }.drive());
            route
        });
        // A route ends with the hub only.
        let _ = route.send(delivery);
    }

    /// How many deliveries are waiting or being made.
    pub(crate) fn under_way(&self) -> watch::Receiver<usize> {
        self.under_way.subscribe()
    }

    /// Loading the root certificates takes longer than everything else a portal does to start, and the handlers of
    /// tests have no TLS: so there is a client without them.
    fn client(&self, url: &str) -> reqwest::Client {
        if url.starts_with("https:") {
            self.secure.get_or_init(|| post::client(reqwest::Client::builder())).clone()
        } else {
            self.plain.get_or_init(|| post::client(reqwest::Client::builder().tls_certs_only([]))).clone()
        }
    }
}

/// The way to one address.
struct Route {
    /// It ends with the portal, whatever is still to be delivered.
    hub: Weak<Hub>,
    stops: mpsc::UnboundedReceiver<Delivery>,
    pace: Pace,
}

impl Route {
    async fn drive(mut self) -> Option<()> {
        while let Some(delivery) = self.stops.recv().await {
            let faults = self.strike(&delivery)?;
            if faults.contains(&Fault::Overtake) {
                let timer = self.with(|state| state.clock.timer(OVERTAKING))?;
                let next = tokio::select! {
                    next = self.stops.recv() => next,
                    () = timer.wait() => None,
                };
                if let Some(next) = next {
                    let faults = self.strike(&next)?;
                    self.pass(next, &faults).await?;
                }
            }
            self.pass(delivery, &faults).await?;
        }
        None
    }

    fn with<R>(&self, act: impl FnOnce(&mut State) -> R) -> Option<R> {
        self.hub.upgrade().map(|hub| hub.with(act))
    }

    fn strike(&self, delivery: &Delivery) -> Option<Vec<Fault>> {
        let event = delivery.form.get("event").and_then(Value::as_str).unwrap_or_default();
        self.with(|state| state.faults.strike(Stage::Event, event, |_| true))
    }

    /// Brings a delivery to its handler, or does not, where a fault wants it so.
    async fn pass(&mut self, delivery: Delivery, faults: &[Fault]) -> Option<()> {
        for fault in faults {
            if let Fault::Delay(by) = fault {
                self.hold(&delivery, *by).await?;
            }
        }
        if faults.contains(&Fault::Lose) {
            return self.conclude(delivery, Err(format!("fault: {}", Fault::Lose)), Duration::ZERO);
        }
        let twin = if faults.contains(&Fault::Repeat) { Some(self.twin(&delivery)?) } else { None };
        self.deliver(delivery).await?;
        match twin {
            Some(twin) => self.deliver(twin).await,
            None => Some(()),
        }
    }

    fn twin(&self, delivery: &Delivery) -> Option<Delivery> {
        let hub = self.hub.upgrade()?;
        hub.courier().under_way.send_modify(|count| *count += 1);
        let entry = hub.with(|state| state.note_again(delivery.entry));
        Some(Delivery { url: delivery.url.clone(), form: delivery.form.clone(), entry, receipt: None })
    }

    async fn deliver(&mut self, delivery: Delivery) -> Option<()> {
        let pause = self.pace.pause();
        if !pause.is_zero() {
            self.hold(&delivery, pause).await?;
        }
        let client = self.hub.upgrade()?.courier().client(&delivery.url);
        let started = Instant::now();
        let answer = post::post(&client, &delivery).await;
        let took = started.elapsed();
        if let Some(limit) = self.with(|state| state.settings.limits.handler)? {
            self.pace.learn(took > limit);
        }
        self.conclude(delivery, answer, took)
    }

    /// Lets some of the portal's time pass before an event is sent.
    async fn hold(&self, delivery: &Delivery, time: Duration) -> Option<()> {
        let timer = self.with(|state| {
            state.note_hold(delivery.entry, time);
            state.clock.timer(time)
        })?;
        timer.wait().await;
        Some(())
    }

    fn conclude(&self, delivery: Delivery, answer: Result<(u16, String), String>, took: Duration) -> Option<()> {
        let hub = self.hub.upgrade()?;
        let receipt = answer.as_ref().map(|(status, _)| *status).map_err(Clone::clone);
        hub.with(|state| state.conclude(delivery.entry, outcome(answer, took)));
        hub.courier().under_way.send_modify(|count| *count -= 1);
        if let Some(waiting) = delivery.receipt {
            // Whoever asked may have gone.
            let _ = waiting.send(receipt);
        }
        Some(())
    }
}

fn outcome(answer: Result<(u16, String), String>, took: Duration) -> Outcome {
    match answer {
        Ok((status, text)) => {
            let error = (status != 200).then(|| "lost: the handler did not answer 200".to_owned());
            let response = serde_json::from_str(&text).unwrap_or(Value::String(text));
            Outcome::new(status, &response, error, took)
        }
        Err(reason) => Outcome::new(0, &Value::Null, Some(format!("lost: {reason}")), took),
    }
}
