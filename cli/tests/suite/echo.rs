//! A bot as somebody may write it: it repeats what it hears, below a button.

use std::sync::Arc;

use axum::{Router, body::Bytes, extract::State, http::StatusCode};
use b24_portal::{App, NewApp, Portal};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::OnceCell};

/// The bot on a portal.
#[derive(Debug, Clone)]
pub(crate) struct Echo {
    pub(crate) portal: Portal,
    pub(crate) app: App,
    pub(crate) id: u64,
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    portal: String,
    token: OnceCell<String>,
    http: reqwest::Client,
}

impl Echo {
    pub(crate) async fn start() -> Self {
        let portal = Portal::start().await.expect("a portal");
        Self::start_on(portal, "echo").await
    }

    pub(crate) async fn start_on(portal: Portal, code: &str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().expect("a client");
        let inner = Arc::new(Inner { portal: portal.url().to_owned(), token: OnceCell::new(), http });
        let handler = serve(Router::new().fallback(hear).with_state(Arc::clone(&inner))).await;
        let app = portal.add_app(NewApp::new("Echo app"));
        portal.install(&app.client_id, &handler).await.expect("an installation");
        let register = json!({"CODE": code, "EVENT_HANDLER": handler, "PROPERTIES": {"NAME": "EchoBot"}});
        let id = inner.call("imbot.register", register).await["result"].as_u64().expect("the number of a bot");
        let command = json!({
            "BOT_ID": id, "COMMAND": "again", "EVENT_COMMAND_ADD": handler, "HIDDEN": "Y",
            "LANG": [{"LANGUAGE_ID": "en", "TITLE": "Says it again"}],
        });
        inner.call("imbot.command.register", command).await;
        Self { portal, app, id, inner }
    }

    pub(crate) fn token(&self) -> &str {
        self.inner.token.get().expect("an installation")
    }
}

impl Inner {
    async fn call(&self, method: &str, mut params: Value) -> Value {
        params["auth"] = self.token.get().expect("an installation").as_str().into();
        let url = format!("{}/rest/{method}", self.portal);
        let request = self.http.post(url).header("content-type", "application/json").body(params.to_string());
        let text = request.send().await.expect("an answer").text().await.expect("text");
        serde_json::from_str(&text).expect("JSON")
    }
}

pub(crate) async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

async fn hear(State(inner): State<Arc<Inner>>, body: Bytes) -> StatusCode {
    let form: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let get = |name: &str| form.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value).to_owned();
    let dialog = get("data[PARAMS][DIALOG_ID]");
    match get("event").as_str() {
        "ONAPPINSTALL" => {
            inner.token.set(get("auth[access_token]")).expect("one installation");
        }
        "ONIMBOTJOINCHAT" => {
            inner.call("imbot.message.add", json!({"DIALOG_ID": dialog, "MESSAGE": "Welcome"})).await;
        }
        "ONIMBOTMESSAGEADD" => {
            let text = get("data[PARAMS][MESSAGE]");
            let button = json!({"TEXT": "Again", "COMMAND": "again", "COMMAND_PARAMS": text});
            let message = json!({"DIALOG_ID": dialog, "MESSAGE": format!("[b]{text}[/b]"), "KEYBOARD": [button]});
            inner.call("imbot.message.add", message).await;
        }
        "ONIMCOMMANDADD" => {
            inner.call("imbot.message.add", json!({"DIALOG_ID": dialog, "MESSAGE": "Once more"})).await;
        }
        _ => {}
    }
    StatusCode::OK
}
