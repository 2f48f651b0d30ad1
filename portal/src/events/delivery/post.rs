use std::{error::Error, time::Duration};

use reqwest::{ClientBuilder, header::CONTENT_TYPE, redirect};

use super::Delivery;
use crate::events::form;

/// How long a handler may take. The platform gives up after a minute, too.
const PATIENCE: Duration = Duration::from_mins(1);
/// What the platform calls itself towards handlers.
const AGENT: &str = "Bitrix24 Webhook Engine";
/// How much of an answer is read.
const ANSWER_KEPT: usize = 4096;

pub(super) fn client(builder: ClientBuilder) -> reqwest::Client {
    // Installed already where the embedding program uses TLS itself.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = builder.no_proxy().user_agent(AGENT).timeout(PATIENCE).redirect(redirect::Policy::none());
    builder.build().unwrap_or_default()
}

/// Status and text of the answer, or why there is none.
pub(super) async fn post(client: &reqwest::Client, delivery: &Delivery) -> Result<(u16, String), String> {
    let request = client.post(&delivery.url).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let mut response = request.body(form::encode(&delivery.form)).send().await.map_err(|error| reason(&error))?;
    let status = response.status().as_u16();
    let mut text = Vec::new();
    while text.len() < ANSWER_KEPT
        && let Some(chunk) = response.chunk().await.map_err(|error| reason(&error))?
    {
        text.extend_from_slice(&chunk);
    }
    text.truncate(ANSWER_KEPT);
    Ok((status, String::from_utf8_lossy(&text).into_owned()))
}

/// The innermost cause, which says what happened: "Connection refused".
fn reason(error: &reqwest::Error) -> String {
    let mut cause: &dyn Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    if error.is_timeout() { "no answer in time".to_owned() } else { cause.to_string() }
}
