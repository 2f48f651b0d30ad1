//! `disk.*`, `im.disk.*` and `File.*` of both APIs: files.

mod chat;
mod fields;
mod list;
mod object;
mod search;
pub(crate) mod send;
mod storage;
mod trash;
pub(crate) mod upload;
mod version;
mod view;

use super::Table;
use crate::{
    ids::{DiskId, UserId},
    rest::{Call, Refusal},
    state::disk::{DiskDenial, ObjectKind::File, ObjectKind::Folder, Visitor},
};

pub(super) const METHODS: Table = &[
    ("disk.attachedObject.get", version::attached),
    ("disk.file.copyTo", |state, call| object::copy(state, call, File)),
    ("disk.file.delete", |state, call| trash::erase(state, call, File)),
    ("disk.file.get", |state, call| object::get(state, call, File)),
    ("disk.file.getExternalLink", |state, call| object::link(state, call, File)),
    ("disk.file.getFields", fields::of_files),
    ("disk.file.getVersions", version::list),
    ("disk.file.markDeleted", |state, call| trash::mark(state, call, File)),
    ("disk.file.moveTo", |state, call| object::relocate(state, call, File)),
    ("disk.file.rename", |state, call| object::rename(state, call, File)),
    ("disk.file.restore", |state, call| trash::restore(state, call, File)),
    ("disk.file.restoreFromVersion", version::restore),
    ("disk.file.search", search::search),
    ("disk.file.uploadVersion", upload::version),
    ("disk.folder.addSubFolder", object::add_folder),
    ("disk.folder.copyTo", |state, call| object::copy(state, call, Folder)),
    ("disk.folder.deleteTree", |state, call| trash::erase(state, call, Folder)),
    ("disk.folder.get", |state, call| object::get(state, call, Folder)),
    ("disk.folder.getChildren", object::children),
    ("disk.folder.getExternalLink", |state, call| object::link(state, call, Folder)),
    ("disk.folder.getFields", fields::of_folders),
    ("disk.folder.markDeleted", |state, call| trash::mark(state, call, Folder)),
    ("disk.folder.moveTo", |state, call| object::relocate(state, call, Folder)),
    ("disk.folder.rename", |state, call| object::rename(state, call, Folder)),
    ("disk.folder.restore", |state, call| trash::restore(state, call, Folder)),
    ("disk.folder.shareToUser", object::share),
    ("disk.folder.uploadFile", upload::into_folder),
    ("disk.rights.getTasks", object::tasks),
    ("disk.storage.addFolder", storage::add_folder),
    ("disk.storage.get", storage::get),
    ("disk.storage.getChildren", storage::children),
    ("disk.storage.getFields", fields::of_storages),
    ("disk.storage.getForApp", storage::of_app),
    ("disk.storage.getList", storage::list),
    ("disk.storage.getTypes", storage::types),
    ("disk.storage.rename", storage::rename),
    ("disk.storage.uploadFile", upload::into_storage),
    ("disk.version.get", version::get),
    ("im.disk.file.commit", chat::commit),
    ("im.disk.file.delete", chat::delete),
    ("im.disk.file.save", chat::save),
    ("im.disk.folder.get", chat::folder),
    ("im.v2.File.download", send::download),
    ("im.v2.File.upload", send::upload),
];

/// Who comes to the drive with a call.
fn visitor(call: &Call<'_>) -> Visitor {
    Visitor { user: call.caller.user, app: call.app().ok() }
}

fn user(call: &Call<'_>) -> UserId {
    call.caller.user
}

/// The id under a name that the spec requires.
fn id(call: &Call<'_>, name: &str) -> DiskId {
    call.args.id(name).unwrap_or_default()
}

/// The codes of `disk.*`.
#[expect(clippy::needless_pass_by_value, reason = "it turns one error into another")]
fn refuse(denial: DiskDenial) -> Refusal {
    let code = match denial {
        DiskDenial::NotFound(id) => {
            return Refusal::because("ERROR_NOT_FOUND", format!("Could not find entity with id `{id}`"));
        }
        DiskDenial::NoAccess => "ACCESS_DENIED",
        DiskDenial::NameTaken(_) | DiskDenial::Root => "DISK_OBJ_22000",
        DiskDenial::NoName => "0",
        DiskDenial::Inside => "ERROR_ARGUMENT",
        DiskDenial::TooLarge { .. } | DiskDenial::NoRoom(_) => "ERROR_COULD_NOT_SAVE_FILE",
        DiskDenial::OtherFile => "DISK_FILE_22004",
    };
    Refusal::because(code, denial.to_string())
}
