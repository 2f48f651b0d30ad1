use serde_json::Value;

use super::{object, refuse, user};
use crate::{
    rest::{Call, Refusal},
    state::{
        State,
        disk::{Access, ObjectKind},
    },
};

/// What it takes to put something into the trash.
fn needed(kind: ObjectKind) -> Access {
    match kind {
        ObjectKind::File => Access::Edit,
        ObjectKind::Folder => Access::Full,
    }
}

pub(super) fn mark(state: &mut State, call: &Call<'_>, kind: ObjectKind) -> Result<Value, Refusal> {
    let id = object::named(state, call, kind, needed(kind))?.id;
    let made = state.stamp(user(call));
    state.disk.mark_deleted(id, made).map_err(refuse)?;
    object::answer(state, id)
}

pub(super) fn restore(state: &mut State, call: &Call<'_>, kind: ObjectKind) -> Result<Value, Refusal> {
    let id = object::named(state, call, kind, needed(kind))?.id;
    let made = state.stamp(user(call));
    state.disk.restore(id, made);
    object::answer(state, id)
}

pub(super) fn erase(state: &mut State, call: &Call<'_>, kind: ObjectKind) -> Result<Value, Refusal> {
    let id = object::named(state, call, kind, Access::Full)?.id;
    state.disk.erase(id).map_err(refuse)?;
    Ok(true.into())
}
