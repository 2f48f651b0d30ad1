//! `department.*`: the structure of the company.

use serde_json::{Map, Value, json};

use super::Table;
use crate::{
    ids::{DepartmentId, UserId},
    rest::{
        Call, Refusal,
        filter::{Filter, sort_as_asked},
    },
    state::{
        State,
        departments::{Department, TOP},
    },
};

pub(super) const METHODS: Table = &[
    ("department.add", add),
    ("department.delete", delete),
    ("department.fields", fields),
    ("department.get", get),
    ("department.update", update),
];

/// The fields and what people call them.
const FIELDS: [(&str, &str); 5] = [
    ("ID", "ID"),
    ("NAME", "Department name"),
    ("SORT", "Sorting"),
    ("PARENT", "Parent department"),
    ("UF_HEAD", "Head"),
];

fn refused(why: &str) -> Refusal {
    Refusal::because("ERROR_CORE", why)
}

/// Only administrators change the structure.
fn may_change(state: &State, call: &Call<'_>) -> Result<(), Refusal> {
    if call.is_admin(state) { Ok(()) } else { Err(refused("Access denied")) }
}

fn known(state: &State, call: &Call<'_>) -> Result<DepartmentId, Refusal> {
    let id = call.args.id("ID").filter(|id| state.departments.contains(*id));
    id.ok_or_else(|| refused("Department not found"))
}

/// The head that a call names; 0 is nobody.
fn head(state: &State, call: &Call<'_>) -> Result<Option<UserId>, Refusal> {
    match call.args.id("UF_HEAD").filter(|user| *user != UserId(0)) {
        Some(user) if !state.users.contains(user) => Err(refused("there is no such user to head it")),
        head => Ok(head),
    }
}

fn add(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    may_change(state, call)?;
    let parent = call.args.id("PARENT").filter(|id| state.departments.contains(*id));
    let parent =
        parent.ok_or_else(|| refused("There can only be one top-level department in the company structure"))?;
    let head = head(state, call)?;
    let name = call.args.text_or_empty("NAME");
    let id = state.departments.insert(|id| Department { head, ..Department::new(id, name, Some(parent)) });
    place(state, call, id);
    Ok(id.into())
}

fn place(state: &mut State, call: &Call<'_>, id: DepartmentId) {
    if let (Some(department), Some(sort)) =
        (state.departments.get_mut(id), call.args.value("SORT").and_then(Value::as_i64))
    {
        department.sort = sort;
    }
}

fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    may_change(state, call)?;
    let id = known(state, call)?;
    let head = head(state, call)?;
    let parent: Option<DepartmentId> = call.args.id("PARENT").filter(|above| *above != DepartmentId(0));
    if let Some(above) = parent {
        if !state.departments.contains(above) {
            return Err(refused("there is no such department to stand below"));
        }
        if state.belongs_to(above, id) {
            return Err(refused("a department cannot stand below itself"));
        }
    }
    place(state, call, id);
    if let Some(department) = state.departments.get_mut(id) {
        if let Some(name) = call.args.text("NAME") {
            name.clone_into(&mut department.name);
        }
        department.parent = parent.or(department.parent);
        if call.args.has("UF_HEAD") {
            department.head = head;
        }
    }
    Ok(true.into())
}

fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    may_change(state, call)?;
    let id = known(state, call)?;
    if id == TOP {
        return Err(refused("the company itself cannot be deleted"));
    }
    state.remove_department(id);
    Ok(true.into())
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
fn fields(_state: &mut State, _call: &Call<'_>) -> Result<Value, Refusal> {
    Ok(FIELDS.iter().map(|(name, title)| ((*name).to_owned(), Value::from(*title))).collect::<Map<_, _>>().into())
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let is_field = |name: &str| FIELDS.iter().any(|(field, _)| *field == name);
    // The field to sort by may stand where the place is asked for.
    let field = |name: &str| call.args.text(name).filter(|field| is_field(field));
    let is_condition = |name: &str| is_field(name) && !(name == "SORT" && field("SORT").is_some());
    let conditions = call.args.0.iter().filter(|(name, value)| is_condition(name) && !value.is_null());
    let filter = Filter::read(&conditions.map(|(name, value)| (name.clone(), value.clone())).collect(), is_field);
    let mut rows: Vec<Value> = state.departments.values().map(row).filter(|row| filter.holds(row)).collect();
    sort_as_asked(&mut rows, field("sort").or_else(|| field("SORT")), call.args.value("order"));
    Ok(call.page(rows))
}

/// `CompanyDepartment`: what it does not have is not there.
fn row(department: &Department) -> Value {
    let mut row = json!({"ID": department.id.to_string(), "NAME": department.name, "SORT": department.sort});
    if let Some(parent) = department.parent {
        row["PARENT"] = parent.to_string().into();
    }
    if let Some(head) = department.head {
        row["UF_HEAD"] = head.to_string().into();
    }
    row
}
