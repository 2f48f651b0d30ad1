//! Whether calls get through, in whose name, and to what.

use b24_spec::Spec;
use serde_json::{Map, Value};

use super::finding::Findings;
use crate::{call::revision, failure::Failure, rest::Refusal, target::Found};

/// How a call went.
pub(super) enum Reply {
    Result(Value),
    Refused(Refusal),
    Lost(String),
}

pub(super) async fn call(found: &Found, method: &str, params: Map<String, Value>) -> Reply {
    match found.rest.call(method, false, &params).await {
        Ok(answer) => match answer.refusal() {
            Some(refusal) => Reply::Refused(refusal),
            None => Reply::Result(answer.result().clone()),
        },
        Err(Failure::Connection(why) | Failure::Refused(why) | Failure::Usage(why)) => Reply::Lost(why),
        Err(Failure::Told | Failure::Mistakes) => Reply::Lost(String::new()),
    }
}

pub(super) async fn look(findings: &mut Findings, found: &Found) {
    let way = if found.rest.address.is_webhook() { "the webhook" } else { "the token" };
    let origin = found.rest.address.origin();
    match call(found, "profile", Map::new()).await {
        Reply::Result(profile) => {
            let text = |name: &str| profile.get(name).and_then(Value::as_str).unwrap_or_default();
            let name = format!("{} {}", text("NAME"), text("LAST_NAME"));
            findings.good(&format!("{way} is valid: calls are made in the name of {}", name.trim()));
        }
        Reply::Refused(refusal) => {
            let meaning = meaning(&refusal);
            return findings.failure(&format!("{origin} refuses {way}: {}", refusal.code), &meaning);
        }
        Reply::Lost(why) => {
            return findings.failure(&why, "Look at the address: nothing more can be told without an answer.");
        }
    }
    scopes(findings, found, way).await;
    if found.facts.is_none() {
        match revision::ask("im", found).await {
            Some(revision) => findings.good(&format!("the portal has im revision {revision}")),
            None => findings.warning("the portal does not tell its revision", "It may lack the scopes im and imbot."),
        }
    }
}

async fn scopes(findings: &mut Findings, found: &Found, way: &str) {
    let Reply::Result(Value::Array(scopes)) = call(found, "scope", Map::new()).await else { return };
    let scopes: Vec<&str> = scopes.iter().filter_map(Value::as_str).collect();
    let list = if scopes.is_empty() { "none".to_owned() } else { scopes.join(", ") };
    if scopes.contains(&"imbot") {
        findings.good(&format!("the scopes of {way}: {list}"));
    } else {
        findings.failure(
            &format!("{way} lacks the scope imbot; it has {list}"),
            "Without it no bot can be registered: add the permission for chatbots on the portal.",
        );
    }
}

/// What the spec knows of a refusal.
pub(super) fn meaning(refusal: &Refusal) -> String {
    let known =
        Spec::embedded().ok().and_then(|spec| spec.errors.into_iter().find(|known| known.error.code == refusal.code));
    match known {
        Some(known) => format!("{} {}", known.error.meaning, known.advice).trim().to_owned(),
        None => refusal.description.clone(),
    }
}
