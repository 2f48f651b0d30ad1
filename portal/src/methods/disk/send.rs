//! `File.*` of both APIs: a file goes into a chat with one call.

use axum::body::Bytes;
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::{id, user};
use crate::{
    ids::{ChatId, DiskId, MessageId, UserId},
    rest::{Args, Call, Refusal},
    state::{
        State,
        chats::Denial,
        disk::{DiskDenial, Upload},
    },
    views,
};

pub(super) fn upload(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let chat = dialog(state, call)?;
    let sent = send(state, user(call), chat, &call.args.object("fields"), "UPLOAD_FAILED")?;
    state.announce(sent.message);
    Ok(told(state, call, chat, &sent))
}

pub(super) fn download(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let chat = dialog(state, call)?;
    let file = id(call, "fileId");
    let folder = state.chats.get(chat).and_then(|chat| chat.folder);
    let object = state.disk.get(file).filter(|object| folder.is_some() && object.parent == folder);
    let object = object.ok_or_else(|| Refusal::because("FILE_NOT_FOUND", "File not found"))?;
    Ok(json!({"downloadUrl": views::file::address(state, object, None, false)}))
}

/// The dialog that a call names, which the caller takes part in.
fn dialog(state: &mut State, call: &Call<'_>) -> Result<ChatId, Refusal> {
    let dialog = call.args.dialog("dialogId").ok_or_else(|| Refusal::new("CHAT_NOT_FOUND"))?;
    match state.joined_chat(user(call), dialog) {
        Ok(chat) => Ok(chat),
        Err(denial @ Denial::NoDialog(_)) => Err(Refusal::because("CHAT_NOT_FOUND", denial.to_string())),
        Err(denial) => Err(Refusal::because("ACCESS_DENIED", denial.to_string())),
    }
}

/// A file, and the message that brought it into a chat.
pub(crate) struct Sent {
    file: DiskId,
    message: MessageId,
}

/// Puts the file that `fields` describe into a chat. What else goes wrong than its size is told as `failure`.
pub(crate) fn send(
    state: &mut State,
    sender: UserId,
    chat: ChatId,
    fields: &Args,
    failure: &str,
) -> Result<Sent, Refusal> {
    let bytes = BASE64_STANDARD.decode(fields.text("content").unwrap_or_default());
    let bytes: Bytes = bytes.map_err(|_| Refusal::new("FILE_INVALID_CONTENT"))?.into();
    let upload = Upload::new(fields.text_or_empty("name"), bytes);
    let file = state.upload_to_chat(sender, chat, upload).map_err(|denial| {
        let code = if matches!(denial, DiskDenial::TooLarge { .. }) { "FILE_TOO_LARGE" } else { failure };
        Refusal::because(code, denial.to_string())
    })?;
    let message = state.post_files(chat, sender, vec![file], fields.text("message").unwrap_or_default());
    Ok(Sent { file, message })
}

/// What both APIs answer to it.
pub(crate) fn told(state: &State, call: &Call<'_>, chat: ChatId, sent: &Sent) -> Value {
    json!({
        "file": views::file::v2(state, chat, sent.file),
        "messageId": sent.message,
        "chatId": chat,
        "dialogId": call.args.text("dialogId"),
    })
}
