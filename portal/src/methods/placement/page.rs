use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{options, place};
use crate::{
    events::is_address,
    ids::{AppId, UserId},
    rest::{Args, Call, Refusal},
    state::{
        Change, State,
        placements::{Placement, PlacementText},
    },
};

/// The only place whose pages can be for one user.
const PERSONAL: &str = "PAGE_BACKGROUND_WORKER";
/// The places that take one page of an application.
const SINGLE: [&str; 2] = [PERSONAL, "REST_APP_URI"];

fn user(call: &Call<'_>) -> Option<UserId> {
    call.args.id("USER_ID").filter(|user| *user != UserId(0))
}

pub(super) fn bind(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let app = call.app()?;
    let place = call.args.text_or_empty("PLACEMENT").to_ascii_uppercase();
    if !place::is_open(state, &place, &call.caller.scopes) {
        return Err(Refusal::new("ERROR_PLACEMENT_NOT_FOUND"));
    }
    let handler = address(call)?;
    let user = user(call);
    if user.is_some() && place != PERSONAL {
        return Err(Refusal::new("ERROR_PLACEMENT_USER_MODE"));
    }
    let options = options::kept(state, &place, &call.args.object("OPTIONS"))?;
    let texts = text(&call.args);
    let is_there = |page: &&Placement| page.app == app && page.place == place && page.user == user;
    let there: Vec<&Placement> = state.placements.pages.values().filter(is_there).collect();
    if SINGLE.contains(&place.as_str()) && !there.is_empty() {
        return Err(Refusal::new("ERROR_PLACEMENT_MAX_COUNT"));
    }
    if there.iter().any(|page| page.handler == handler && page.texts == texts) {
        return Err(Refusal::because("ERROR_CORE", "Unable to set placement handler: Handler already binded"));
    }
    let languages = languages(state, call, &texts);
    state.placements.pages.insert(|id| Placement { id, app, place, user, handler, texts, languages, options });
    state.changes.push(Change::Placements);
    Ok(true.into())
}

fn address(call: &Call<'_>) -> Result<String, Refusal> {
    let handler = call.args.text_or_empty("HANDLER");
    let scheme = handler.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https") if is_address(&handler) => Ok(handler),
        Some("http" | "https") | None => Err(Refusal::new("ERROR_WRONG_HANDLER_URL")),
        Some(_) => Err(Refusal::new("ERROR_UNSUPPORTED_PROTOCOL")),
    }
}

fn text(args: &Args) -> PlacementText {
    PlacementText {
        title: args.text_or_empty("TITLE"),
        description: args.text_or_empty("DESCRIPTION"),
        group: args.text_or_empty("GROUP_NAME"),
    }
}

/// The texts by language; those that are told for all count for that of the portal.
fn languages(state: &State, call: &Call<'_>, texts: &PlacementText) -> BTreeMap<String, PlacementText> {
    let given = call.args.object("LANG_ALL");
    let one = |(language, texts): (&String, &Value)| {
        let texts = Args(texts.as_object().cloned().unwrap_or_default());
        (language.to_ascii_lowercase(), text(&texts))
    };
    let mut languages: BTreeMap<String, PlacementText> = given.0.iter().map(one).collect();
    if *texts != PlacementText::default() {
        languages.entry(state.settings.language.clone()).or_insert_with(|| texts.clone());
    }
    languages
}

pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let app = call.app()?;
    let own = state.placements.pages.values().filter(|page| page.app == app);
    Ok(own.map(|page| row(state, page)).collect())
}

fn row(state: &State, page: &Placement) -> Value {
    let texts = page.texts_in(&state.settings.language);
    json!({
        "placement": page.place,
        "userId": page.user.unwrap_or_default(),
        "handler": page.handler,
        "options": php(page.options.clone()),
        "title": if page.texts.title.is_empty() { &texts.title } else { &page.texts.title },
        "description": if page.texts.description.is_empty() { &texts.description } else { &page.texts.description },
        "langAll": php(page.languages.iter().map(|(language, texts)| (language.clone(), json!(texts))).collect()),
    })
}

/// An empty map is a list in PHP.
fn php(map: Map<String, Value>) -> Value {
    if map.is_empty() { json!([]) } else { map.into() }
}

/// Counts each page twice: when it is found, and when it is gone.
pub(super) fn unbind(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let app: AppId = call.app()?;
    let place = call.args.text_or_empty("PLACEMENT").to_ascii_uppercase();
    let handler = call.args.text("HANDLER");
    let user = user(call);
    let is_meant = |page: &Placement| {
        page.place == place
            && handler.is_none_or(|handler| page.handler == handler)
            && (user.is_none() || page.user == user)
    };
    let removed = state.remove_placements(app, is_meant);
    Ok(json!({"count": 2 * removed}))
}
