//! The same event as one would write it with serde: the fields that our type has, and no others.
#![expect(dead_code, reason = "to fill the fields is what is measured")]
#![expect(clippy::struct_field_names, reason = "the names are those of the wire")]

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_qs::Config;

pub(super) fn decode(form: &[u8]) -> Result<Envelope, serde_qs::Error> {
    Config::new().use_form_encoding(true).deserialize_bytes(form)
}

#[derive(Deserialize)]
pub(super) struct Envelope {
    event: String,
    data: Data,
    auth: Auth,
}

#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
struct Data {
    command: BTreeMap<u64, Command>,
    params: Params,
    user: Option<User>,
}

#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct Command {
    command_id: u64,
    command: String,
    command_params: String,
    command_context: String,
    message_id: u64,
    bot_id: u64,
    bot_code: String,
    auth: Auth,
}

#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct Params {
    dialog_id: String,
    chat_type: String,
    message_id: u64,
    message: String,
    message_original: Option<String>,
    from_user_id: u64,
    to_user_id: Option<u64>,
    to_chat_id: Option<u64>,
    language: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct User {
    id: u64,
    name: String,
    first_name: String,
    last_name: String,
    work_position: Option<String>,
    gender: String,
    is_bot: Option<String>,
    is_connector: Option<String>,
    is_network: Option<String>,
    is_extranet: Option<String>,
}

#[derive(Deserialize)]
struct Auth {
    access_token: Option<String>,
    expires: Option<i64>,
    expires_in: Option<i64>,
    scope: Option<String>,
    domain: String,
    server_endpoint: Option<String>,
    status: Option<String>,
    client_endpoint: Option<String>,
    member_id: String,
    user_id: Option<u64>,
    client_id: Option<String>,
    refresh_token: Option<String>,
    application_token: String,
}
