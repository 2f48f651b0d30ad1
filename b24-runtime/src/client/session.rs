use std::{
    fmt, io,
    sync::{Arc, PoisonError, RwLock},
};

use tokio::sync::Mutex;

use super::{AppCredentials, Cause, Error, GrantError, Tokens, oauth::Price};
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
    replace: Option<Replace>,
}

/// Gives tokens in place of expired ones: those that somebody else has bought meanwhile, or else what the purchase
/// brings, stored before the first call uses them.
pub(crate) type Replace = Box<dyn Fn(Tokens, Purchase) -> BoxFuture<'static, Result<Tokens, GrantError>> + Send + Sync>;
/// Buys new tokens once it is awaited. What pays for them is spent then.
pub(crate) type Purchase = BoxFuture<'static, Result<Tokens, GrantError>>;

impl Session {
    pub(crate) fn webhook(address: &str) -> Result<Self, Error> {
        let mut address = address.trim().to_owned();
        close(&mut address);
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

    /// The session of an installed application. Its tokens are renewed when the portal says that they have expired, and
    /// forgotten with the session: see [`Session::keeping`].
    pub fn application(credentials: AppCredentials, tokens: Tokens) -> Self {
        Self::of_application(credentials, tokens, None)
    }

    /// The session of an installed application whose renewed tokens are stored by `keep`, before the first call uses
    /// them: the old ones are worth nothing any more. Where they cannot be stored the session goes on with them, and
    /// the log is told.
    ///
    /// ```
    /// # use b24_runtime::{AppCredentials, Client, Error, Session, Tokens};
    /// # fn example(credentials: AppCredentials, tokens: Tokens) -> Result<Client, Error> {
    /// Client::new(Session::keeping(credentials, tokens, |renewed: Tokens| async move {
    ///     let refresh = renewed.refresh.as_ref().map(|token| token.expose());
    ///     std::fs::write("tokens", format!("{} {refresh:?}", renewed.access.expose()))
    /// }))
    /// # }
    /// ```
    pub fn keeping<F>(
        credentials: AppCredentials,
        tokens: Tokens,
        keep: impl Fn(Tokens) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = io::Result<()>> + Send + 'static,
    {
        let keep = Arc::new(keep);
        let replace = move |_, purchase: Purchase| -> Purchase {
            let keep = Arc::clone(&keep);
            Box::pin(async move {
                let renewed = purchase.await?;
                if let Err(error) = keep(renewed.clone()).await {
                    tell_unkept(&error);
                }
                Ok(renewed)
            })
        };
        Self::of_application(credentials, tokens, Some(Box::new(replace)))
    }

    pub(crate) fn of_application(credentials: AppCredentials, mut tokens: Tokens, replace: Option<Replace>) -> Self {
        close(&mut tokens.endpoint);
        let tokens = RwLock::new(tokens);
        let application = Application { credentials, tokens, renewal: Mutex::default(), replace };
        Self { access: Access::Application(Arc::new(application)) }
    }

    pub(super) fn is_of_application(&self) -> bool {
        matches!(self.access, Access::Application(_))
    }

    /// The scheme and host of the portal.
    pub(super) fn portal(&self) -> String {
        match &self.access {
            Access::Webhook(address) => origin(address.expose()).to_owned(),
            Access::Application(application) => origin(&application.current().endpoint).to_owned(),
        }
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
    pub(super) async fn renew(&self, http: &reqwest::Client, expired: &Secret) -> Result<bool, GrantError> {
        let Access::Application(application) = &self.access else { return Ok(false) };
        let (application, http, expired) = (Arc::clone(application), http.clone(), expired.clone());
        let renewal = tokio::spawn(async move { application.renew(&http, &expired).await });
        renewal.await.map_err(|error| GrantError::Unreachable(error.to_string()))?
    }
}

impl Application {
    async fn renew(&self, http: &reqwest::Client, expired: &Secret) -> Result<bool, GrantError> {
        let _one_at_a_time = self.renewal.lock().await;
        let current = self.current();
        if current.access != *expired {
            return Ok(true);
        }
        let Some(refresh) = current.refresh.clone() else { return Ok(false) };
        let (credentials, http, endpoint) = (self.credentials.clone(), http.clone(), current.endpoint.clone());
        let purchase: Purchase = Box::pin(async move {
            let mut bought = credentials.buy(&http, Price::Refresh(&refresh)).await?.tokens;
            if bought.endpoint.is_empty() {
                bought.endpoint = endpoint;
            }
            close(&mut bought.endpoint);
            Ok(bought)
        });
        let mut renewed = match &self.replace {
            Some(replace) => replace(current, purchase).await?,
            None => purchase.await?,
        };
        close(&mut renewed.endpoint);
        *self.tokens.write().unwrap_or_else(PoisonError::into_inner) = renewed;
        Ok(true)
    }

    fn current(&self) -> Tokens {
        self.tokens.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The old tokens are spent: going on with what could not be kept is the lesser evil.
pub(crate) fn tell_unkept(error: &io::Error) {
    tracing::error!("renewed tokens could not be stored; after a restart the portal must install again: {error}");
}

/// Methods are appended to an address.
fn close(address: &mut String) {
    if !address.ends_with('/') {
        address.push('/');
    }
}

/// The scheme and host of an address: its path may hold a token.
pub(super) fn origin(address: &str) -> &str {
    let host = address.find("://").map_or(0, |at| at + 3);
    let end = address[host..].find('/').map_or(address.len(), |at| host + at);
    &address[..end]
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.access {
            Access::Webhook(_) => f.write_str("Session(webhook)"),
            Access::Application(application) => write!(f, "Session({})", application.current().endpoint),
        }
    }
}
