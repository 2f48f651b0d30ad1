//! Files that come to the drive: with a call, or to an address that a call has asked for.

use axum::body::Bytes;
use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{object, refuse, storage, user, visitor};
use crate::{
    ids::DiskId,
    rest::{Args, Call, Refusal},
    state::{
        State,
        disk::{Access, Clash, DiskDenial, Holder, ObjectKind, Right, Ticket, Upload},
    },
};

/// The name of the form field that carries the file.
pub(crate) const FIELD: &str = "file";

pub(super) fn into_storage(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let root = storage::named(state, call, Access::Add)?.root;
    into(state, call, root)
}

/// Without a content the answer tells where to send it.
pub(super) fn into_folder(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let folder = object::named(state, call, ObjectKind::Folder, Access::Add)?.id;
    if call.args.value("fileContent").is_some() {
        return into(state, call, folder);
    }
    let ticket = Ticket::Upload {
        folder,
        name: call.args.object("data").text_or_empty("NAME"),
        is_numbered: is_numbered(&call.args),
        rights: rights(call)?,
        visitor: visitor(call),
    };
    let token = state.ticket(ticket);
    let token = utf8_percent_encode(&token, NON_ALPHANUMERIC);
    Ok(json!({"field": FIELD, "uploadUrl": format!("{}/rest/upload.json?token={token}", state.settings.url())}))
}

fn into(state: &mut State, call: &Call<'_>, folder: DiskId) -> Result<Value, Refusal> {
    let name = call.args.object("data").text_or_empty("NAME");
    if name.is_empty() {
        return Err(Refusal::because("DISK_BASE_SERVICE_22001", "Error: required parameter NAME"));
    }
    let bytes =
        content(&call.args).ok_or_else(|| Refusal::because("ERROR_COULD_NOT_SAVE_FILE", "Could not save file"))?;
    let (clash, rights) = (clash(is_numbered(&call.args)), rights(call)?);
    let file = state.upload(user(call), folder, Upload { name, bytes, clash, rights }).map_err(refuse)?;
    object::answer(state, file)
}

pub(super) fn version(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let file = object::named(state, call, ObjectKind::File, Access::Edit)?.id;
    let bytes = content(&call.args).ok_or_else(|| Refusal::because("DISK_FILE_22002", "Could not save file"))?;
    state.upload_version(user(call), file, bytes).map_err(|denial| match denial {
        DiskDenial::TooLarge { .. } => Refusal::because("DISK_FILE_22006", denial.to_string()),
        DiskDenial::NoRoom(_) => Refusal::because("DISK_FILE_22002", denial.to_string()),
        denial => refuse(denial),
    })?;
    object::answer(state, file)
}

/// A file that was sent to the address of a ticket.
pub(crate) fn receive(state: &mut State, ticket: Ticket, sent: &str, bytes: Bytes) -> Result<Value, Refusal> {
    let Ticket::Upload { folder, name, is_numbered, rights, visitor } = ticket else {
        return Err(Refusal::because("ACCESS_DENIED", "the address is for loading a file, not for sending one"));
    };
    state.allowed_folder(visitor, folder, Access::Add).map_err(refuse)?;
    let name = if name.is_empty() { sent.to_owned() } else { name };
    let upload = Upload { name, bytes, clash: clash(is_numbered), rights };
    let file = state.upload(visitor.user, folder, upload).map_err(refuse)?;
    object::answer(state, file)
}

fn is_numbered(args: &Args) -> bool {
    args.value("generateUniqueName").and_then(Value::as_bool).unwrap_or_default()
}

fn clash(is_numbered: bool) -> Clash {
    if is_numbered { Clash::Number } else { Clash::Refuse }
}

/// Who gets which access to what is new.
pub(super) fn rights(call: &Call<'_>) -> Result<Vec<Right>, Refusal> {
    let right = |right: &Value| {
        let task = right.get("TASK_ID")?.as_u64()?;
        let access = Access::ALL.into_iter().find(|access| access.task() == task)?;
        let holder = Holder::parse(right.get("ACCESS_CODE")?.as_str()?)?;
        Some(Right { holder, access })
    };
    let rights = call.args.list("rights").iter().map(right).collect::<Option<_>>();
    rights.ok_or_else(|| Refusal::because("", "Invalid rights format"))
}

/// What a file holds: the last item of its name and its content in Base64; the name may be missing.
fn content(args: &Args) -> Option<Bytes> {
    let text = args.list("fileContent").last()?.as_str()?;
    Some(decode(text)).filter(|bytes| !bytes.is_empty())
}

/// Base64 as PHP reads it: what does not belong there is passed over, so a broken text gives a broken file.
fn decode(text: &str) -> Bytes {
    const ENGINE: GeneralPurpose = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_allow_trailing_bits(true)
            .with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let is_of_it = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    // Forms turn the plus sign of careless clients into a space.
    let plus = |byte| if byte == b' ' { b'+' } else { byte };
    let mut digits: Vec<u8> = text.trim().bytes().map(plus).filter(is_of_it).collect();
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    ENGINE.decode(&digits).unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn base64_is_read_as_php_reads_it() {
        for (text, expected) in [
            ("aGVsbG8=", "hello"),
            ("aGVsbG8", "hello"),
            (" aGVs\r\nbG8= ", "hello"),
            ("aGVs!bG8=", "hello"),
            ("aGVs=bG8", "hello"),
            ("", ""),
            ("=", ""),
            ("ü", ""),
        ] {
            assert_eq!(decode(text), expected.as_bytes(), "{text:?}");
        }
    }
}
