//! `File.*` of both APIs: a file goes into a chat with one call.

use axum::body::Bytes;
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::{id, user};
use crate::{
    ids::{ChatId, Dialog, DiskId, MessageId, UserId},
    rest::{Args, Call, Refusal},
    state::{
        State,
        chats::Denial,
        disk::{DiskDenial, Upload},
    },
    views,
};

/// What both APIs call differently.
pub(crate) struct Codes {
    pub(crate) upload: &'static str,
}

pub(super) fn upload(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (dialog, chat) = dialog(state, call)?;
    let codes = Codes { upload: "UPLOAD_FAILED" };
    let (file, message) = send(state, user(call), chat, &call.args.object("fields"), &codes)?;
    state.announce(message);
    Ok(sent(state, dialog, chat, file, message))
}

pub(super) fn download(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (_, chat) = dialog(state, call)?;
    let file = id(call, "fileId");
    let folder = state.chats.get(chat).and_then(|chat| chat.folder);
    let object = state.disk.get(file).filter(|object| folder.is_some() && object.parent == folder);
    let object = object.ok_or_else(|| Refusal::because("FILE_NOT_FOUND", "File not found"))?;
    Ok(json!({"downloadUrl": views::file::address(state, object, None, false)}))
}

/// The dialog that a call names, which the caller takes part in.
fn dialog(state: &mut State, call: &Call<'_>) -> Result<(Dialog, ChatId), Refusal> {
    let dialog = call.args.dialog("dialogId").ok_or_else(|| Refusal::new("CHAT_NOT_FOUND"))?;
    match state.joined_chat(user(call), dialog) {
        Ok(chat) => Ok((dialog, chat)),
        Err(denial @ Denial::NoDialog(_)) => Err(Refusal::because("CHAT_NOT_FOUND", denial.to_string())),
        Err(denial) => Err(Refusal::because("ACCESS_DENIED", denial.to_string())),
    }
}

/// Puts the file that `fields` describe into a chat, with a message that brings it.
pub(crate) fn send(
    state: &mut State,
    sender: UserId,
    chat: ChatId,
    fields: &Args,
    codes: &Codes,
) -> Result<(DiskId, MessageId), Refusal> {
    let bytes = BASE64_STANDARD.decode(fields.text("content").unwrap_or_default());
    let bytes: Bytes = bytes.map_err(|_| Refusal::new("FILE_INVALID_CONTENT"))?.into();
    let upload = Upload::new(fields.text_or_empty("name"), bytes);
    let file = state.upload_to_chat(sender, chat, upload).map_err(|denial| {
        let code = if matches!(denial, DiskDenial::TooLarge { .. }) { "FILE_TOO_LARGE" } else { codes.upload };
        Refusal::because(code, denial.to_string())
    })?;
    let message = state.post_files(chat, sender, vec![file], fields.text("message").unwrap_or_default());
    Ok((file, message))
}

/// What came of it.
pub(crate) fn sent(state: &State, dialog: Dialog, chat: ChatId, file: DiskId, message: MessageId) -> Value {
    json!({
        "file": views::file::v2(state, chat, file),
        "messageId": message,
        "chatId": chat,
        "dialogId": dialog.to_string(),
    })
}
