//! Whether an address takes events: one is sent there that no bot knows.

use std::time::{Duration, Instant};

use reqwest::StatusCode;

use super::finding::Findings;
use crate::{
    local::{App, Facts},
    rest::{client, innermost, is_on_this_machine},
};

/// An event that means nothing to anybody.
const EVENT: &str = "ONB24DOCTOR";
/// What takes longer is called later and later.
const SLOW: Duration = Duration::from_secs(3);

/// Sends an event as the portal would, with the proof that it comes from there.
pub(super) async fn tried(findings: &mut Findings, facts: &Facts, app: Option<&App>, address: &str) {
    let host = facts.url.split("://").last().unwrap_or_default();
    let token = app.map_or("", |app| app.application_token.as_str());
    let form = [
        ("event", EVENT),
        ("auth[domain]", host),
        ("auth[member_id]", &facts.member_id),
        ("auth[application_token]", token),
    ];
    let form: Vec<String> = form.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let started = Instant::now();
    let answered = send(address, Some(form.join("&"))).await;
    let took = started.elapsed();
    let ms = took.as_millis();
    match answered {
        Ok((StatusCode::OK, _)) if took > SLOW => findings.warning(
            &format!("{address} answers 200, but only after {ms} ms"),
            "Answer first and work later: slow handlers are called later and later.",
        ),
        Ok((StatusCode::OK, _)) => findings.good(&format!("{address} answers an event with 200 in {ms} ms")),
        Ok((status, text)) => {
            let advice = match status {
                StatusCode::FORBIDDEN => {
                    "The bot takes the portal for a stranger: it may have been installed on another one. Install it again."
                }
                StatusCode::NOT_FOUND => "Another program may listen there, or the bot under another path.",
                _ => "Only what is answered with 200 has arrived, and nothing is sent twice.",
            };
            let said: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(100).collect();
            let said = if said.is_empty() { said } else { format!(" ({said})") };
            findings.failure(&format!("{address} answers an event with {}{said}", status.as_u16()), advice);
        }
        Err(why) => findings.failure(
            &format!("{address} does not answer: {why}"),
            "Start the bot there, or register it with the address at which it listens.",
        ),
    }
}

/// Looks whether anybody is there at all: from here, an event would be a stranger's.
pub(super) async fn reached(findings: &mut Findings, address: &str) {
    match send(address, None).await {
        Ok((status, _)) => findings.good(&format!("{address} is there (it answers {} to a look)", status.as_u16())),
        Err(why) if is_on_this_machine(address) => findings.failure(
            &format!("{address} is an address of the portal's own machine, and nobody answers here: {why}"),
            "A portal needs an address that it reaches: B24_HANDLER_URL.",
        ),
        Err(why) => {
            findings.failure(&format!("{address} does not answer: {why}"), "Start the bot, or the proxy before it.");
        }
    }
}

/// Posts a form, or just looks.
async fn send(address: &str, form: Option<String>) -> Result<(StatusCode, String), String> {
    let http = client(reqwest::Client::builder(), address).map_err(|_| "no connection can be made".to_owned())?;
    let request = match form {
        Some(form) => http.post(address).header("content-type", "application/x-www-form-urlencoded").body(form),
        None => http.get(address),
    };
    let response = request.send().await.map_err(|error| innermost(&error))?;
    let status = response.status();
    Ok((status, response.text().await.unwrap_or_default()))
}
