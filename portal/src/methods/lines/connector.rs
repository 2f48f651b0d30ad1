//! `imconnector.*`: what brings clients of external systems to lines.

pub(super) mod messages;

use serde_json::{Map, Value, json};

use crate::{
    ids::LineId,
    rest::{Args, Call, Refusal},
    state::{
        State,
        lines::{Channel, Connector, Line, NewConnector, Rules},
    },
};

pub(super) fn register(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let args = &call.args;
    let id = args.text_or_empty("ID").trim().to_ascii_lowercase();
    if id.contains('.') {
        return Err(Refusal::new("APPLICATION_REGISTRATION_ERROR_POINT"));
    }
    if !id.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_') {
        let why = format!("{id:?} has more than small Latin letters, digits and the underscore");
        return Err(Refusal::because("GENERAL_CONNECTOR_REGISTRATION_ERROR", why));
    }
    let flag = |name: &str, usual: bool| args.flag(name).unwrap_or(usual);
    let connector = Connector {
        app: call.app()?,
        name: args.text_or_empty("NAME"),
        handler: args.text_or_empty("PLACEMENT_HANDLER"),
        rules: Rules {
            deletes_incoming: flag("DEL_EXTERNAL_MESSAGES", true),
            edits_outgoing: flag("EDIT_INTERNAL_MESSAGES", true),
            deletes_outgoing: flag("DEL_INTERNAL_MESSAGES", true),
            takes_system: flag("NEED_SYSTEM_MESSAGES", true),
            signs: flag("NEED_SIGNATURE", true),
            is_by_chat: flag("CHAT_GROUP", false),
        },
    };
    if state.register_connector(NewConnector { id, connector }) {
        Ok(json!({"result": true}))
    } else {
        Err(Refusal::because("APPLICATION_REGISTRATION_ERROR", "another connector has this id"))
    }
}

pub(super) fn unregister(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let id = call.args.text_or_empty("ID").trim().to_ascii_lowercase();
    if state.unregister_connector(call.app()?, &id) {
        Ok(json!({"result": true}))
    } else {
        Err(Refusal::new("APPLICATION_UNREGISTRATION_ERROR"))
    }
}

pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    if !call.is_admin(state) {
        return Err(Refusal::because("ACCESS_DENIED", "only administrators change connectors").with_status(400));
    }
    let names = state.connector_names().map(|(id, name)| (id.to_owned(), name.into()));
    Ok(names.collect::<Map<_, _>>().into())
}

/// The connector and the line that a call is about.
fn named(args: &Args) -> (String, LineId) {
    (args.text_or_empty("CONNECTOR").trim().to_ascii_lowercase(), args.id("LINE").unwrap_or_default())
}

/// A connector of the application, or `false` for what is not its own or not there.
pub(super) fn activate(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (connector, line) = named(&call.args);
    let is_active = !["", "0", "N"].contains(&call.args.text_or_empty("ACTIVE").as_str());
    let is_own = state.connector_of(call.app()?, &connector).is_some();
    Ok((is_own && state.set_up(&connector, line, |channel| channel.is_active = is_active)).into())
}

pub(super) fn set_data(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (connector, line) = named(&call.args);
    let data = call.args.value("DATA").cloned();
    let is_own = state.connector_of(call.app()?, &connector).is_some();
    Ok((is_own && state.set_up(&connector, line, |channel| channel.data = data)).into())
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn status(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (connector, line) = named(&call.args);
    let is_ready = state.channel(&connector, line).is_some_and(Channel::is_ready);
    let is_at_work = state.lines.lines.get(line).is_some_and(Line::is_active);
    Ok(json!({
        "LINE": line,
        "CONNECTOR": connector,
        "ERROR": false,
        "CONFIGURED": is_ready,
        "STATUS": is_ready && is_at_work,
    }))
}
