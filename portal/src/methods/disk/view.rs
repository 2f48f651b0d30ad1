//! Things of the drive in the words of `disk.*`. Numbers are written as texts, as portals do.

use serde_json::{Map, Value, json};

use crate::{
    state::{
        State,
        clock::iso,
        disk::{Attachment, Deletion, Object, ObjectKind, Stamp, Storage, StorageOwner, Version},
    },
    views::file::address,
};

pub(super) fn storage(storage: &Storage) -> Value {
    let (kind, entity) = entity(storage.owner);
    json!({
        "ID": storage.id.to_string(),
        "NAME": storage.name,
        "CODE": null,
        "MODULE_ID": if storage.owner == StorageOwner::Chats { "im" } else { "disk" },
        "ENTITY_TYPE": kind,
        "ENTITY_ID": entity,
        "ROOT_OBJECT_ID": storage.root.to_string(),
    })
}

fn entity(owner: StorageOwner) -> (&'static str, String) {
    match owner {
        StorageOwner::User(user) => ("user", user.to_string()),
        StorageOwner::Company => ("common", "shared_files_s1".to_owned()),
        StorageOwner::Group(group) => ("group", group.to_string()),
        StorageOwner::App(app) => ("restapp", app.to_string()),
        StorageOwner::Chats => ("im", "chats".to_owned()),
    }
}

/// A file or a folder. Each has members that the other has not.
pub(super) fn object(state: &State, object: &Object) -> Value {
    let deletion = match object.deletion {
        Deletion::None => "0",
        Deletion::Trash => "3",
        Deletion::WithFolder => "4",
    };
    let mut view = Map::new();
    let mut put = |name: &str, value: Value| view.insert(name.to_owned(), value);
    put("ID", object.id.to_string().into());
    put("NAME", object.name.clone().into());
    put("CODE", Value::Null);
    put("STORAGE_ID", object.storage.to_string().into());
    put("TYPE", word(object.kind()).into());
    if object.kind() == ObjectKind::Folder {
        put("REAL_OBJECT_ID", object.id.to_string().into());
    }
    put("PARENT_ID", object.parent.unwrap_or_default().to_string().into());
    put("DELETED_TYPE", deletion.into());
    if let Some(version) = object.version() {
        put("GLOBAL_CONTENT_VERSION", version.number.to_string().into());
        put("FILE_ID", version.stored.to_string().into());
        put("SIZE", version.content.size.to_string().into());
    }
    let by = |stamp: Option<Stamp>| stamp.map_or_else(|| "0".to_owned(), |stamp| stamp.by.to_string());
    put("CREATE_TIME", iso(object.created.at).into());
    put("UPDATE_TIME", iso(object.updated.at).into());
    put("DELETE_TIME", object.trashed.map(|trashed| iso(trashed.at)).into());
    put("CREATED_BY", by(Some(object.created)).into());
    put("UPDATED_BY", by(Some(object.updated)).into());
    put("DELETED_BY", by(object.trashed).into());
    if object.version().is_some() {
        put("DOWNLOAD_URL", address(state, object, None, false).into());
    }
    put("DETAIL_URL", page(state, object).into());
    view.into()
}

pub(super) fn word(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::File => "file",
        ObjectKind::Folder => "folder",
    }
}

/// The page of the portal that shows it. The storages of other modules have none.
fn page(state: &State, object: &Object) -> Option<String> {
    let base = match state.disk.storage_of(object)?.owner {
        StorageOwner::User(user) => format!("/company/personal/user/{user}/disk"),
        StorageOwner::Company => "/docs".to_owned(),
        StorageOwner::Group(group) => format!("/workgroups/group/{group}/disk"),
        StorageOwner::App(_) | StorageOwner::Chats => return None,
    };
    let way = if object.kind() == ObjectKind::File { "file" } else { "path" };
    let mut names: Vec<&str> = std::iter::once(object)
        .chain(state.disk.above(object))
        .filter(|folder| folder.parent.is_some())
        .map(|folder| folder.name.as_str())
        .collect();
    names.reverse();
    Some(format!("{}{base}/{way}/{}", state.settings.url(), names.join("/")))
}

pub(super) fn version(state: &State, file: &Object, version: &Version) -> Value {
    json!({
        "ID": version.id.to_string(),
        "OBJECT_ID": file.id.to_string(),
        "SIZE": version.content.size.to_string(),
        "NAME": version.name,
        "GLOBAL_CONTENT_VERSION": version.number.to_string(),
        "CREATE_TIME": iso(version.made.at),
        "CREATED_BY": version.made.by.to_string(),
        "DOWNLOAD_URL": address(state, file, Some(version), false),
    })
}

pub(super) fn attachment(state: &State, file: &Object, tie: &Attachment) -> Value {
    json!({
        "ID": tie.id.to_string(),
        "OBJECT_ID": file.id.to_string(),
        "MODULE_ID": tie.module,
        "ENTITY_TYPE": tie.entity_type,
        "ENTITY_ID": tie.entity.to_string(),
        "CREATE_TIME": iso(tie.made.at),
        "CREATED_BY": tie.made.by.to_string(),
        "DOWNLOAD_URL": address(state, file, None, false),
        "NAME": file.name,
        "SIZE": file.version().map_or(0, |version| version.content.size).to_string(),
    })
}
