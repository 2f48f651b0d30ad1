use b24_spec::TypeKind;
use serde_json::{Map, Value, json};

use crate::{rest::Args, state::State};

/// The settings that a field of some type has.
fn names(kind: &str) -> &'static [&'static str] {
    match kind {
        "string" => &["DEFAULT_VALUE", "ROWS"],
        "double" => &["DEFAULT_VALUE", "PRECISION"],
        "boolean" => &["DEFAULT_VALUE", "DISPLAY"],
        "enumeration" => &["DISPLAY", "LIST_HEIGHT"],
        "iblock_section" | "iblock_element" => {
            &["IBLOCK_TYPE_ID", "IBLOCK_ID", "DEFAULT_VALUE", "DISPLAY", "LIST_HEIGHT", "ACTIVE_FILTER"]
        }
        "crm_status" => &["ENTITY_TYPE"],
        "crm" => &["LEAD", "CONTACT", "COMPANY", "DEAL"],
        _ => &["DEFAULT_VALUE"],
    }
}

/// All settings of a field: those that were given, and the usual ones for the rest.
pub(super) fn complete(state: &State, kind: &str, given: &Args) -> Map<String, Value> {
    let value = |name: &&str| given.value(name).cloned().or_else(|| usual(state, kind, name)).unwrap_or_default();
    let mut settings: Map<String, Value> = names(kind).iter().map(|name| ((*name).to_owned(), value(name))).collect();
    if kind == "crm" && settings.values().all(|flag| flag != "Y") {
        settings.insert("LEAD".to_owned(), "Y".into());
    }
    settings
}

fn usual(state: &State, kind: &str, name: &str) -> Option<Value> {
    match (name, kind) {
        ("DEFAULT_VALUE", "date" | "datetime") => Some(json!({"VALUE": "", "TYPE": "NONE"})),
        ("DEFAULT_VALUE", "boolean") => Some(0.into()),
        ("DEFAULT_VALUE", _) => Some("".into()),
        ("DISPLAY", "boolean") => Some("CHECKBOX".into()),
        ("DISPLAY", _) => Some("LIST".into()),
        _ => match &state.spec.types.get("PortalUserFieldSettings")?.kind {
            TypeKind::Object { fields, .. } => fields.iter().find(|field| field.name == name)?.default.clone(),
            _ => None,
        },
    }
}
