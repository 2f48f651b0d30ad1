use std::{
    fmt, io,
    sync::{Arc, PoisonError, RwLock},
};

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
    Application(Arc<Application>),
}

/// An installed application.
struct Application {
    credentials: AppCredentials,
    tokens: RwLock<Tokens>,
    /// Held while the tokens are renewed: however many calls find the token expired, one of them renews it.
    renewal: Mutex<()>,
    keep: Option<Keep>,
}

/// Stores renewed tokens in place of the spent ones, before the first call uses them.
pub(crate) type Keep = Box<dyn Fn(Tokens, Tokens) -> BoxFuture<'static, io::Result<()>> + Send + Sync>;

/// The tokens of an installed application, and where they are good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tokens {
    /// The portal's REST address with a slash at its end. It changes when the portal moves.
    pub(crate) endpoint: String,
    pub(crate) access: Secret,
    pub(crate) refresh: Option<Secret>,
}

/// What the authorization server grants, and for which portal.
#[derive(Debug)]
#[cfg_attr(not(feature = "imbot"), allow(dead_code, reason = "only installations ask which portal it is for"))]
pub(crate) struct Grant {
    pub(crate) tokens: Tokens,
    pub(crate) member_id: String,
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
        Self::of_application(credentials, Tokens { endpoint: endpoint.to_owned(), access, refresh }, None)
    }

    /// As [`Session::application`], with a way to store renewed tokens.
    pub(crate) fn of_application(credentials: AppCredentials, mut tokens: Tokens, keep: Option<Keep>) -> Self {
        if !tokens.endpoint.ends_with('/') {
            tokens.endpoint.push('/');
        }
        let tokens = RwLock::new(tokens);
        let application = Application { credentials, tokens, renewal: Mutex::default(), keep };
        Self { access: Access::Application(Arc::new(application)) }
    }

    /// The address of a method, and the token to send with it. Those of REST 3.0 stand below `/rest/api/`.
    pub(super) fn address(&self, method: &str, is_rest3: bool) -> (Secret, Option<Secret>) {
        let address = |base: &str| {
            let base = if is_rest3 { base.replacen("/rest/", "/rest/api/", 1) } else { base.to_owned() };
            (base + method).into()
        };
        match &self.access {
            Access::Webhook(base) => (address(base.expose()), None),
            Access::Application(application) => {
                let tokens = application.current();
                (address(&tokens.endpoint), Some(tokens.access))
            }
        }
    }

    /// Renews the token `expired`, unless another call did so already. `false` where there is nothing to renew.
    ///
    /// A refresh token works once, so the renewal goes on to its end even if the caller gives up.
    pub(super) async fn renew(&self, http: &reqwest::Client, expired: &Secret) -> Result<bool, String> {
        let Access::Application(application) = &self.access else { return Ok(false) };
        let (application, http, expired) = (Arc::clone(application), http.clone(), expired.clone());
        let renewal = tokio::spawn(async move { application.renew(&http, &expired).await });
        renewal.await.map_err(|error| error.to_string())?
    }
}

impl Application {
    async fn renew(&self, http: &reqwest::Client, expired: &Secret) -> Result<bool, String> {
        let _one_at_a_time = self.renewal.lock().await;
        let current = self.current();
        if current.access != *expired {
            return Ok(true);
        }
        let Some(refresh) = &current.refresh else { return Ok(false) };
        let mut renewed = self.credentials.renew(http, refresh).await.map_err(|error| error.to_string())?.tokens;
        if renewed.endpoint.is_empty() {
            renewed.endpoint.clone_from(&current.endpoint);
        }
        if let Some(keep) = &self.keep
            && let Err(error) = keep(current, renewed.clone()).await
        {
            // The old tokens are spent: going on with what cannot be kept is the lesser evil.
            tracing::error!(
                "renewed tokens could not be stored; after a restart the portal must install again: {error}"
            );
        }
        *self.tokens.write().unwrap_or_else(PoisonError::into_inner) = renewed;
        Ok(true)
    }

    fn current(&self) -> Tokens {
        self.tokens.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl AppCredentials {
    /// Trades a refresh token for new tokens (`/oauth/token/`). It cannot be used again.
    pub(crate) async fn renew(&self, http: &reqwest::Client, refresh: &Secret) -> Result<Grant, RenewalError> {
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", &self.client_id),
            ("client_secret", self.client_secret.expose()),
            ("refresh_token", refresh.expose()),
        ];
        let mut address =
            format!("{}/oauth/token/", self.oauth_server.trim_end_matches('/'))
                .parse::<reqwest::Url>()
                .map_err(|error| RenewalError::Unreachable(format!("the address of the OAuth server: {error}")))?;
        // An address encodes a form; the body carries it, so that the secret stays out of access logs.
        let body = address.query_pairs_mut().extend_pairs(form).finish().query().unwrap_or_default().to_owned();
        address.set_query(None);
        let lost = |error: reqwest::Error| RenewalError::Unreachable(super::error::innermost(&error));
        let request = http.post(address).header("content-type", "application/x-www-form-urlencoded").body(body);
        let response = request.send().await.map_err(lost)?;
        let status = response.status();
        let body = response.bytes().await.map_err(lost)?;
        let answer: serde_json::Value = serde_json::from_slice(&body)
            .map_err(|_| RenewalError::Unreachable(format!("unexpected answer with status {status}")))?;
        let text = |key: &str| answer[key].as_str();
        if let Some(code) = text("error") {
            let description = text("error_description").unwrap_or("no description");
            return Err(RenewalError::Refused(format!("{code}: {description}")));
        }
        let access =
            text("access_token").ok_or_else(|| RenewalError::Refused("the answer holds no access_token".to_owned()))?;
        let refresh = text("refresh_token").map_or_else(|| refresh.clone(), Secret::from);
        Ok(Grant {
            tokens: Tokens {
                endpoint: text("client_endpoint").unwrap_or_default().to_owned(),
                access: access.into(),
                refresh: Some(refresh),
            },
            member_id: text("member_id").unwrap_or_default().to_owned(),
        })
    }
}

/// Why tokens were not renewed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RenewalError {
    /// No answer that tells anything: it may work later.
    #[error("the authorization server cannot be reached: {0}")]
    Unreachable(String),
    /// The server said no.
    #[error("{0}")]
    Refused(String),
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.access {
            Access::Webhook(_) => f.write_str("Session(webhook)"),
            Access::Application(application) => write!(f, "Session({})", application.current().endpoint),
        }
    }
}
