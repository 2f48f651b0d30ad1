//! The settings of a page, which depend on its place.

use b24_spec::{Field, TypeKind};
use serde_json::{Map, Value};

use crate::{
    rest::{Args, Refusal},
    state::State,
};

/// The kinds of chats that a page may be meant for.
const CONTEXTS: [&str; 5] = ["ALL", "USER", "CHAT", "LINES", "CRM"];

/// What the settings of a place are called in the spec; nothing where it has none.
fn type_name(place: &str) -> Option<&'static str> {
    Some(match place {
        "IM_TEXTAREA" => "PlacementTextareaOptions",
        "IM_SIDEBAR" => "PlacementSidebarOptions",
        "IM_CONTEXT_MENU" => "PlacementContextMenuOptions",
        "IM_NAVIGATION" => "PlacementNavigationOptions",
        "IM_SMILES_SELECTOR" => "PlacementSmilesSelectorOptions",
        "IMMOBILE_CONTEXT_MENU" => "PlacementMobileMenuOptions",
        "PAGE_BACKGROUND_WORKER" => "PlacementBackgroundWorkerOptions",
        "CRM_REQUISITE_AUTOCOMPLETE" | "CRM_BANK_DETAIL_AUTOCOMPLETE" => "PlacementAutocompleteOptions",
        "TASK_VIEW_TAB" | "TASK_VIEW_SIDEBAR" => "PlacementTaskViewOptions",
        _ if place.starts_with("CRM_") && place.ends_with("_DETAIL_ACTIVITY") => "PlacementDetailActivityOptions",
        _ => return None,
    })
}

/// The settings that the portal keeps: those that the place knows, with the usual value where none is given.
pub(super) fn kept(state: &State, place: &str, given: &Args) -> Result<Map<String, Value>, Refusal> {
    let ty = type_name(place).and_then(|name| state.spec.types.get(name));
    let Some(TypeKind::Object { fields, .. }) = ty.map(|ty| &ty.kind) else { return Ok(Map::new()) };
    let mut kept = Map::new();
    for field in fields {
        match given.value(&field.name).or(field.default.as_ref()) {
            Some(value) if field.name == "context" => {
                kept.insert(field.name.clone(), contexts(value)?.into());
            }
            Some(value) => {
                kept.insert(field.name.clone(), value.clone());
            }
            None if field.required => return Err(missing(field)),
            None => {}
        }
    }
    Ok(kept)
}

fn missing(field: &Field) -> Refusal {
    if field.name == "errorHandlerUrl" {
        return Refusal::new("EMPTY_ERROR_HANDLER_URL");
    }
    Refusal::because("ERROR_ARGUMENT", format!("Argument 'OPTIONS[{}]' is null or empty", field.name))
}

/// `USER;CHAT`; `ALL` counts alone.
fn contexts(value: &Value) -> Result<String, Refusal> {
    let words: Vec<String> =
        value.as_str().unwrap_or_default().split(';').map(|word| word.trim().to_ascii_uppercase()).collect();
    if let Some(unknown) = words.iter().find(|word| !CONTEXTS.contains(&word.as_str())) {
        return Err(Refusal::because("INVALID_ERROR_CONTEXT", format!("there is no kind of chat {unknown:?}")));
    }
    Ok(if words.iter().any(|word| word == "ALL") { "ALL".to_owned() } else { words.join(";") })
}
