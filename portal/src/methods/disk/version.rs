use serde_json::Value;

use super::{fields, id, list as rows, object, refuse, user, view, visitor};
use crate::{
    rest::{Call, Refusal},
    state::{
        State,
        disk::{Access, DiskDenial, ObjectKind},
    },
};

pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let id = id(call, "id");
    let found = state.disk.find_version(id).map(|(file, _)| file.id);
    let file = found.ok_or_else(|| refuse(DiskDenial::NotFound(id)))?;
    let file = state.allowed_file(visitor(call), file, Access::Read).map_err(refuse)?;
    let version = file.versions().find(|version| version.id == id);
    Ok(version.map(|version| view::version(state, file, version)).into())
}

pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let file = object::named(state, call, ObjectKind::File, Access::Read)?;
    let versions = file.versions().map(|version| view::version(state, file, version)).collect();
    Ok(call.page(rows::chosen(call, fields::VERSION, versions)))
}

pub(super) fn restore(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let file = object::named(state, call, ObjectKind::File, Access::Full)?.id;
    let made = state.stamp(user(call));
    state.disk.restore_version(file, id(call, "versionId"), made).map_err(refuse)?;
    object::answer(state, file)
}

pub(super) fn attached(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let id = id(call, "id");
    let tie = state.disk.attachment(id).ok_or_else(|| refuse(DiskDenial::NotFound(id)))?;
    let file = state.allowed_file(visitor(call), tie.object, Access::Read).map_err(refuse)?;
    Ok(view::attachment(state, file, tie))
}
