use serde_json::{Value, json};

use super::acting;
use crate::{
    ids::DiskId,
    methods::disk::send,
    rest::{Call, Refusal},
    state::{
        State,
        disk::{Access, DiskDenial, Visitor},
    },
    views::file,
};

/// Sends a file into a chat in the name of the bot.
pub(super) fn upload(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let chat = acting::chat(state, &bot, call)?;
    let sent = send::send(state, bot.id, chat, &call.args.object("fields"), "FILE_UPLOAD_FAILED")?;
    Ok(send::told(state, call, chat, &sent))
}

pub(super) fn download(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let id: DiskId = call.args.id("fileId").unwrap_or_default();
    let found = state.allowed_file(Visitor::user(bot.id), id, Access::Read).map_err(|denial| match denial {
        DiskDenial::NotFound(_) => Refusal::because("FILE_NOT_FOUND", "File not found"),
        denial => Refusal::because("FILE_ACCESS_ERROR", denial.to_string()),
    })?;
    Ok(json!({"downloadUrl": file::address(state, found, None, false)}))
}
