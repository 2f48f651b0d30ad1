use serde_json::{Value, json};

use super::{fields, id, list, object, refuse, upload, user, view, visitor};
use crate::{
    rest::{Call, Refusal},
    state::{
        State,
        disk::{Access, Clash, DiskDenial, Storage, StorageOwner},
    },
};

/// The storage that a call is about.
fn found(state: &State, call: &Call<'_>) -> Result<Storage, Refusal> {
    let id = id(call, "id");
    state.disk.storage(id).cloned().ok_or_else(|| refuse(DiskDenial::NotFound(id)))
}

/// The storage that a call is about, if the caller may do that at its root.
pub(super) fn named(state: &State, call: &Call<'_>, wanted: Access) -> Result<Storage, Refusal> {
    let storage = found(state, call)?;
    state.allowed_folder(visitor(call), storage.root, wanted).map_err(refuse)?;
    Ok(storage)
}

pub(super) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    named(state, call, Access::Read).map(|storage| view::storage(&storage))
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let rows = state.storages_of(visitor(call)).into_iter().map(view::storage).collect();
    Ok(call.page(list::chosen(call, fields::STORAGE, rows)))
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn types(_: &mut State, _: &Call<'_>) -> Result<Value, Refusal> {
    Ok(json!(["user", "common", "group"]))
}

pub(super) fn of_app(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let app = call.app()?;
    Ok(view::storage(&state.storage(StorageOwner::App(app))))
}

/// Only storages of applications have names of their own.
pub(super) fn rename(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let storage = found(state, call)?;
    if !matches!(storage.owner, StorageOwner::App(_)) {
        return Err(Refusal::because("", "Access denied (invalid type of storage)"));
    }
    let storage = named(state, call, Access::Edit)?;
    state.disk.rename_storage(storage.id, call.args.text_or_empty("newName"));
    found(state, call).map(|storage| view::storage(&storage))
}

pub(super) fn children(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let root = found(state, call)?.root;
    Ok(object::inside(state, call, root))
}

pub(super) fn add_folder(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let root = named(state, call, Access::Add)?.root;
    let rights = upload::rights(call)?;
    let made = state.stamp(user(call));
    let data = call.args.object("data");
    let name = data.text("NAME").unwrap_or_default();
    let folder = state.disk.add_folder(root, name, Clash::Refuse, made).map_err(refuse)?;
    state.disk.give(folder, &rights);
    object::answer(state, folder)
}
