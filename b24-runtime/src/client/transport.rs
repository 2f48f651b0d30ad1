//! One HTTP call and its answer.

use std::{
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use serde_json::{Map, Value};

use super::{
    Cause, Conditions, Error, Refusal, Repeats, Session,
    error::text,
    limiter::{self, Limiter, Priority},
    retry::Attempts,
    revision::{Notices, Revisions},
    session::origin,
    tally::Tally,
};
use crate::{request::Method, secret::Secret};

/// A portal ends a call after 60 seconds; a little longer tells its answer from a lost connection.
const CALL_TIMEOUT: Duration = Duration::from_secs(65);
pub(super) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Larger answers are not read: nothing that the API documents comes near.
const LARGEST_ANSWER: usize = 64 * 1024 * 1024;

/// A session, the connections it uses, and the limits of its portal.
#[derive(Debug)]
pub(crate) struct Transport {
    pub(super) session: Session,
    http: reqwest::Client,
    pub(super) limiter: Arc<Limiter>,
    pub(super) revisions: Revisions,
    pub(super) notices: Notices,
    tally: Arc<Tally>,
}

/// What a portal answered.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) result: Value,
    /// Where the next page of a list begins.
    pub(super) next: Option<u64>,
    /// How many items a list has.
    pub(super) total: Option<u64>,
}

/// How a call is made.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Manner {
    pub(super) priority: Priority,
    pub(super) repeats: Repeats,
}

/// A call, as often as it has to be made.
pub(super) struct Call<'a> {
    pub(super) name: &'a str,
    /// What the spec knows of it.
    pub(super) method: Option<&'static Method>,
    pub(super) is_idempotent: bool,
    pub(super) params: Map<String, Value>,
    pub(super) manner: Manner,
}

impl Transport {
    pub(crate) fn new(session: Session, Conditions { limit, tally }: Conditions) -> Result<Self, Error> {
        let http = connections().map_err(|error| Error::new("connect", Cause::Connection(error)))?;
        let limiter = Limiter::of(&session.portal(), limit);
        let (revisions, notices) = (Revisions::default(), Notices::default());
        Ok(Self { session, http, limiter, revisions, notices, tally })
    }

    /// Makes a call as soon as the limits of the portal let it, and again where that is safe and may help. Where the
    /// token has expired or the portal has moved, the token is renewed first, which tells the new address too.
    pub(super) async fn call(&self, call: Call<'_>) -> Result<Answer, Error> {
        let Call { name, method, is_idempotent, mut params, manner } = call;
        let is_rest3 = method.is_some_and(|method| method.rest3);
        let mut attempts = Attempts::new(manner.repeats, is_idempotent);
        let lane = limiter::lane();
        loop {
            self.limiter.admit(name, manner.priority, &lane).await;
            let (address, token) = self.session.address(name, is_rest3);
            if let Some(token) = &token {
                params.insert("auth".to_owned(), token.expose().into());
            }
            let mut error = match self.send(name, method, &address, &params).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            if error.is_turned_away()
                && let Some(token) = token
            {
                match self.session.renew(&self.http, &token).await {
                    Ok(true) => {
                        if let Some(wait) = attempts.with_new_token() {
                            tokio::time::sleep(wait).await;
                            continue;
                        }
                    }
                    Ok(false) => {}
                    Err(reason) => error = Error::new(name, Cause::Renewal(reason)),
                }
            }
            match error.code() {
                Some("QUERY_LIMIT_EXCEEDED") => self.limiter.overflowed(),
                Some("OPERATION_TIME_LIMIT") => self.limiter.exhausted(name),
                _ => {}
            }
            let Some(wait) = attempts.again(&error) else { return Err(error) };
            tracing::debug!(method = name, wait_ms = wait.as_millis(), "called again: {}", error.cause());
            tokio::time::sleep(wait).await;
        }
    }

    async fn send(
        &self,
        name: &str,
        method: Option<&'static Method>,
        address: &Secret,
        params: &Map<String, Value>,
    ) -> Result<Answer, Error> {
        let request = self.http.post(address.expose()).header("content-type", "application/json");
        // A map with keys of text can be written.
        let body = serde_json::to_vec(params).unwrap_or_default();
        self.exchange(name, method, request.body(body)).await
    }

    /// Sends a request and reads its answer.
    pub(super) async fn exchange(
        &self,
        name: &str,
        method: Option<&'static Method>,
        request: reqwest::RequestBuilder,
    ) -> Result<Answer, Error> {
        let started = Instant::now();
        let result = self.read(name, method, request).await;
        let took = started.elapsed();
        self.tally.count(&result, took);
        let outcome = result.as_ref().map_or_else(|error| error.cause().to_string(), |_| "answered".to_owned());
        tracing::debug!(method = name, ms = took.as_millis(), "called: {outcome}");
        result
    }

    async fn read(
        &self,
        name: &str,
        method: Option<&'static Method>,
        request: reqwest::RequestBuilder,
    ) -> Result<Answer, Error> {
        let fail = |cause| Error::new(name, cause);
        let lost = |error| fail(lost(error));
        let mut response = request.send().await.map_err(lost)?;
        let status = response.status();
        if status.is_redirection() {
            let location = response.headers().get("location").and_then(|value| value.to_str().ok());
            return Err(fail(Cause::Moved(location.map_or("an unknown address", origin).to_owned())));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > LARGEST_ANSWER {
                let start = format!("more than {LARGEST_ANSWER} bytes");
                return Err(fail(Cause::Unexpected { status: status.as_u16(), start }));
            }
        }
        let (answer, time) = answer(method, status.as_u16(), &bytes).map_err(fail)?;
        self.note_time(name, &time);
        Ok(answer)
    }

    /// Takes note of the `time` of an answer: for how long the method ran on the portal in the last ten minutes.
    pub(super) fn note_time(&self, method: &str, time: &Value) {
        let number = |name: &str| time.get(name).and_then(Value::as_f64);
        let Some(operating) = number("operating") else { return };
        // By the portal's own clock, which need not be ours.
        let resets_in = number("operating_reset_at").zip(number("finish")).map(|(reset, finish)| reset - finish);
        if let Some(resets_in) = resets_in.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()) {
            self.limiter.used(method, operating, resets_in);
        }
    }
}

/// Why an exchange came to no end.
pub(super) fn lost(error: reqwest::Error) -> Cause {
    if error.is_timeout() && !error.is_connect() { Cause::Timeout } else { Cause::Connection(error.without_url()) }
}

/// Why an answer that is none was given.
pub(super) fn refusal(status: u16, bytes: &[u8]) -> Cause {
    answer(None, status, bytes).err().unwrap_or(Cause::Unexpected { status, start: String::new() })
}

/// What stands under `result` in the body of an answer.
#[cfg(feature = "conformance")]
pub(crate) fn answered(name: &str, bytes: &[u8]) -> Result<Value, Cause> {
    let method = crate::generated_methods::METHODS.iter().copied().find(|method| method.name == name);
    answer(method, 200, bytes).map(|(answer, _)| answer.result)
}

/// What stands under `result` and beside it, and the `time`; or why there is none.
fn answer(method: Option<&'static Method>, status: u16, bytes: &[u8]) -> Result<(Answer, Value), Cause> {
    let unexpected = || {
        let start = String::from_utf8_lossy(bytes).chars().take(200).collect();
        Cause::Unexpected { status, start }
    };
    let mut answer: Map<String, Value> = serde_json::from_slice(bytes).map_err(|_| unexpected())?;
    if let Some(error) = answer.get("error").filter(|error| !error.is_null()) {
        // REST 3.0 has an object in place of the code.
        let code = error.get("code").unwrap_or(error);
        let description =
            error.get("message").or_else(|| answer.get("error_description")).map(text).unwrap_or_default();
        return Err(Cause::Refused(Refusal::new(method, text(code), description, status)));
    }
    let result = answer.remove("result").ok_or_else(unexpected)?;
    let count = |name| answer.get(name).and_then(|count| count.as_u64().or_else(|| count.as_str()?.parse().ok()));
    let answered = Answer { result, next: count("next"), total: count("total") };
    Ok((answered, answer.remove("time").unwrap_or_default()))
}

/// The connections of this process, shared by all clients.
pub(crate) fn connections() -> Result<reqwest::Client, reqwest::Error> {
    static CONNECTIONS: OnceLock<reqwest::Client> = OnceLock::new();
    if let Some(made) = CONNECTIONS.get() {
        return Ok(made.clone());
    }
    // An error says that a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let made = reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(CALL_TIMEOUT)
        // A redirect would carry the token to another host.
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("b24/", env!("CARGO_PKG_VERSION")))
        .build()?;
    Ok(CONNECTIONS.get_or_init(|| made).clone())
}
