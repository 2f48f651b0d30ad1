use std::{fmt, io, sync::RwLock};

use tokio::sync::Mutex;

use super::{Cause, Error};
use crate::{future::BoxFuture, secret::Secret};

/// How calls reach a portal and what proves that they may.
pub struct Session {
    access: Access,
}

enum Access {
    /// The address of an incoming webhook holds its code, so the whole of it is secret.
    Webhook(Secret),
    Application(Box<Application>),
}

/// An installed application.
struct Application {
    endpoint: String,
    credentials: AppCredentials,
    tokens: RwLock<Tokens>,
    /// Held while the tokens are renewed: however many calls find the token expired, one of them renews it.
    renewal: Mutex<()>,
    keep: Option<Keep>,
}

/// Stores renewed tokens, before the first call uses them.
pub(crate) type Keep = Box<dyn Fn(Tokens) -> BoxFuture<'static, io::Result<()>> + Send + Sync>;

/// The tokens of an installed application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tokens {
    pub(crate) access: Secret,
    pub(crate) refresh: Option<Secret>,
}

/// What the vendor gave an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppCredentials {
    /// The public name, `local.…` or `app.…`.
    pub client_id: String,
    /// The secret. It is sent to `oauth_server` and nowhere else.
    pub client_secret: Secret,
    /// The authorization server, `https://oauth.bitrix.info` for cloud portals.
    pub oauth_server: String,
}

impl Session {
    pub(super) fn webhook(address: &str) -> Result<Self, Error> {
        let mut address = address.trim().to_owned();
        if !address.ends_with('/') {
            address.push('/');
        }
        let path = address.split_once("://").filter(|(scheme, _)| ["http", "https"].contains(scheme));
        let parts: Vec<&str> = path.map(|(_, rest)| rest.split('/').collect()).unwrap_or_default();
        let is_webhook = matches!(parts.as_slice(), [host, "rest", user, code, ""]
            if !host.is_empty() && user.parse::<u32>().is_ok() && !code.is_empty());
        if !is_webhook {
            let message = "the address of a webhook looks like https://portal/rest/1/code/".to_owned();
            return Err(Error::new("webhook", Cause::Invalid(message)));
        }
        Ok(Self { access: Access::Webhook(address.into()) })
    }

    /// The session of an installed application. `endpoint` is the portal's REST address, `https://portal/rest/`.
    pub fn application(endpoint: &str, credentials: AppCredentials, access: Secret, refresh: Option<Secret>) -> Self {
        let mut endpoint = endpoint.to_owned();
        if !endpoint.ends_with('/') {
            endpoint.push('/');
        }
        let tokens = RwLock::new(Tokens { access, refresh });
        let application = Application { endpoint, credentials, tokens, renewal: Mutex::default(), keep: None };
        Self { access: Access::Application(Box::new(application)) }
    }

    /// Stores renewed tokens with `keep`.
    #[cfg(feature = "imbot")]
    pub(crate) fn keeping(mut self, keep: Keep) -> Self {
        if let Access::Application(application) = &mut self.access {
            application.keep = Some(keep);
        }
        self
    }

    /// The address of a method, and the token to send with it.
    pub(super) fn address(&self, method: &str) -> (Secret, Option<Secret>) {
        match &self.access {
            Access::Webhook(base) => (format!("{}{method}", base.expose()).into(), None),
            Access::Application(application) => {
                let token = application.current().access;
                (format!("{}{method}", application.endpoint).into(), Some(token))
            }
        }
    }

    /// Renews the token `expired`, unless another call did so already. `false` where there is nothing to renew.
    pub(super) async fn renew(&self, http: &reqwest::Client, expired: &Secret) -> Result<bool, String> {
        let Access::Application(application) = &self.access else { return Ok(false) };
        let _one_at_a_time = application.renewal.lock().await;
        let current = application.current();
        if current.access != *expired {
            return Ok(true);
        }
        let Some(refresh) = current.refresh else { return Ok(false) };
        let renewed = application.credentials.renew(http, &refresh).await?;
        if let Some(keep) = &application.keep {
            keep(renewed.clone()).await.map_err(|error| format!("the new tokens could not be stored: {error}"))?;
        }
        *application.tokens.write().unwrap_or_else(std::sync::PoisonError::into_inner) = renewed;
        Ok(true)
    }
}

impl Application {
    fn current(&self) -> Tokens {
        self.tokens.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

impl AppCredentials {
    async fn renew(&self, http: &reqwest::Client, refresh: &Secret) -> Result<Tokens, String> {
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", &self.client_id),
            ("client_secret", self.client_secret.expose()),
            ("refresh_token", refresh.expose()),
        ];
        let mut address = format!("{}/oauth/token/", self.oauth_server.trim_end_matches('/'))
            .parse::<reqwest::Url>()
            .map_err(|error| format!("the address of the OAuth server: {error}"))?;
        // An address encodes a form; the body carries it, so that the secret stays out of access logs.
        let body = address.query_pairs_mut().extend_pairs(form).finish().query().unwrap_or_default().to_owned();
        address.set_query(None);
        let request = http.post(address).header("content-type", "application/x-www-form-urlencoded").body(body);
        let response = request.send().await.map_err(|error| error.without_url().to_string())?;
        let status = response.status();
        let body = response.bytes().await.map_err(|error| error.without_url().to_string())?;
        let answer: serde_json::Value =
            serde_json::from_slice(&body).map_err(|_| format!("unexpected answer with status {status}"))?;
        let text = |key: &str| answer[key].as_str();
        if let Some(code) = text("error") {
            return Err(format!("{code}: {}", text("error_description").unwrap_or("no description")));
        }
        let access = text("access_token").ok_or("the answer holds no access_token")?;
        Ok(Tokens { access: access.into(), refresh: text("refresh_token").map(Secret::from) })
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.access {
            Access::Webhook(_) => f.write_str("Session(webhook)"),
            Access::Application(application) => write!(f, "Session({})", application.endpoint),
        }
    }
}
