use serde_json::{Map, Value};

use crate::{
    ids::{DepartmentId, UserId},
    rest::{Call, Refusal},
    state::{State, users::UserKind},
    views,
};

/// Bots and people from outside have no business in the structure of the company.
fn only_for_employees(state: &State, call: &Call<'_>) -> Result<(), Refusal> {
    let is_employee = state.users.get(call.user()).is_some_and(|account| account.kind == UserKind::Employee);
    let refusal = || Refusal::because("ACCESS_ERROR", "Only intranet users have access to this method.");
    if is_employee { Ok(()) } else { Err(refusal()) }
}

pub(super) fn wants_data(call: &Call<'_>) -> bool {
    call.args.flag("USER_DATA").unwrap_or(false)
}

/// Users as a call wants them: all that is known, or the numbers alone.
pub(super) fn told(state: &State, call: &Call<'_>, users: impl Iterator<Item = UserId>) -> Vec<Value> {
    let with_data = wants_data(call);
    users.map(|user| if with_data { views::user(state, user) } else { user.into() }).collect()
}

fn wanted(state: &State, call: &Call<'_>) -> Vec<DepartmentId> {
    let ids = call.args.list("ID").iter().filter_map(Value::as_u64).map(DepartmentId);
    ids.filter(|id| state.departments.contains(*id)).collect()
}

pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    only_for_employees(state, call)?;
    let ids = wanted(state, call);
    let departments = ids.iter().filter_map(|id| state.departments.get(*id));
    Ok(departments.map(|department| views::department(state, department, wants_data(call))).collect())
}

pub(super) fn employees(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    each(state, call, |id| state.employees(id).map(|account| account.id).collect())
}

pub(super) fn managers(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    each(state, call, |id| state.departments.get(id).and_then(|department| department.head).into_iter().collect())
}

/// The users of each department that the call names.
fn each(state: &State, call: &Call<'_>, users: impl Fn(DepartmentId) -> Vec<UserId>) -> Result<Value, Refusal> {
    only_for_employees(state, call)?;
    let department = |id| (DepartmentId::to_string(&id), Value::Array(told(state, call, users(id).into_iter())));
    Ok(wanted(state, call).into_iter().map(department).collect::<Map<_, _>>().into())
}

pub(super) fn colleagues(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    only_for_employees(state, call)?;
    let users: Vec<UserId> = state.colleagues(call.user()).map(|account| account.id).collect();
    Ok(call.page(told(state, call, users.into_iter())))
}
