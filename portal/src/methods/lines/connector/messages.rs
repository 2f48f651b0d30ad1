//! What passes through a connector: messages of clients, and news of what became of those of operators.

use serde_json::{Value, json};

use super::named;
use crate::{
    ids::{ChatId, LineId, MessageId, UserId},
    rest::{Args, Call, Refusal},
    state::{
        State,
        lines::{Code, Connector, Incoming, Line},
        messages::{Content, Event, Message, Removal},
        users::Account,
    },
};

/// How long a name may be.
const LONGEST_NAME: usize = 25;

/// A connector of the application and the line that it brings something to.
struct Way {
    id: String,
    line: LineId,
    connector: Connector,
}

impl Way {
    /// The connector must be the application's own, the line at work.
    fn open(state: &State, call: &Call<'_>) -> Result<Self, Refusal> {
        let way = Self::known(state, call)?;
        let is_at_work = state.lines.lines.get(way.line).is_some_and(Line::is_active);
        if is_at_work { Ok(way) } else { Err(Refusal::new("NOT_ACTIVE_LINE")) }
    }

    fn known(state: &State, call: &Call<'_>) -> Result<Self, Refusal> {
        let (id, line) = named(&call.args);
        let connector = state.connector_of(call.app()?, &id).cloned();
        let connector = connector.ok_or_else(|| Refusal::new("IMCONNECTOR_NO_CORRECT_PROVIDER"))?;
        Ok(Self { id, line, connector })
    }

    fn is_on(&self, state: &State) -> bool {
        state.channel(&self.id, self.line).is_some_and(|channel| channel.is_active)
    }

    /// The code of a client. Where a chat is one client, it does not matter who writes there.
    fn code(&self, chat: &str, user: &str) -> Code {
        let user = if self.connector.rules.is_by_chat { "0" } else { user };
        Code { connector: self.id.clone(), line: self.line, chat: chat.to_owned(), user: user.to_owned() }
    }
}

/// One of the messages of a call, in its parts.
struct Parts {
    user: Args,
    message: Args,
    chat: Args,
}

fn messages(call: &Call<'_>) -> impl Iterator<Item = Parts> {
    let items = call.args.list("MESSAGES").iter().filter_map(Value::as_object).cloned().map(Args);
    items.map(|item| Parts { user: item.object("user"), message: item.object("message"), chat: item.object("chat") })
}

/// The answer about all messages.
fn results(results: &[Value]) -> Value {
    json!({"SUCCESS": true, "DATA": {"RESULT": results}})
}

pub(in crate::methods::lines) fn send(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let way = Way::open(state, call)?;
    Ok(results(&messages(call).map(|parts| send_one(state, &way, &parts)).collect::<Vec<_>>()))
}

fn send_one(state: &mut State, way: &Way, parts: &Parts) -> Value {
    let flaw = name_flaw(&parts.user).or_else(|| (!way.is_on(state)).then(|| off(way)));
    if let Some(flaw) = flaw {
        return failed(described(parts), &flaw);
    }
    let client = client(state, way, &parts.user);
    let keeps_out = parts.message.text("disable_crm") == Some("Y");
    let employee: Option<UserId> = parts.message.id("user_id").filter(|user| state.works_here(*user));
    let incoming = Incoming {
        code: way.code(&parts.chat.text_or_empty("id"), &parts.user.text_or_empty("id")),
        client,
        sender: client,
        content: Content::text(words(&parts.message)),
        external: parts.message.text_or_empty("id"),
        title: if way.connector.rules.is_by_chat { parts.chat.text_or_empty("name") } else { String::new() },
        employee,
        // Where a chat is one client, nobody knows whose item it would be.
        tracks: !keeps_out && !way.connector.rules.is_by_chat,
    };
    let received = state.receive(incoming);
    let mut view = described(parts);
    view["user"] = client.to_string().into();
    view["SUCCESS"] = true.into();
    if let Some(session) = received.session {
        view["session"] = json!({"ID": session.to_string(), "CHAT_ID": received.chat.to_string()});
    }
    view
}

/// The client as a user of the portal, with whatever is told of it by now.
fn client(state: &mut State, way: &Way, user: &Args) -> UserId {
    state.client(&way.id, &user.text_or_empty("id"), |account: &mut Account| {
        let named = user.text("name").is_some() || user.text("last_name").is_some();
        if named {
            (account.first_name, account.last_name) = (user.text_or_empty("name"), user.text_or_empty("last_name"));
        }
        if let Some(gender) = user.text("gender") {
            if gender == "female" { "F" } else { "M" }.clone_into(&mut account.gender);
        }
        for (name, field) in [("email", "EMAIL"), ("phone", "PERSONAL_MOBILE"), ("url", "PERSONAL_WWW")] {
            if let Some(text) = user.text(name) {
                account.fields.insert(field.to_owned(), text.into());
            }
        }
    })
}

/// The text of a message. Files stay where they are: the text leads to them.
fn words(message: &Args) -> String {
    let link = |file: &Value| {
        let text = |name: &str| file.get(name).and_then(Value::as_str).unwrap_or_default();
        let (url, name) = (text("url"), text("name"));
        format!("[URL={url}]{}[/URL]", if name.is_empty() { url } else { name })
    };
    let text = message.text_or_empty("text");
    let files = message.list("files").iter().map(link);
    std::iter::once(text).filter(|text| !text.is_empty()).chain(files).collect::<Vec<_>>().join("\n")
}

/// What is wrong with a name.
fn name_flaw(user: &Args) -> Option<String> {
    let is_flawed = |name: &&str| {
        let text = user.text(name).unwrap_or_default();
        let fits = |letter: char| letter.is_alphabetic() || [' ', '-', '\'', '’'].contains(&letter);
        text.chars().count() > LONGEST_NAME || !text.chars().all(fits)
    };
    let flawed = ["name", "last_name"].into_iter().find(is_flawed)?;
    Some(format!("{flawed} has at most {LONGEST_NAME} letters, spaces, hyphens and apostrophes, and nothing else"))
}

fn off(way: &Way) -> String {
    format!("the connector {} is not active for line {}", way.id, way.line)
}

/// A message as the answer repeats it.
fn described(parts: &Parts) -> Value {
    let mut chat = json!({"id": parts.chat.text_or_empty("id"), "name": parts.chat.text_or_empty("name")});
    if let Some(url) = parts.chat.text("url") {
        chat["description"] = format!("Link to the original post: {url}").into();
    }
    let mut extra = json!({});
    for (name, given) in [
        ("skip_phone_validate", parts.user.text("skip_phone_validate")),
        ("disable_tracker", parts.message.text("disable_crm")),
    ] {
        if given == Some("Y") {
            extra[name] = "Y".into();
        }
    }
    let message = &parts.message;
    json!({
        "message": {"id": message.text_or_empty("id"), "date": {}, "text": message.text_or_empty("text"), "files": message.list("files")},
        "chat": chat,
        "extra": extra,
    })
}

fn failed(mut view: Value, why: &str) -> Value {
    view["SUCCESS"] = false.into();
    view["ERRORS"] = json!([why]);
    view
}

/// The message that an application brought, by what it called it then.
fn brought(state: &State, way: &Way, parts: &Parts) -> Option<MessageId> {
    let code = way.code(&parts.chat.text_or_empty("id"), &parts.user.text_or_empty("id"));
    let id = state.find_external(state.line_chat(&code)?, &parts.message.text_or_empty("id"))?;
    state.messages.get(id).filter(|message| message.is_there()).map(|message| message.id)
}

pub(in crate::methods::lines) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let way = Way::open(state, call)?;
    let one = |parts: Parts| {
        let view = described(&parts);
        let Some(id) = brought(state, &way, &parts) else { return failed(view, "there is no such message") };
        let text = words(&parts.message);
        state.edit(id, |content| content.text = text);
        settled(state, id, Event::Edit, view)
    };
    Ok(results(&messages(call).map(one).collect::<Vec<_>>()))
}

pub(in crate::methods::lines) fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let way = Way::open(state, call)?;
    let one = |parts: Parts| {
        let view = json!({
            "message": {"id": parts.message.text_or_empty("id")},
            "chat": {"id": parts.chat.text_or_empty("id")},
        });
        if !way.connector.rules.deletes_incoming {
            return failed(view, "the connector was registered without the deletion of incoming messages");
        }
        let Some(id) = brought(state, &way, &parts) else { return failed(view, "there is no such message") };
        state.delete(id, Removal::Marked);
        settled(state, id, Event::Delete, view)
    };
    Ok(results(&messages(call).map(one).collect::<Vec<_>>()))
}

/// Tells bots what became of a message, and the caller that it worked.
fn settled(state: &mut State, id: MessageId, event: Event, mut view: Value) -> Value {
    view["SUCCESS"] = true.into();
    if let Some(message) = state.messages.get(id).cloned() {
        view["user"] = message.sender.to_string().into();
        state.announce_change(&message, event);
    }
    view
}

/// The external system has a message of an operator: it tells what it calls it, and the client has seen it.
pub(in crate::methods::lines) fn mark_delivered(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let way = Way::known(state, call)?;
    for item in call.args.list("MESSAGES").iter().filter_map(Value::as_object).cloned().map(Args) {
        let im = item.object("im");
        let (chat, id): (ChatId, MessageId) =
            (im.id("chat_id").unwrap_or_default(), im.id("message_id").unwrap_or_default());
        let session = state.lines.session_in(chat).filter(|session| session.code.connector == way.id);
        let Some(client) = session.map(|session| session.client) else { continue };
        let external = item.object("message").value("id").cloned();
        let is_outgoing = |message: &&mut Message| message.chat == chat && message.sender != client;
        if let Some(message) = state.messages.get_mut(id).filter(is_outgoing) {
            if let Some(external) = external {
                message.content.params.insert("CONNECTOR_MID".to_owned(), external);
            }
            state.mark_read(chat, client, Some(id));
        }
    }
    Ok(json!({"SUCCESS": true, "DATA": []}))
}

/// Portals take it and do nothing.
pub(in crate::methods::lines) fn mark_read(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    Way::known(state, call)?;
    Ok(json!({"SUCCESS": true, "DATA": []}))
}

pub(in crate::methods::lines) fn rename_chat(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let way = Way::open(state, call)?;
    let user = call.args.text_or_empty("USER_ID");
    if user.is_empty() && !way.connector.rules.is_by_chat {
        return Err(Refusal::because("ERROR_ARGUMENT", "USER_ID is missing or empty"));
    }
    let code = way.code(&call.args.text_or_empty("CHAT_ID"), &user);
    let chat = state.line_chat(&code).ok_or_else(|| Refusal::new("CHAT_RENAMING_FAILED"))?;
    let name = call.args.text_or_empty("NAME");
    state.change_chat(chat, |chat| chat.title = name);
    Ok(json!({"SUCCESS": true, "DATA": {"RESULT": {}}}))
}
