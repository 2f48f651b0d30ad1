//! `imopenlines.config.*`: lines and their settings.

pub(super) mod list;

use serde_json::{Map, Value, json};

use crate::{
    ids::{DepartmentId, LineId, UserId},
    rest::{Args, Call, Refusal},
    state::{
        State,
        lines::{Line, Place, Settings},
    },
};

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let params = call.args.object("PARAMS");
    let mut settings = Settings::new(&state.settings.language);
    settings.change(&params.0);
    Ok(state.add_line(call.user(), settings, queue(&params)).into())
}

fn queue(params: &Args) -> Option<Vec<Place>> {
    params.has("QUEUE").then(|| params.list("QUEUE").iter().filter_map(place).collect())
}

fn place(item: &Value) -> Option<Place> {
    let id = item.get("ENTITY_ID")?.as_u64()?;
    match item.get("ENTITY_TYPE")?.as_str()? {
        "user" => Some(Place::User(UserId(id))),
        "department" => Some(Place::Department(DepartmentId(id))),
        _ => None,
    }
}

fn named(call: &Call<'_>) -> LineId {
    call.args.id("CONFIG_ID").unwrap_or_default()
}

/// Administrators alone change lines that are there.
fn changeable(state: &State, call: &Call<'_>) -> Result<LineId, Refusal> {
    if call.is_admin(state) {
        Ok(named(call))
    } else {
        Err(Refusal::new("CONFIG_WRONG_USER_PERMISSION").with_status(403))
    }
}

pub(super) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let id = changeable(state, call)?;
    let params = call.args.object("PARAMS");
    let Some(line) = state.lines.lines.get_mut(id) else { return Ok(false.into()) };
    line.settings.change(&params.0);
    line.changed_by = call.user();
    if let Some(queue) = queue(&params) {
        line.queue = queue;
    }
    state.lines_changed();
    Ok(true.into())
}

pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let id = changeable(state, call)?;
    Ok(state.remove_line(call.user(), id).into())
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let Some(line) = state.lines.lines.get(named(call)) else { return Ok(false.into()) };
    let mut view = settings(line);
    if call.args.flag("WITH_QUEUE").unwrap_or(false) {
        let shows_offline = call.args.flag("SHOW_OFFLINE").unwrap_or(false);
        let operators = state.operators(line.id);
        let shown = operators.iter().enumerate().filter(|(_, (user, _))| shows_offline || state.is_available(*user));
        let shown: Vec<(usize, UserId, Option<DepartmentId>)> =
            shown.map(|(sort, (user, department))| (sort, *user, *department)).collect();
        let full = shown.iter().map(|(sort, user, department)| {
            let mut entry = Map::new();
            entry.insert("ID".to_owned(), (sort + 1).to_string().into());
            entry.insert("SORT".to_owned(), sort.to_string().into());
            entry.insert("USER_ID".to_owned(), user.to_string().into());
            entry.insert("DEPARTMENT_ID".to_owned(), department.unwrap_or_default().to_string().into());
            entry.extend(unchanged());
            (user.to_string(), entry.into())
        });
        view.insert("QUEUE_FULL".to_owned(), full.collect::<Map<_, _>>().into());
        let users: Vec<UserId> = shown.iter().map(|(_, user, _)| *user).collect();
        view.extend(queue_of(&users));
        view.insert("QUEUE_ONLINE".to_owned(), "Y".into());
    }
    Ok(view.into())
}

/// The settings with the number of the line.
fn settings(line: &Line) -> Map<String, Value> {
    let mut view = line.settings.to_json();
    view.shift_insert(0, "ID".to_owned(), line.id.to_string().into());
    view.insert("MODIFY_USER_ID".to_owned(), line.changed_by.to_string().into());
    view
}

/// Who is in the queue, and what clients see of each where it is not the profile: nothing can be set here.
fn queue_of(users: &[UserId]) -> [(String, Value); 2] {
    let fields = users.iter().map(|user| (user.to_string(), unchanged().into()));
    [
        ("QUEUE".to_owned(), users.iter().map(|user| Value::from(user.to_string())).collect()),
        ("QUEUE_USERS_FIELDS".to_owned(), fields.collect::<Map<_, _>>().into()),
    ]
}

fn unchanged() -> Map<String, Value> {
    let names = ["USER_NAME", "USER_WORK_POSITION", "USER_AVATAR"].map(|name| (name.to_owned(), Value::Null));
    names.into_iter().chain([("USER_AVATAR_ID".to_owned(), "0".into())]).collect()
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn path(state: &mut State, _: &Call<'_>) -> Result<Value, Refusal> {
    Ok(json!({"SERVER_ADDRESS": state.settings.url(), "PUBLIC_PATH": "/contact_center/"}))
}
