//! Which places there are, and which scope each of them belongs to.

use b24_spec::TypeKind;
use serde_json::Value;

use crate::{
    rest::{Call, Refusal},
    state::State,
};

/// Whose place it is, by how its name begins. What is not here belongs to `placement` itself.
const SCOPES: [(&str, &str); 11] = [
    ("CALENDAR_", "calendar"),
    ("CALL_CARD", "telephony"),
    ("CONTACT_CENTER", "contact_center"),
    ("CRM_", "crm"),
    ("IM_SMILES_SELECTOR", COMMON),
    ("IM_", "im"),
    ("IMMOBILE_", "im"),
    ("SONET_GROUP_", "sonet_group"),
    ("TASK_", "task"),
    ("TELEPHONY_", "telephony"),
    ("USER_PROFILE_", "user"),
];
const COMMON: &str = "placement";
/// A page for the settings of a connector comes with the connector.
const BOUND_ELSEWHERE: &str = "SETTING_CONNECTOR";

fn scope(place: &str) -> &'static str {
    SCOPES.iter().find(|(start, _)| place.starts_with(start)).map_or(COMMON, |(_, scope)| scope)
}

fn places(state: &State) -> impl Iterator<Item = &str> {
    let places = match state.spec.types.get("PlacementCode").map(|ty| &ty.kind) {
        Some(TypeKind::Enum(places)) => places.as_slice(),
        _ => &[],
    };
    places.iter().map(|place| place.value.as_str()).filter(|place| *place != BOUND_ELSEWHERE)
}

/// Whether an application with these scopes can have pages in a place. Those of the messenger need `im` for calls alone.
pub(super) fn is_open(state: &State, place: &str, scopes: &[String]) -> bool {
    let scope = scope(place);
    let is_allowed = [COMMON, "im"].contains(&scope) || scopes.iter().any(|own| own == scope);
    is_allowed && places(state).any(|known| known == general(place))
}

/// A place of a type of objects of one's own stands where that of deals stands: `CRM_DYNAMIC_183_DETAIL_TAB`.
fn general(place: &str) -> String {
    let rest = place.strip_prefix("CRM_DYNAMIC_").and_then(|rest| rest.split_once('_'));
    match rest.filter(|(number, _)| number.parse::<u64>().is_ok()) {
        Some((_, rest)) => format!("CRM_DEAL_{rest}"),
        None => place.to_owned(),
    }
}

/// The places of a scope, of all, or of those of the application.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let wants_all = call.args.value("FULL").and_then(Value::as_bool).unwrap_or(false);
    let is_wanted = |place: &&str| {
        let scope = scope(place);
        match call.args.text("SCOPE") {
            Some(wanted) => wanted == scope,
            None => wants_all || scope == COMMON || call.caller.scopes.iter().any(|own| own == scope),
        }
    };
    Ok(places(state).filter(is_wanted).map(Value::from).collect())
}
