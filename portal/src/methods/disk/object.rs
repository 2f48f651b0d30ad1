//! What files and folders have in common.

use serde_json::{Value, json};

use super::{fields, id, list, refuse, user, view, visitor};
use crate::{
    ids::{DiskId, UserId},
    rest::{Call, Refusal},
    state::{
        State,
        disk::{Access, Clash, Object, ObjectKind},
    },
};

/// An object as it is now.
pub(super) fn answer(state: &State, id: DiskId) -> Result<Value, Refusal> {
    let object = state.disk.get(id).ok_or_else(|| Refusal::new("ERROR_NOT_FOUND"))?;
    Ok(view::object(state, object))
}

/// The object that a call is about, if the caller may do that with it.
pub(super) fn named<'a>(
    state: &'a State,
    call: &Call<'_>,
    kind: ObjectKind,
    wanted: Access,
) -> Result<&'a Object, Refusal> {
    state.allowed(visitor(call), id(call, "id"), kind, wanted).map_err(refuse)
}

/// The folder that something goes into.
fn target(state: &State, call: &Call<'_>) -> Result<DiskId, Refusal> {
    let folder = state.allowed_folder(visitor(call), id(call, "targetFolderId"), Access::Add);
    folder.map(|folder| folder.id).map_err(refuse)
}

pub(super) fn get(state: &mut State, call: &Call<'_>, kind: ObjectKind) -> Result<Value, Refusal> {
    named(state, call, kind, Access::Read).map(|object| view::object(state, object))
}

pub(super) fn copy(state: &mut State, call: &Call<'_>, kind: ObjectKind) -> Result<Value, Refusal> {
    let original = named(state, call, kind, Access::Read)?.id;
    let folder = target(state, call)?;
    let made = state.stamp(user(call));
    let copy = state.disk.copy(original, folder, Clash::Refuse, made).map_err(refuse)?;
    answer(state, copy)
}

/// `false` where the target is in another storage.
pub(super) fn relocate(state: &mut State, call: &Call<'_>, kind: ObjectKind) -> Result<Value, Refusal> {
    let object = named(state, call, kind, Access::Edit)?;
    if object.parent.is_none() {
        // The only refusal of the method that has no code.
        return Err(Refusal::because("", "Could not move root folder"));
    }
    let id = object.id;
    let folder = target(state, call)?;
    if state.disk.relocate(id, folder).map_err(refuse)? { answer(state, id) } else { Ok(false.into()) }
}

pub(super) fn rename(state: &mut State, call: &Call<'_>, kind: ObjectKind) -> Result<Value, Refusal> {
    let id = named(state, call, kind, Access::Edit)?.id;
    let made = state.stamp(user(call));
    state.disk.rename(id, call.args.text("newName").unwrap_or_default(), made).map_err(refuse)?;
    answer(state, id)
}

pub(super) fn link(state: &mut State, call: &Call<'_>, kind: ObjectKind) -> Result<Value, Refusal> {
    let id = named(state, call, kind, Access::Read)?.id;
    let code = state.disk.link(id);
    Ok(format!("{}/~{code}", state.settings.url()).into())
}

pub(super) fn add_folder(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let parent = named(state, call, ObjectKind::Folder, Access::Add)?.id;
    let made = state.stamp(user(call));
    let data = call.args.object("data");
    let name = data.text("NAME").unwrap_or_default();
    let folder = state.disk.add_folder(parent, name, Clash::Refuse, made).map_err(refuse)?;
    answer(state, folder)
}

pub(super) fn children(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let folder = state.on_disk(id(call, "id")).filter(|object| object.kind() == ObjectKind::Folder);
    let folder = folder.ok_or_else(|| refuse(crate::state::disk::DiskDenial::NotFound(id(call, "id"))))?.id;
    Ok(inside(state, call, folder))
}

/// The page of a folder's list that the call asks for.
pub(super) fn inside(state: &State, call: &Call<'_>, folder: DiskId) -> Value {
    let visitor = visitor(call);
    let children = state.disk.children(folder).filter(|child| child.is_there() && state.may_read(visitor, child));
    let rows = children.map(|child| view::object(state, child)).collect();
    call.page(list::chosen(call, fields::FOLDER, rows))
}

pub(super) fn share(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let folder = named(state, call, ObjectKind::Folder, Access::Read)?.id;
    let word = call.args.text("taskName").unwrap_or_default();
    let access = Access::ALL.into_iter().find(|access| access.word() == word);
    let access = access.ok_or_else(|| Refusal::because("ACCESS_DENIED", format!("there is no level {word:?}")))?;
    let guest: UserId = call.args.id("userId").unwrap_or_default();
    if !state.users.contains(guest) {
        return Err(Refusal::because("ERROR_NOT_FOUND", format!("Could not find entity with id `{guest}`")));
    }
    state.share_folder(visitor(call), folder, guest, access).map_err(refuse)?;
    Ok(true.into())
}

/// Those that may be given; to add without editing is none of them.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn tasks(_: &mut State, _: &Call<'_>) -> Result<Value, Refusal> {
    let title = |access| match access {
        Access::Full => Some("Full access"),
        Access::Edit => Some("Editing"),
        Access::Add => None,
        Access::Read => Some("Reading"),
    };
    let task =
        |access: Access| Some(json!({"ID": access.task().to_string(), "NAME": access.word(), "TITLE": title(access)?}));
    Ok(Access::ALL.into_iter().rev().filter_map(task).collect())
}
