use serde_json::Value;

use super::{department::wants_data, user::by_id};
use crate::{
    phrase::Phrase,
    rest::{Call, Refusal},
    state::{
        State,
        bots::BotKind,
        users::{Account, UserKind},
    },
    views,
};

/// The first revision that looks for less than three letters.
const SHORT_PHRASES: u32 = 32;
const SHORTEST_ONCE: usize = 3;

/// What the call looks for. Older portals want three letters of it.
fn phrase<'a>(state: &State, call: &'a Call<'_>) -> Result<&'a str, Refusal> {
    let phrase = call.args.text("FIND").unwrap_or_default().trim();
    let is_short = phrase.chars().count() < SHORTEST_ONCE;
    if is_short && state.settings.revision < SHORT_PHRASES { Err(Refusal::new("FIND_SHORT")) } else { Ok(phrase) }
}

/// Whom the caller may see, by name, position and department.
pub(super) fn users(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let phrase = Phrase::of(phrase(state, call)?);
    let staff_only = call.args.flag("BUSINESS").unwrap_or(false);
    let is_public = |account: &Account| match account.kind {
        UserKind::Employee => true,
        UserKind::Extranet => !staff_only,
        UserKind::Bot => {
            !staff_only
                && state.bots.get(&account.id).is_some_and(|bot| bot.kind != BotKind::Personal && !bot.is_hidden)
        }
        UserKind::Connector => false,
    };
    let is_found = |account: &&Account| {
        account.active
            && is_public(account)
            && state.sees(call.user(), account.id)
            && phrase.is_in(&state.describe(account))
    };
    let found = state.users.values().filter(is_found).map(|account| views::user(state, account.id)).collect();
    match call.page(found) {
        Value::Array(found) => Ok(by_id(found)),
        other => Ok(other),
    }
}

/// By the full name. A phrase of one letter or none finds all.
pub(super) fn departments(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    if !call.args.has("FIND") {
        return Err(Refusal::new("FIND_SHORT"));
    }
    let phrase = phrase(state, call)?;
    let phrase = Phrase::of(if phrase.chars().count() < 2 { "" } else { phrase });
    let found = state.departments.values().filter(|department| phrase.is_in(&state.full_name(department.id)));
    Ok(call.page(found.map(|department| views::department(state, department, wants_data(call))).collect()))
}
