//! The other side: a program that was never told about the portal's insides.

use axum::{Router, body::Bytes, extract::State, http::StatusCode, routing::post};
use b24_portal::{App, NewApp, Portal};
use serde_json::{Map, Value, json};
use tokio::{
    net::TcpListener,
    sync::{Mutex, mpsc},
};

/// An event as the handler got it: names as on the wire, brackets included.
#[derive(Debug, Clone)]
pub(crate) struct Event(Vec<(String, String)>);

impl Event {
    /// The value under a name with brackets; empty if there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// Whether there is anything under a name, be it in brackets below it.
    pub(crate) fn holds(&self, name: &str) -> bool {
        self.0
            .iter()
            .any(|(known, _)| known.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('[')))
    }

    pub(crate) fn name(&self) -> &str {
        self.get("event")
    }

    pub(crate) fn param(&self, name: &str) -> &str {
        self.get(&format!("data[PARAMS][{name}]"))
    }

    pub(crate) fn token(&self) -> &str {
        self.get("auth[access_token]")
    }

    /// What stands after `data[COMMAND][…][name]`, whatever the id.
    pub(crate) fn command(&self, name: &str) -> &str {
        let suffix = format!("][{name}]");
        let is_it = |(known, _): &&(String, String)| {
            known
                .strip_prefix("data[COMMAND][")
                .and_then(|rest| rest.strip_suffix(&suffix))
                .is_some_and(|id| !id.contains('['))
        };
        self.0.iter().find(is_it).map_or("", |(_, value)| value)
    }
}

/// An installed application with a handler that writes down what it gets and answers 200.
pub(crate) struct Bot {
    pub(crate) portal: Portal,
    pub(crate) app: App,
    pub(crate) handler: String,
    pub(crate) install: Event,
    events: Mutex<mpsc::UnboundedReceiver<Event>>,
    http: reqwest::Client,
}

async fn handle(State(events): State<mpsc::UnboundedSender<Event>>, body: Bytes) -> StatusCode {
    let pairs = url_pairs(&body);
    events.send(Event(pairs)).map_or(StatusCode::INTERNAL_SERVER_ERROR, |()| StatusCode::OK)
}

fn url_pairs(body: &[u8]) -> Vec<(String, String)> {
    let url = reqwest::Url::parse(&format!("http://x/?{}", String::from_utf8_lossy(body)));
    url.map(|url| url.query_pairs().into_owned().collect()).unwrap_or_default()
}

impl Bot {
    /// Installs an application on a fresh portal.
    pub(crate) async fn install() -> Self {
        Self::install_on(Portal::start().await.expect("a portal")).await
    }

    pub(crate) async fn install_on(portal: Portal) -> Self {
        Self::install_as(portal, NewApp::new("Test app")).await
    }

    /// Installs an application that may use these scopes as well.
    pub(crate) async fn install_with(scopes: &[&str]) -> Self {
        let mut app = NewApp::new("Test app");
        app.scopes.extend(scopes.iter().map(|scope| (*scope).to_owned()));
        Self::install_as(Portal::start().await.expect("a portal"), app).await
    }

    pub(crate) async fn install_as(portal: Portal, new: NewApp) -> Self {
        let app = portal.add_app(new);
        let (handler, mut events) = listen().await;
        portal.install(&app.client_id, &handler).await.expect("an installation");
        let install = events.recv().await.expect("ONAPPINSTALL");
        Self { portal, app, handler, install, events: Mutex::new(events), http: http() }
    }

    /// Registers a bot as well.
    pub(crate) async fn register(code: &str) -> (Self, u64) {
        let bot = Self::install().await;
        let id = bot.add_bot(code, json!({})).await;
        (bot, id)
    }

    pub(crate) async fn add_bot(&self, code: &str, more: Value) -> u64 {
        let mut params = json!({"CODE": code, "EVENT_HANDLER": self.handler, "PROPERTIES": {"NAME": "EchoBot"}});
        extend(&mut params, more);
        self.ok("imbot.register", params).await.as_u64().expect("a bare integer")
    }

    pub(crate) async fn add_command(&self, bot: u64, word: &str, more: Value) -> u64 {
        let mut params = json!({
            "BOT_ID": bot, "COMMAND": word, "EVENT_COMMAND_ADD": self.handler,
            "LANG": [{"LANGUAGE_ID": "en", "TITLE": "Does it", "PARAMS": "text"}],
        });
        extend(&mut params, more);
        self.ok("imbot.command.register", params).await.as_u64().expect("a command id")
    }

    pub(crate) fn token(&self) -> &str {
        self.install.token()
    }

    /// The next event that the handler gets.
    pub(crate) async fn event(&self) -> Event {
        let next = async { self.events.lock().await.recv().await };
        let next = tokio::time::timeout(std::time::Duration::from_secs(5), next).await;
        next.expect("an event within five seconds").expect("a handler")
    }

    /// Whatever the handler has got by the time all deliveries are answered.
    pub(crate) async fn all_events(&self) -> Vec<Event> {
        self.portal.settled().await;
        let mut events = self.events.lock().await;
        std::iter::from_fn(|| events.try_recv().ok()).collect()
    }

    /// Calls a method with JSON and the token of the installation.
    pub(crate) async fn call(&self, method: &str, mut params: Value) -> (u16, Value) {
        params["auth"] = self.token().into();
        self.post(&format!("{}/rest/{method}", self.portal.url()), &params).await
    }

    pub(crate) async fn post(&self, url: &str, body: &Value) -> (u16, Value) {
        let response = self.http.post(url).json(body).send().await.expect("an answer");
        let status = response.status().as_u16();
        (status, response.json().await.expect("JSON"))
    }

    pub(crate) async fn get(&self, url: &str) -> (u16, Value) {
        let response = self.http.get(url).send().await.expect("an answer");
        let status = response.status().as_u16();
        (status, response.json().await.expect("JSON"))
    }

    /// The result of a call that must work.
    pub(crate) async fn ok(&self, method: &str, params: Value) -> Value {
        let (status, mut answer) = self.call(method, params).await;
        assert_eq!(status, 200, "{method}: {answer}");
        assert_eq!(self.portal.mismatches(), [""; 0], "{method} is to answer what the spec says: {answer}");
        answer["result"].take()
    }

    /// The error code of a call that must not.
    pub(crate) async fn error(&self, method: &str, params: Value) -> String {
        let (status, answer) = self.call(method, params).await;
        assert_ne!(status, 200, "{method}: {answer}");
        assert!(answer["error_description"].as_str().is_some_and(|text| !text.is_empty()), "{answer}");
        answer["error"].as_str().expect("a code").to_owned()
    }
}

/// A client without root certificates, which take long to load and serve nobody here.
pub(crate) fn http() -> reqwest::Client {
    // Set already where another test of this process was first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().tls_certs_only([]).build().expect("a client")
}

pub(crate) async fn fetch(url: impl reqwest::IntoUrl) -> reqwest::Result<reqwest::Response> {
    http().get(url).send().await
}

/// A handler on a free port, and what it gets.
pub(crate) async fn listen() -> (String, mpsc::UnboundedReceiver<Event>) {
    let (sender, events) = mpsc::unbounded_channel();
    let router = Router::new().route("/handler", post(handle)).with_state(sender);
    (serve(router).await + "/handler", events)
}

pub(crate) async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

pub(crate) fn extend(params: &mut Value, more: Value) {
    let (Some(params), Value::Object(more)) = (params.as_object_mut(), more) else { return };
    params.extend::<Map<String, Value>>(more);
}
