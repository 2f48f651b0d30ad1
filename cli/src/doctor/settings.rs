//! The settings that a bot of `b24-runtime` would read in this shell.

use std::env;

use super::finding::Findings;
use crate::rest::is_on_this_machine;

pub(super) fn look(findings: &mut Findings) {
    let get = |name: &str| env::var(name).ok().filter(|value| !value.trim().is_empty());
    let [client, secret, webhook, handler, listen] =
        ["B24_CLIENT_ID", "B24_CLIENT_SECRET", "B24_WEBHOOK_URL", "B24_HANDLER_URL", "B24_LISTEN"].map(get);
    if [&client, &secret, &handler, &listen].iter().all(|value| value.is_none()) {
        return;
    }
    match (&client, &secret, &webhook) {
        (Some(_), Some(_), None) | (None, None, Some(_)) => {}
        (_, _, Some(_)) => findings.failure(
            "B24_WEBHOOK_URL is set besides B24_CLIENT_ID or B24_CLIENT_SECRET",
            "A bot does not start with both: unset one or the others.",
        ),
        _ => findings.failure(
            "B24_CLIENT_ID and B24_CLIENT_SECRET belong together",
            "Set both of an application, or B24_WEBHOOK_URL of a webhook instead.",
        ),
    }
    for (name, value) in [("B24_HANDLER_URL", &handler), ("B24_LISTEN", &listen)] {
        if value.is_none() {
            findings.failure(&format!("{name} is not set"), "A bot with other settings does not start without it.");
        }
    }
    let Some(handler) = handler else { return };
    if is_on_this_machine(&handler) {
        findings.warning(
            &format!("B24_HANDLER_URL is {handler}, which only a portal on this machine reaches"),
            "A real portal needs an address of the internet: a proxy or a tunnel that leads to B24_LISTEN.",
        );
    } else if handler.starts_with("http:") {
        findings.warning(
            &format!("B24_HANDLER_URL is {handler}, without TLS"),
            "Whoever is in between can read the tokens. Portals of the cloud want https://.",
        );
    }
}
