//! `im.disk.*`: the files of a chat.

use serde_json::{Map, Value, json};

use super::{user, visitor};
use crate::{
    ids::{ChatId, DiskId, MessageId},
    rest::{Call, Refusal},
    state::{
        State,
        clock::iso,
        disk::{Access, Clash, Object, StorageOwner, Visitor},
        messages::{Event, Removal},
    },
    views,
};

/// What people find their saved files in.
const SAVED: &str = "Saved Files";

/// The chat that a call names by `CHAT_ID` or else `DIALOG_ID`; the caller is in it.
fn named(state: &mut State, call: &Call<'_>) -> Result<ChatId, Refusal> {
    let denied = |_| Refusal::because("ACCESS_ERROR", "You do not have access to the specified dialog");
    if let Some(chat) = call.args.id("CHAT_ID") {
        return state.joined(user(call), chat).map(|chat| chat.id).map_err(denied);
    }
    let dialog = call.args.dialog("DIALOG_ID").ok_or_else(|| Refusal::new("DIALOG_ID_EMPTY"))?;
    state.joined_chat(user(call), dialog).map_err(denied)
}

fn no_folder(denial: &crate::state::disk::DiskDenial) -> Refusal {
    Refusal::because("INTERNAL_ERROR", denial.to_string())
}

pub(super) fn folder(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let chat = named(state, call)?;
    let folder = state.chat_folder(chat).map_err(|denial| no_folder(&denial))?;
    Ok(json!({"ID": folder}))
}

/// Sends files that are on the drive to a chat, as the person would do it.
pub(super) fn commit(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let chat = named(state, call)?;
    let which = if call.args.value("FILE_ID").is_some() { "FILE_ID" } else { "UPLOAD_ID" };
    let ids: Vec<DiskId> = match call.args.value(which) {
        Some(Value::Array(ids)) => ids.iter().filter_map(Value::as_u64).map(DiskId).collect(),
        id => id.and_then(Value::as_u64).map(DiskId).into_iter().collect(),
    };
    let unsaved = || Refusal::because("SAVE_ERROR", "Error during saving file to chat");
    let visitor = visitor(call);
    if ids.is_empty() || ids.iter().any(|id| state.allowed_file(visitor, *id, Access::Read).is_err()) {
        return Err(unsaved());
    }
    let mut files = Vec::new();
    for id in ids {
        files.push(state.bring_to_chat(visitor, chat, id).map_err(|_| unsaved())?);
    }
    let message = state.post_files(chat, visitor.user, files.clone(), call.args.text("MESSAGE").unwrap_or_default());
    state.announce(message);
    Ok(committed(state, chat, message, &files))
}

/// `ImDiskCommitted`
fn committed(state: &State, chat: ChatId, message: MessageId, files: &[DiskId]) -> Value {
    let objects = files.iter().filter_map(|file| state.disk.get(*file));
    let key = |file: DiskId| format!("upload{file}");
    let view = |file: &DiskId| {
        let mut view = views::file::im(state, chat, *file)?;
        view["date"] = json!({});
        Some((key(*file), view))
    };
    json!({
        "FILES": files.iter().filter_map(view).collect::<Map<_, _>>(),
        "DISK_ID": files.iter().map(DiskId::to_string).collect::<Vec<_>>(),
        "FILE_MODELS": objects.map(|object| (key(object.id), model(state, object))).collect::<Map<_, _>>(),
        "MESSAGE_ID": message,
    })
}

/// `ImDiskModel`
fn model(state: &State, file: &Object) -> Value {
    let address = views::file::address(state, file, None, true);
    let version = file.version();
    let types = ["", "", "image", "video", "audio"];
    let kind = views::file::kind(&file.name);
    json!({
        "id": file.id,
        "name": file.name,
        "createTime": {},
        "updateTime": {},
        "deleteTime": file.trashed.map(|trashed| iso(trashed.at)),
        "code": null,
        "xmlId": null,
        "storageId": file.storage,
        "realObjectId": file.id,
        "parentId": file.parent,
        "deletedType": 0,
        "createdBy": file.created.by.to_string(),
        "updatedBy": file.updated.by.to_string(),
        "deletedBy": "0",
        "uniqueCode": null,
        "typeFile": types.iter().position(|known| *known == kind).unwrap_or_default(),
        "globalContentVersion": version.map(|version| version.number),
        "fileId": version.map(|version| version.stored),
        "size": version.map(|version| version.content.size),
        "etag": version.map(|version| &version.content.hash),
        "links": {
            "download": views::file::address(state, file, None, false),
            "showInGrid": address,
            "preview": address,
        },
    })
}

/// Copies a file of a chat to the drive of the caller.
pub(super) fn save(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let file = call.args.id("FILE_ID").ok_or_else(|| Refusal::new("FILE_ID_EMPTY"))?;
    let unsaved = || Refusal::because("FILE_SAVE_ERROR", "File ID can't be saved");
    let visitor = visitor(call);
    state.allowed_file(visitor, file, Access::Read).map_err(|_| unsaved())?;
    let root = state.storage(StorageOwner::User(visitor.user)).root;
    let made = state.stamp(visitor.user);
    let folder = match state.disk.find(root, SAVED) {
        Some(folder) => folder.id,
        None => state.disk.add_folder(root, SAVED, Clash::Number, made).map_err(|_| unsaved())?,
    };
    let copy = state.disk.copy(file, folder, Clash::Number, made).map_err(|_| unsaved())?;
    let item = |id: DiskId| json!({"id": id, "name": state.disk.get(id).map(|object| &object.name)});
    Ok(json!({"folder": item(folder), "file": item(copy)}))
}

/// Only whoever sent a file can delete it; where somebody else of the chat asks, nothing happens.
pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let user = user(call);
    let chat: ChatId = call.args.id("CHAT_ID").ok_or_else(|| Refusal::new("CHAT_ID_EMPTY"))?;
    let file: DiskId = call.args.id("FILE_ID").ok_or_else(|| Refusal::new("FILE_ID_EMPTY"))?;
    let folder = state.joined(user, chat).ok().and_then(|chat| chat.folder);
    let object = state.allowed_file(Visitor::user(user), file, Access::Read).ok();
    let Some(object) = object.filter(|object| folder.is_some() && object.parent == folder) else {
        return Ok(false.into());
    };
    if object.created.by == user {
        withdraw(state, chat, file);
    }
    Ok(true.into())
}

/// Takes a file out of the messages that brought it; those that are left with nothing are deleted.
fn withdraw(state: &mut State, chat: ChatId, file: DiskId) {
    for id in state.messages_with(chat, file) {
        let Some(message) = state.messages.get(id).cloned() else { continue };
        if message.content.files.len() > 1 || !message.content.text.is_empty() {
            state.edit(id, |content| content.files.retain(|known| *known != file));
            state.announce_change(&message, Event::Edit);
        } else {
            state.delete(id, Removal::Marked);
            state.announce_change(&message, Event::Delete);
        }
    }
    // It is in a folder, so it is no root.
    let _ = state.disk.erase(file);
}
