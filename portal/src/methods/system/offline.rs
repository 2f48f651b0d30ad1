//! `event.offline.*`: events that are kept until the application fetches them.

use serde_json::{Value, json};

use crate::{
    ids::KeptId,
    rest::{
        Args, Call, Refusal,
        filter::{self, Filter},
    },
    state::{State, clock::iso, subscriptions::Kept},
};

/// By what a list can be chosen and sorted.
const FIELDS: [&str; 6] = ["ID", "TIMESTAMP_X", "EVENT_NAME", "MESSAGE_ID", "PROCESS_ID", "ERROR"];
/// How many events are taken where nobody tells.
const USUAL: usize = 50;

fn row(kept: &Kept) -> Value {
    json!({
        "ID": kept.id.to_string(),
        "TIMESTAMP_X": iso(kept.at),
        "EVENT_NAME": kept.event,
        "EVENT_DATA": kept.data,
        "EVENT_ADDITIONAL": false,
        "MESSAGE_ID": name(kept),
        "PROCESS_ID": kept.package.as_ref().map_or("", |package| &package.name),
        "ERROR": u8::from(kept.has_failed).to_string(),
    })
}

/// What an event is cleared by or marked as failed.
fn name(kept: &Kept) -> String {
    kept.id.to_string()
}

/// The rows that a call wants of these, in the order that it wants.
fn chosen<'a>(args: &Args, kept: impl Iterator<Item = &'a Kept>) -> Vec<Value> {
    let filter = Filter::read(&args.object("filter").0, |field| FIELDS.contains(&field));
    let mut rows: Vec<Value> = kept.map(row).filter(|row| filter.holds(row)).collect();
    filter::sort(&mut rows, &args.object("order").0);
    rows
}

fn number(args: &Args, name: &str) -> Option<u64> {
    args.value(name).and_then(Value::as_u64)
}

/// Takes the first events: deletes them, or sets them aside as a package. Nobody else gets what is set aside.
pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (app, args) = (call.app()?, &call.args);
    let package = args.text("process_id");
    let with_failed = number(args, "error") == Some(1);
    let is_free = |kept: &&Kept| match package {
        Some(package) => kept.is_in(package),
        None => kept.package.is_none(),
    };
    let source = args.text("auth_connector").unwrap_or_default();
    let free = state.kept_for(app, source).filter(is_free).filter(|kept| with_failed || !kept.has_failed);
    let limit = number(args, "limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(USUAL);
    let mut rows = chosen(args, free);
    rows.truncate(limit);
    let taken: Vec<KeptId> = rows.iter().filter_map(|row| row["ID"].as_str()?.parse().ok()).map(KeptId).collect();
    let process = if number(args, "clear") == Some(0) { Some(set_aside(state, &taken, package)) } else { None };
    if process.is_none() {
        for id in taken {
            state.subscriptions.kept.remove(id);
        }
    }
    for row in rows.iter_mut().filter_map(Value::as_object_mut) {
        row.shift_remove("PROCESS_ID");
        row.shift_remove("ERROR");
    }
    Ok(json!({"process_id": process, "events": rows}))
}

/// Makes a package of events; those of a known one stay in it.
fn set_aside(state: &mut State, taken: &[KeptId], known: Option<&str>) -> String {
    if let Some(name) = known {
        return name.to_owned();
    }
    let package = state.new_package();
    for id in taken {
        if let Some(kept) = state.subscriptions.kept.get_mut(*id) {
            kept.package = Some(package.clone());
        }
    }
    package.name
}

pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let app = call.app()?;
    let source = call.args.text("auth_connector").unwrap_or_default();
    let rows = chosen(&call.args, state.kept_for(app, source));
    Ok(call.page(rows))
}

/// Deletes what was set aside: some events of a package, or all.
pub(super) fn clear(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    for id in named(state, call, true)? {
        state.subscriptions.kept.remove(id);
    }
    Ok(true.into())
}

/// Marks events of a package as failed: they are free again for whoever asks for failed ones.
pub(super) fn fail(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    for id in named(state, call, false)? {
        if let Some(kept) = state.subscriptions.kept.get_mut(id) {
            kept.has_failed = true;
            kept.package = None;
        }
    }
    Ok(true.into())
}

/// The events of a package that the call names, by `id` or else by `message_id`.
fn named(state: &State, call: &Call<'_>, is_all_by_default: bool) -> Result<Vec<KeptId>, Refusal> {
    let (app, args) = (call.app()?, &call.args);
    let package = args.text("process_id").unwrap_or_default();
    let ids: Vec<u64> = args.list("id").iter().filter_map(Value::as_u64).collect();
    let names: Vec<&str> = args.list("message_id").iter().filter_map(Value::as_str).collect();
    let is_named = |kept: &&Kept| match (ids.is_empty(), names.is_empty()) {
        (false, _) => ids.contains(&kept.id.0),
        (true, false) => names.contains(&name(kept).as_str()),
        (true, true) => is_all_by_default,
    };
    let own = state.subscriptions.kept.values().filter(|kept| kept.app == app && kept.is_in(package));
    Ok(own.filter(is_named).map(|kept| kept.id).collect())
}
