//! A local portal that runs already, by what its page and its `GET /api/facts` tell.

mod changes;

use std::collections::BTreeMap;

use clap::Args;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

pub(crate) use self::changes::{Change, Changes};
use crate::{
    failure::Failure,
    rest::{client, innermost},
};

/// The port of a local portal that was not told another.
pub(crate) const PORT: u16 = 8024;

/// Which local portal.
#[derive(Debug, Args)]
pub(crate) struct Port {
    /// The port of the local portal.
    #[arg(long, default_value_t = PORT)]
    port: u16,
}

impl Port {
    pub(crate) fn portal(&self) -> Result<Local, Failure> {
        Local::at(&url(self.port))
    }
}

pub(crate) fn url(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

/// A local portal.
#[derive(Debug)]
pub(crate) struct Local {
    pub(crate) url: String,
    http: reqwest::Client,
}

/// What a local portal tells of itself.
#[derive(Debug, Deserialize)]
pub(crate) struct Facts {
    pub(crate) url: String,
    pub(crate) revision: u32,
    pub(crate) member_id: String,
    pub(crate) webhooks: Vec<Webhook>,
    pub(crate) apps: Vec<App>,
    pub(crate) bots: Vec<Bot>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Webhook {
    pub(crate) url: String,
    pub(crate) scopes: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct App {
    pub(crate) name: String,
    pub(crate) client_id: String,
    pub(crate) application_token: String,
    pub(crate) handler: String,
    pub(crate) installed: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Bot {
    pub(crate) id: u64,
    pub(crate) code: String,
    pub(crate) name: String,
    /// `imbot` or `imbot.v2`.
    pub(crate) api: String,
    /// The application or the webhook client that it belongs to.
    pub(crate) owner: String,
    /// The client id of the application.
    pub(crate) app: Option<String>,
    /// Addresses by event; `*` is for all of them.
    pub(crate) handlers: BTreeMap<String, String>,
    /// How many events nobody has fetched.
    pub(crate) waiting: usize,
}

impl Bot {
    /// Whether it has no address and asks for its events.
    pub(crate) fn fetches(&self) -> bool {
        self.api == "imbot.v2" && self.handlers.is_empty()
    }
}

impl Facts {
    /// The webhook that may do most.
    pub(crate) fn webhook(&self) -> Result<&Webhook, Failure> {
        let widest = self.webhooks.iter().max_by_key(|webhook| webhook.scopes.len());
        widest.ok_or_else(|| Failure::Refused(format!("{} has no webhook: give an address with --url", self.url)))
    }
}

impl Local {
    pub(crate) fn at(url: &str) -> Result<Self, Failure> {
        let url = url.trim_end_matches('/').to_owned();
        Ok(Self { http: client(reqwest::Client::builder(), &url)?, url })
    }

    pub(crate) async fn facts(&self) -> Result<Facts, Failure> {
        self.read("api/facts").await
    }

    /// The state as a user sees it.
    pub(crate) async fn state(&self, user: u64) -> Result<Value, Failure> {
        self.read(&format!("portal/state?user={user}")).await
    }

    /// The latest messages of a dialog, oldest first.
    pub(crate) async fn history(&self, user: u64, dialog: &str) -> Result<Value, Failure> {
        self.read(&format!("portal/history?user={user}&dialog={dialog}")).await
    }

    /// Does in the name of a user what the page can do: `say`, `open`, `press`.
    pub(crate) async fn act(&self, deed: &str, user: u64, mut body: Value) -> Result<Value, Failure> {
        if let Value::Object(body) = &mut body {
            body.insert("user".to_owned(), json!(user));
        }
        let request = self.http.post(format!("{}/portal/{deed}", self.url)).header("content-type", "application/json");
        self.take(request.body(body.to_string())).await
    }

    /// What changes from now on, as a user sees it.
    pub(crate) async fn changes(&self, user: u64) -> Result<Changes, Failure> {
        let request = self.http.get(format!("{}/portal/stream?user={user}", self.url));
        Ok(Changes::new(self.send(request).await?))
    }

    async fn read<T: DeserializeOwned>(&self, what: &str) -> Result<T, Failure> {
        self.take(self.http.get(format!("{}/{what}", self.url))).await
    }

    async fn take<T: DeserializeOwned>(&self, request: reqwest::RequestBuilder) -> Result<T, Failure> {
        let response = self.send(request).await?;
        let is_success = response.status().is_success();
        let text = response.text().await.map_err(|error| self.lost(&error))?;
        if !is_success {
            let answer: Value = serde_json::from_str(&text).unwrap_or_default();
            let words = answer.get("error").and_then(Value::as_str).map(str::to_owned);
            return Err(words.map_or_else(|| self.stranger(), Failure::Refused));
        }
        serde_json::from_str(&text).map_err(|_| self.stranger())
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Result<reqwest::Response, Failure> {
        request.send().await.map_err(|error| self.lost(&error))
    }

    fn lost(&self, error: &reqwest::Error) -> Failure {
        Failure::Connection(format!(
            "no portal answers at {}: {}\nStart one with `b24 portal`, or with your bot: `b24 dev -- cargo run`",
            self.url,
            innermost(error)
        ))
    }

    fn stranger(&self) -> Failure {
        Failure::Connection(format!("what answers at {} is not a local portal of this version", self.url))
    }
}
