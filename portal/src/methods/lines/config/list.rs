use serde_json::{Map, Value, json};

use super::{queue_of, settings};
use crate::{
    ids::UserId,
    rest::{
        Args, Call, Refusal,
        filter::{self, Filter},
    },
    state::{
        State,
        lines::{Line, Place},
    },
};

/// How many lines a page has, and how many at most.
const PAGE: u64 = 50;
const LARGEST: u64 = 200;

pub(in crate::methods::lines) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (params, options) = (call.args.object("PARAMS"), call.args.object("OPTIONS"));
    let (chosen, order) = (params.object("filter").0, params.object("order").0);
    let selected: Vec<String> =
        params.list("select").iter().filter_map(Value::as_str).map(str::to_ascii_uppercase).collect();
    let example = settings_of_any(state);
    let is_known = |field: &str| example.contains_key(&field.to_ascii_uppercase());
    check("select", selected.iter().map(String::as_str), is_known)?;
    check("order", order.keys().map(String::as_str), is_known)?;
    check("filter", chosen.keys().map(|name| name.trim_start_matches(['=', '!', '<', '>', '%', '@'])), is_known)?;
    check_directions(&order)?;
    let is_permitted = permission(state, call, &options)?;
    let filter = Filter::read(&chosen, is_known);
    let mut rows: Vec<Value> =
        state.lines.lines.values().filter(|_| is_permitted).map(|line| settings(line).into()).collect();
    rows.retain(|row| filter.holds(row));
    filter::sort(&mut rows, &order);
    let size = params.number("limit").unwrap_or(PAGE).min(LARGEST);
    let offset = params.number("offset").unwrap_or_default();
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let page = rows.into_iter().skip(count(offset)).take(count(size));
    Ok(page.map(|row| finish(state, &row, &selected, &options)).collect())
}

/// A row with what was asked for, and nothing else.
fn finish(state: &State, row: &Value, selected: &[String], options: &Args) -> Value {
    let is_wanted = |name: &String| selected.is_empty() || selected.contains(name);
    let id = row.get("ID").and_then(Value::as_str).and_then(|id| id.parse::<u64>().ok()).unwrap_or_default();
    let fields = row.as_object().into_iter().flatten().filter(|(name, _)| is_wanted(name));
    let mut view: Map<String, Value> = fields.map(|(name, value)| (name.clone(), value.clone())).collect();
    if options.flag("QUEUE").unwrap_or(false) {
        let users: Vec<UserId> = state.operators(id.into()).into_iter().map(|(user, _)| user).collect();
        view.extend(queue_of(&users));
    }
    if options.flag("CONFIG_QUEUE").unwrap_or(false) {
        let places = state.lines.lines.get(id.into()).map(|line| line.queue.as_slice()).unwrap_or_default();
        view.insert("CONFIG_QUEUE".to_owned(), places.iter().map(place).collect());
    }
    view.into()
}

fn place(place: &Place) -> Value {
    match place {
        Place::User(user) => json!({"ENTITY_ID": user.to_string(), "ENTITY_TYPE": "user"}),
        Place::Department(department) => json!({"ENTITY_ID": department.to_string(), "ENTITY_TYPE": "department"}),
    }
}

/// The fields that every line has.
fn settings_of_any(state: &State) -> Map<String, Value> {
    let settings = crate::state::lines::Settings::new(&state.settings.language);
    super::settings(&Line { id: 0.into(), settings, queue: Vec::new(), code: String::new(), changed_by: UserId(0) })
}

fn check<'a>(
    param: &str,
    mut names: impl Iterator<Item = &'a str>,
    is_known: impl Fn(&str) -> bool,
) -> Result<(), Refusal> {
    let unknown = names.find(|name| !is_known(name));
    unknown.map_or(Ok(()), |name| invalid(format!("An unknown field {name:?} is passed in the PARAMS field {param:?}")))
}

fn check_directions(order: &Map<String, Value>) -> Result<(), Refusal> {
    let is_direction = |value: &Value| {
        value.as_str().is_some_and(|word| ["asc", "desc"].contains(&word.to_ascii_lowercase().as_str()))
    };
    if order.values().all(is_direction) { Ok(()) } else { invalid("a direction is ASC or DESC") }
}

/// Whether the caller may do with the lines what it wants to know about.
fn permission(state: &State, call: &Call<'_>, options: &Args) -> Result<bool, Refusal> {
    match options.text("CHECK_PERMISSION").map(str::to_ascii_uppercase).as_deref() {
        None | Some("VIEW" | "PERFORM") => Ok(true),
        Some("MODIFY") => Ok(call.is_admin(state)),
        Some(word) => invalid(format!("there is no action {word:?}")),
    }
}

fn invalid<T>(why: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::because("INVALID_FORMAT", why))
}
