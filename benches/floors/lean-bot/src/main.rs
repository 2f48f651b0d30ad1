//! An echo bot as one writes it by hand, from crates with the features that it needs and no others.

use std::collections::HashMap;

use axum::{Router, body::Bytes, extract::State, http::StatusCode, routing::post};
use serde_json::{Value, json};

type Fields = HashMap<String, String>;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    // An error says that a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let app = Router::new().route("/", post(hear)).with_state(reqwest::Client::new());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    axum::serve(listener, app).await
}

async fn hear(State(http): State<reqwest::Client>, body: Bytes) -> StatusCode {
    let event: Fields = form_urlencoded::parse(&body).into_owned().collect();
    if event.get("event").is_some_and(|name| name == "ONIMCOMMANDADD") {
        tokio::spawn(async move {
            if let Err(error) = answer(&http, &event).await {
                eprintln!("not answered: {error}");
            }
        });
    }
    StatusCode::OK
}

async fn answer(http: &reqwest::Client, event: &Fields) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let command = event
        .keys()
        .find_map(|key| key.strip_suffix("[COMMAND]").filter(|path| path.starts_with("data[COMMAND][")))
        .ok_or("the event holds no command")?;
    let field = |key: &str| event.get(key).map(String::as_str).unwrap_or_default();
    let of_command = |key: &str| field(&format!("{command}[{key}]"));
    let text = match of_command("COMMAND") {
        "echo" => format!("You said: {}", of_command("COMMAND_PARAMS")),
        other => format!("I do not know /{other}"),
    };
    let call = json!({
        "auth": field("auth[access_token]"),
        "COMMAND_ID": of_command("COMMAND_ID"),
        "MESSAGE_ID": of_command("MESSAGE_ID"),
        "MESSAGE": text,
    });
    let address = format!("{}imbot.command.answer", field("auth[client_endpoint]"));
    let result: Value = http.post(address).json(&call).send().await?.json().await?;
    match result.get("error") {
        Some(code) => Err(code.to_string().into()),
        None => Ok(()),
    }
}
