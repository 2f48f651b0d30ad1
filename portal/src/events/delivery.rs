use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError, Weak},
    time::{Duration, Instant},
};

use reqwest::header::CONTENT_TYPE;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot, watch};

use super::form;
use crate::{hub::Hub, ids::EntryId, journal::Outcome};

/// How long a handler may take. The platform gives up after a minute, too.
const PATIENCE: Duration = Duration::from_mins(1);
/// How much of an answer the journal keeps.
const ANSWER_KEPT: usize = 4096;

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
            tokio::spawn(drive(Arc::downgrade(hub), stops));
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
            self.secure.get_or_init(|| client(reqwest::Client::builder())).clone()
        } else {
            self.plain.get_or_init(|| client(reqwest::Client::builder().tls_certs_only([]))).clone()
        }
    }
}

fn client(builder: reqwest::ClientBuilder) -> reqwest::Client {
    // Installed already where the embedding program uses TLS itself.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = builder.no_proxy().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none());
    builder.build().unwrap_or_default()
}

async fn drive(hub: Weak<Hub>, mut stops: mpsc::UnboundedReceiver<Delivery>) {
    while let Some(delivery) = stops.recv().await {
        let Some(client) = hub.upgrade().map(|hub| hub.courier().client(&delivery.url)) else { return };
        let started = Instant::now();
        let answer = post(&client, &delivery).await;
        let took = started.elapsed();
        let Some(hub) = hub.upgrade() else { return };
        let receipt = answer.as_ref().map(|(status, _)| *status).map_err(Clone::clone);
        hub.with(|state| state.conclude(delivery.entry, outcome(answer, took)));
        hub.courier().under_way.send_modify(|count| *count -= 1);
        if let Some(waiting) = delivery.receipt {
            // Whoever asked may have gone.
            let _ = waiting.send(receipt);
        }
    }
}

async fn post(client: &reqwest::Client, delivery: &Delivery) -> Result<(u16, String), String> {
    let request = client.post(&delivery.url).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let response = request.body(form::encode(&delivery.form)).send().await.map_err(|error| reason(&error))?;
    let status = response.status().as_u16();
    let mut text = response.text().await.map_err(|error| reason(&error))?;
    if text.len() > ANSWER_KEPT {
        text.truncate(text.floor_char_boundary(ANSWER_KEPT));
    }
    Ok((status, text))
}

fn outcome(answer: Result<(u16, String), String>, took: Duration) -> Outcome {
    match answer {
        Ok((status, text)) => {
            let error = (status != 200).then(|| "lost: the handler did not answer 200".to_owned());
            let response = serde_json::from_str(&text).unwrap_or(Value::String(text));
            Outcome { status, response, error, took }
        }
        Err(reason) => Outcome { status: 0, response: Value::Null, error: Some(format!("lost: {reason}")), took },
    }
}

/// The innermost cause, which says what happened: "Connection refused".
fn reason(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    if error.is_timeout() { "no answer in time".to_owned() } else { cause.to_string() }
}
