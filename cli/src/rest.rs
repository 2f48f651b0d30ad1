//! One call to a portal and its answer.

mod address;

use std::{error::Error, path::Path, time::Duration};

use reqwest::{Certificate, ClientBuilder, redirect::Policy};
use serde_json::{Map, Value};

pub(crate) use self::address::{Address, is_on_this_machine, with_scheme};
use crate::failure::Failure;

/// A portal ends a call after 60 seconds; a little longer tells its answer from a lost connection.
const PATIENCE: Duration = Duration::from_secs(65);
const TIME_TO_CONNECT: Duration = Duration::from_secs(10);

/// A portal that can be called.
#[derive(Debug)]
pub(crate) struct Rest {
    pub(crate) address: Address,
    http: reqwest::Client,
}

/// What a portal answered.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// As it came.
    pub(crate) text: String,
    pub(crate) body: Map<String, Value>,
}

/// A refusal in the words of the portal.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: String,
    pub(crate) description: String,
}

impl Rest {
    /// `certificate` is a file in PEM that is trusted besides those that everybody trusts.
    pub(crate) fn new(address: Address, certificate: Option<&Path>) -> Result<Self, Failure> {
        let mut builder = reqwest::Client::builder();
        if let Some(path) = certificate {
            let trusted = std::fs::read(path).map_err(|error| error.to_string());
            let trusted = trusted.and_then(|pem| Certificate::from_pem(&pem).map_err(|error| innermost(&error)));
            let unusable = |why| Failure::Usage(format!("cannot use the certificate {}: {why}", path.display()));
            builder = builder.tls_certs_merge([trusted.map_err(unusable)?]);
        }
        Ok(Self { http: client(builder, &address.base)?, address })
    }

    pub(crate) async fn call(
        &self,
        method: &str,
        is_rest3: bool,
        params: &Map<String, Value>,
    ) -> Result<Answer, Failure> {
        let request = self.http.post(self.address.of(method, is_rest3)).header("content-type", "application/json");
        let sent = request.body(self.address.sign(params).to_string()).send().await;
        let response = sent.map_err(|error| self.lost(&error))?;
        let status = response.status();
        if status.is_redirection() {
            let location = response.headers().get("location").and_then(|value| value.to_str().ok());
            let place = location.map_or("another address", address::origin);
            return Err(Failure::Refused(format!("the portal moved to {place}: call it there")));
        }
        let text = response.text().await.map_err(|error| self.lost(&error))?;
        if let Ok(body) = serde_json::from_str(&text) {
            Ok(Answer { status: status.as_u16(), text, body })
        } else {
            let start: String = text.chars().take(200).collect();
            let origin = self.address.origin();
            Err(Failure::Refused(format!("what {origin} answered, with status {status}, is not JSON: {start}")))
        }
    }

    fn lost(&self, error: &reqwest::Error) -> Failure {
        Failure::Connection(format!("no answer from {}: {}", self.address.origin(), innermost(error)))
    }
}

impl Answer {
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        let error = self.body.get("error").filter(|error| !error.is_null())?;
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        // REST 3.0 has an object in place of the code.
        let description = error.get("message").or_else(|| self.body.get("error_description"));
        Some(Refusal {
            code: text(error.get("code").unwrap_or(error)),
            description: description.map(text).unwrap_or_default(),
        })
    }

    pub(crate) fn result(&self) -> &Value {
        self.body.get("result").unwrap_or(&Value::Null)
    }

    /// A number that stands beside the result: `next`, `total`.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        let value = self.body.get(name)?;
        value.as_u64().or_else(|| value.as_str()?.parse().ok())
    }
}

/// Connections that suit an address.
pub(crate) fn client(builder: ClientBuilder, address: &str) -> Result<reqwest::Client, Failure> {
    // An error says that a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = if is_on_this_machine(address) { builder.no_proxy() } else { builder };
    // Reading the certificates of the system takes longer than a call; a plain address has no use for them.
    let builder = if address.starts_with("http:") { builder.tls_certs_only([]) } else { builder };
    let builder = builder.connect_timeout(TIME_TO_CONNECT).read_timeout(PATIENCE).redirect(Policy::none());
    let client = builder.user_agent(concat!("b24/", env!("CARGO_PKG_VERSION"))).build();
    client.map_err(|error| Failure::Connection(innermost(&error)))
}

/// The deepest cause tells most: "connection refused".
pub(crate) fn innermost(error: &dyn Error) -> String {
    let mut deepest = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}
