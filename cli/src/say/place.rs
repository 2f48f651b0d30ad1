//! Who speaks to whom.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    failure::Failure,
    local::{Bot, Facts, Local},
};

/// A person in front of a dialog.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) user: u64,
    /// `39` or `chat5`.
    pub(super) dialog: String,
    /// Whether it was opened before: whoever opens it for the first time is greeted.
    pub(super) is_known: bool,
    pub(super) names: BTreeMap<u64, String>,
}

pub(super) async fn place(portal: &Local, user: &str, bot: Option<&str>, chat: Option<&str>) -> Result<Place, Failure> {
    let facts = portal.facts().await?;
    let dialog = match chat {
        Some(chat) if chat.parse::<u64>().is_ok() => format!("chat{chat}"),
        Some(chat) => chat.to_owned(),
        None => chosen(&facts, bot)?.id.to_string(),
    };
    let user = match user.parse() {
        Ok(id) => id,
        Err(_) => person(portal, user).await?,
    };
    let state = portal.state(user).await?;
    let rows = |name: &str| state.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let is_known = rows("dialogs").iter().any(|row| row.get("id").and_then(Value::as_str) == Some(&dialog));
    let name = |row: &Value| Some((row.get("id")?.as_u64()?, row.get("name")?.as_str()?.to_owned()));
    Ok(Place { user, dialog, is_known, names: rows("users").iter().filter_map(name).collect() })
}

/// The person with this name, who comes to the portal if nobody has it.
async fn person(portal: &Local, name: &str) -> Result<u64, Failure> {
    let made = portal.act("person", 1, json!({"name": name})).await?;
    let id = made.get("id").and_then(Value::as_u64);
    id.ok_or_else(|| Failure::Refused(format!("the portal knows nobody called {name}")))
}

/// The bot with this code, or the only one.
fn chosen<'a>(facts: &'a Facts, code: Option<&str>) -> Result<&'a Bot, Failure> {
    let codes = || facts.bots.iter().map(|bot| bot.code.as_str()).collect::<Vec<_>>().join(", ");
    match (code, facts.bots.as_slice()) {
        (_, []) => Err(Failure::Refused(format!("the portal at {} has no bot yet: `b24 doctor` tells why", facts.url))),
        (None, [only]) => Ok(only),
        (None, _) => Err(Failure::Usage(format!("say to which bot, with --bot: {}", codes()))),
        (Some(code), bots) => {
            let found = bots.iter().find(|bot| bot.code == code);
            found.ok_or_else(|| Failure::Usage(format!("the portal has no bot {code}; it has {}", codes())))
        }
    }
}
