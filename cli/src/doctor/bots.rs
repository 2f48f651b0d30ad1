//! Which bots there are, and whether what happens reaches them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{
    access::{Reply, call, meaning},
    finding::Findings,
    handler,
};
use crate::{
    failure::Failure,
    local::{App, Bot, Facts, Local},
    target::Found,
};

/// The call by which bots without an address hear.
const FETCH: &str = "imbot.v2.Event.get";
/// How many events are looked at.
const FEW: usize = 10;

/// On a local portal, which tells everything.
pub(super) async fn look(findings: &mut Findings, facts: &Facts) -> Result<(), Failure> {
    let state = Local::at(&facts.url)?.state(1).await?;
    let journal = state.get("journal").and_then(Value::as_array).cloned().unwrap_or_default();
    for app in &facts.apps {
        installation(findings, app);
    }
    if facts.bots.is_empty() {
        findings.failure(
            "no bot is registered",
            "A bot registers itself when its application is installed, or when it starts with a webhook: look at what it logs.",
        );
    }
    let mut tried = BTreeSet::new();
    for bot in &facts.bots {
        let app = facts.apps.iter().find(|app| bot.app.as_ref() == Some(&app.client_id));
        let addresses: BTreeSet<&String> = bot.handlers.values().collect();
        registration(findings, bot, &addresses, &journal);
        if app.is_some_and(|app| !app.installed) {
            findings.failure(
                &format!("{} hears nothing: its application is not installed", bot.code),
                "Answer ONAPPINSTALL with 200, or finish the installation where the application has an installer.",
            );
        }
        for address in addresses {
            if tried.insert(address) {
                handler::tried(findings, facts, app, address).await;
            }
        }
    }
    if facts.bots.iter().any(|bot| !bot.fetches()) {
        latest(findings, &journal);
    }
    Ok(())
}

fn installation(findings: &mut Findings, app: &App) {
    let name = &app.name;
    if app.installed {
        let handler = if app.handler.is_empty() { "no address" } else { &app.handler };
        findings.good(&format!("the application \"{name}\" is installed, with {handler}"));
    } else {
        findings.warning(
            &format!("the application \"{name}\" is not installed: it hears nothing"),
            "`b24 portal --install ADDRESS` installs it as soon as its bot answers there; `b24 dev` does it all.",
        );
    }
}

fn registration(findings: &mut Findings, bot: &Bot, addresses: &BTreeSet<&String>, journal: &[Value]) {
    let Bot { code, name, api, owner, waiting, .. } = bot;
    let what = format!("the bot {code} ({name}, {api}) of {owner} is registered");
    if bot.fetches() {
        let fetched = journal.iter().rev().find(|entry| text(entry, "name") == FETCH);
        return match fetched {
            Some(entry) => findings.good(&format!("{what}; its events were fetched {}", when(entry))),
            None => findings.failure(
                &format!("{what}, and nobody fetches its events; {waiting} are waiting"),
                "Fetch them with imbot.v2.Event.get, or register the bot with eventMode webhook and a webhookUrl.",
            ),
        };
    }
    match addresses.iter().next() {
        Some(address) if addresses.len() == 1 => findings.good(&format!("{what}; its events go to {address}")),
        Some(_) => findings.good(&format!("{what}; its events go to {} addresses", addresses.len())),
        None => findings.warning(
            &format!("{what}, but without an address: it is told nothing"),
            "Give it the addresses of its events with imbot.update.",
        ),
    }
}

/// What became of the events that were sent last.
fn latest(findings: &mut Findings, journal: &[Value]) {
    let events: Vec<&Value> = journal.iter().filter(|entry| text(entry, "kind") == "event").collect();
    let few = events.get(events.len().saturating_sub(FEW)..).unwrap_or_default();
    let Some(last) = few.last() else {
        return findings.warning("no event was sent yet", "Say something to the bot: `b24 say hello`.");
    };
    let lost: Vec<&&Value> = few.iter().filter(|entry| !text(entry, "error").is_empty()).collect();
    let Some(latest) = lost.last() else {
        return findings.good(&format!(
            "all of the last {} events were taken, {} {}",
            few.len(),
            text(last, "name"),
            when(last)
        ));
    };
    let (name, whom, error) = (text(latest, "name"), text(latest, "who"), text(latest, "error"));
    let answer = latest.get("response").filter(|answer| !answer.is_null()).map(ToString::to_string);
    let answer = answer.map_or_else(String::new, |answer| format!(" It answered {answer}."));
    findings.warning(
        &format!(
            "{} of the last {} events came to nothing: {name} to {whom}, {}: {error}",
            lost.len(),
            few.len(),
            when(latest)
        ),
        &format!("What is not answered with 200 is not sent again.{answer}"),
    );
}

fn text<'a>(entry: &'a Value, name: &str) -> &'a str {
    entry.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// How long ago an entry of the journal was made, in words.
fn when(entry: &Value) -> String {
    let Ok(then) = text(entry, "at").parse::<Timestamp>() else { return String::new() };
    match Timestamp::now().duration_since(then).as_secs() {
        ..60 => "just now".to_owned(),
        seconds @ 60..7200 => format!("{} minutes ago", seconds / 60),
        seconds => format!("{} hours ago", seconds / 3600),
    }
}

/// On any other portal, as far as calls tell.
pub(super) async fn look_from_afar(findings: &mut Findings, found: &Found, client: Option<&str>) {
    let with = |name: &str| {
        let given = client.map(|client| (name.to_owned(), json!(client)));
        given.into_iter().collect::<Map<String, Value>>()
    };
    let mut count = 0;
    for (method, name) in [("imbot.bot.list", "CLIENT_ID"), ("imbot.v2.Bot.list", "botToken")] {
        match call(found, method, with(name)).await {
            Reply::Result(result) => count += bots(findings, method, &result),
            // An older portal has the one method, a newer one may drop the other.
            Reply::Refused(refusal) if refusal.code == "ERROR_METHOD_NOT_FOUND" => {}
            Reply::Refused(refusal) => {
                let advice = format!("{} Through a webhook, --client says which bots are meant.", meaning(&refusal));
                findings.warning(&format!("{method} is refused: {}", refusal.code), advice.trim());
            }
            Reply::Lost(why) => findings.warning(&format!("{method}: {why}"), ""),
        }
    }
    if count == 0 {
        findings.failure("no bot is to be seen", "A bot registers itself when it starts: look at what it logs.");
    }
    if !found.rest.address.is_webhook() {
        subscriptions(findings, found).await;
    }
}

fn bots(findings: &mut Findings, method: &str, result: &Value) -> usize {
    let list = result.get("bots").unwrap_or(result);
    let rows: Vec<&Value> = match list {
        Value::Array(rows) => rows.iter().collect(),
        Value::Object(rows) => rows.values().collect(),
        _ => Vec::new(),
    };
    for row in &rows {
        let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
        let code = if text("CODE").is_empty() { text("code") } else { text("CODE") };
        let what = format!("the bot {code} is registered, as {method} tells");
        if text("eventMode") == "fetch" {
            findings.warning(
                &format!("{what}; its events wait to be fetched"),
                "It hears only what it asks for with imbot.v2.Event.get. Register it with eventMode webhook to be called.",
            );
        } else {
            findings.good(&what);
        }
    }
    rows.len()
}

/// What the application has subscribed to, and whether the addresses answer from here.
async fn subscriptions(findings: &mut Findings, found: &Found) {
    let Reply::Result(Value::Array(handlers)) = call(found, "event.get", Map::new()).await else { return };
    let addresses: BTreeSet<&str> = handlers
        .iter()
        .filter_map(|handler| handler.get("handler")?.as_str())
        .filter(|address| !address.is_empty())
        .collect();
    if addresses.is_empty() {
        findings.good("the application has no handlers of its own besides those of its bots");
    }
    for address in addresses {
        handler::reached(findings, address).await;
    }
}
