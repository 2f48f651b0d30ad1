//! A portal and somebody who calls it.

use std::time::Duration;

use b24_portal::{App, Limits, NewApp, Portal, RateLimit, Rule};
use b24_runtime::{AppCredentials, CallLimit, Client, Grant, RevisionPolicy, Session};

pub(crate) struct Caller {
    pub(crate) portal: Portal,
    pub(crate) client: Client,
}

impl Caller {
    /// Calls through a webhook, on a portal that takes everything as fast as it comes.
    pub(crate) async fn start() -> Self {
        Self::on(Portal::start().await.unwrap(), CallLimit::unlimited()).await
    }

    /// A portal with this bucket, which the client knows of.
    pub(crate) async fn limited(burst: u32, per_second: f64) -> Self {
        let limits = Limits { rate: Some(RateLimit::new(burst, per_second)), ..Limits::default() };
        let portal = Portal::builder().limits(limits).start().await.unwrap();
        Self::on(portal, CallLimit::new(burst, per_second)).await
    }

    pub(crate) async fn on(portal: Portal, limit: CallLimit) -> Self {
        let (credentials, grant) = authorized(&portal).await;
        let client = Client::limited(Session::application(credentials, grant.tokens), limit).unwrap();
        Self { portal, client: client.with_revision_policy(RevisionPolicy::Off) }
    }

    pub(crate) fn faults(&self, rules: &[&str]) {
        for rule in rules {
            self.portal.faults().add(rule.parse::<Rule>().unwrap());
        }
    }

    /// The names and errors of the requests that were made since, not of the commands inside of them.
    pub(crate) fn requests(&self) -> Vec<(String, Option<String>)> {
        let calls = self.portal.calls();
        let calls = calls.iter().filter(|call| !call.who().ends_with("in a batch"));
        calls.map(|call| (call.name().to_owned(), call.error().map(str::to_owned))).collect()
    }

    pub(crate) fn count(&self, name: &str) -> usize {
        self.requests().iter().filter(|(known, _)| known == name).count()
    }

    pub(crate) fn errors(&self) -> Vec<String> {
        self.requests().into_iter().filter_map(|(_, error)| error).collect()
    }

    /// Lets the time go on that the client waits for, and that of the portal.
    pub(crate) async fn advance(&self, time: Duration) {
        self.portal.advance(time);
        tokio::time::pause();
        tokio::time::advance(time).await;
        tokio::time::resume();
    }
}

/// Where the application waits for its users. Nobody needs to listen there.
pub(crate) const BACK: &str = "https://application.example/back";

pub(crate) fn application(portal: &Portal) -> (App, AppCredentials) {
    let scopes = portal.scopes();
    let app = portal.add_app(NewApp { redirect_uri: Some(BACK.to_owned()), scopes, ..NewApp::new("Caller") });
    let credentials = AppCredentials {
        client_id: app.client_id.clone(),
        client_secret: app.client_secret.as_str().into(),
        oauth_server: portal.url().to_owned(),
    };
    (app, credentials)
}

/// The query that a portal sends the browser back with.
pub(crate) async fn visit(portal: &Portal, address: &str) -> String {
    // The runtime installs what TLS needs, also for the clients of the tests.
    drop(Client::webhook("https://example.bitrix24.com/rest/1/code/"));
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let user = portal.admin().id();
    let response = http.get(format!("{address}&user={user}")).send().await.unwrap();
    let location = response.headers()["location"].to_str().unwrap();
    location.strip_prefix(BACK).and_then(|rest| rest.strip_prefix('?')).unwrap().to_owned()
}

/// What an application has once the administrator let it in.
pub(crate) async fn authorized(portal: &Portal) -> (AppCredentials, Grant) {
    let (_, credentials) = application(portal);
    let visit_to = credentials.authorize(portal.url()).unwrap();
    let query = visit(portal, visit_to.address()).await;
    let grant = credentials.redeem(&query, visit_to.state()).await.unwrap();
    (credentials, grant)
}
