use serde_json::{Value, json};

use super::user;
use crate::state::{State, departments::Department};

/// `Department`, on demand with whoever heads it.
pub(crate) fn department(state: &State, department: &Department, with_head: bool) -> Value {
    let head = department.head.unwrap_or_default();
    let mut view = json!({
        "id": department.id,
        "name": department.name,
        "full_name": state.full_name(department.id),
        "manager_user_id": head,
    });
    if with_head {
        view["manager_user_data"] = department.head.map(|head| user(state, head)).into();
    }
    view
}
