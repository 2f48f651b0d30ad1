//! A file of a chat, as both APIs of the messenger tell of it.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::{
    ids::{ChatId, DiskId},
    state::{
        State,
        clock::iso,
        disk::{Content, Object, Ticket, Version},
        messages::Message,
    },
};

/// The files of a message as `im.*` answers them. Those that are gone are left out.
pub(crate) fn list(state: &State, chat: ChatId, files: &[DiskId]) -> Vec<Value> {
    files.iter().filter_map(|file| im(state, chat, *file)).collect()
}

/// The files that messages bring.
pub(crate) fn of_messages(state: &State, messages: &[&Message]) -> Vec<Value> {
    let there = messages.iter().filter(|message| message.is_there());
    there.flat_map(|message| list(state, message.chat, &message.content.files)).collect()
}

/// The files of a message by their ids, as the events of the first bot API have them.
pub(crate) fn by_id(state: &State, chat: ChatId, files: &[DiskId]) -> Map<String, Value> {
    files.iter().filter_map(|file| Some((file.to_string(), im(state, chat, *file)?))).collect()
}

/// `ImFile`
pub(crate) fn im(state: &State, chat: ChatId, file: DiskId) -> Option<Value> {
    let mut view = common(state, chat, file)?;
    view["viewerAttrs"]["viewerResized"] = "".into();
    Some(view)
}

/// `V2File`
pub(crate) fn v2(state: &State, chat: ChatId, file: DiskId) -> Option<Value> {
    let mut view = common(state, chat, file)?;
    view["viewerAttrs"]["unifiedLink"] = view["urlShow"].clone();
    Some(view)
}

fn common(state: &State, chat: ChatId, id: DiskId) -> Option<Value> {
    let object = state.on_disk(id).filter(|object| object.is_there())?;
    let version = object.version()?;
    let kind = kind(&object.name);
    let (shown, kept) = (address(state, object, None, true), address(state, object, None, false));
    let preview = if version.content.pixels.is_some() { shown.clone() } else { String::new() };
    Some(json!({
        "id": id,
        "chatId": chat,
        "date": iso(object.created.at),
        "type": kind,
        "name": object.name,
        "extension": extension(&object.name),
        "size": version.content.size,
        "image": image(&version.content),
        "status": "done",
        "progress": 100,
        "authorId": object.created.by,
        "authorName": state.user_name(object.created.by),
        "urlPreview": preview,
        "urlShow": shown,
        "urlDownload": kept,
        "viewerAttrs": {
            "viewer": "",
            "viewerType": if kind == "file" { "code" } else { kind },
            "src": kept,
            "objectId": id.to_string(),
            "viewerGroupBy": chat.to_string(),
            "imChatId": chat,
            "title": object.name,
            "actions": json!([{"type": "download"}]).to_string(),
        },
        "mediaUrl": {"preview": {"250": preview}},
        "isTranscribable": false,
        "isVideoNote": false,
        "isVoiceNote": false,
    }))
}

/// The size of a picture; `false` for any other file.
fn image(content: &Content) -> Value {
    content.pixels.map_or(Value::Bool(false), |(width, height)| json!({"width": width, "height": height}))
}

/// `image`, `video`, `audio`, or `file` for anything else, by the extension.
pub(crate) fn kind(name: &str) -> &'static str {
    let kind = mime_guess::from_path(name).first();
    match kind.as_ref().map(|kind| kind.type_().as_str()) {
        Some("image") => "image",
        Some("video") => "video",
        Some("audio") => "audio",
        _ => "file",
    }
}

pub(crate) fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

/// An address of the portal where anybody can load a file, or one of its versions, for as long as a token lives.
pub(crate) fn address(state: &State, object: &Object, version: Option<&Version>, inline: bool) -> String {
    let ticket = Ticket::Download { file: object.id, version: version.map(|version| version.id), inline };
    let token = state.ticket(ticket);
    let [token, name] = [&token, &object.name].map(|part| utf8_percent_encode(part, NON_ALPHANUMERIC));
    format!("{}/rest/download.json?token={token}&fileName={name}", state.settings.url())
}
