//! What the application of a connector is told of conversations and of what is said in them.

use serde_json::{Value, json};

use crate::{
    ids::{AppId, LineId, SessionId, UserId},
    state::{
        ADMIN, State,
        lines::{Code, Connector, Session},
        messages::{Event, Message},
    },
};

/// The beginning or the end of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Start,
    Finish,
}

impl State {
    /// A conversation began or ended.
    pub(crate) fn tell_of_session(&mut self, id: SessionId, by: UserId, turn: Turn) {
        let Some(session) = self.lines.sessions.get(id) else { return };
        let Some((app, code)) = self.app_of(session) else { return };
        let close_term =
            self.lines.lines.get(session.line).map_or(0, |line| line.settings.number("AUTO_CLOSE_TIME")) / 60;
        let block = json!({
            "connector": channel(&code),
            "session": {
                "id": session.id,
                "closed": if turn == Turn::Finish { "Y" } else { "N" },
                "parent_id": session.parent.unwrap_or_default(),
                "close_term": close_term,
            },
            "user": {"id": loose(&code.user)},
        });
        let with_chat = |chat: Value| {
            let mut block = block.clone();
            block["chat"] = json!({"id": chat});
            block
        };
        let (dialog, own) = match turn {
            Turn::Start => ("ONIMCONNECTORDIALOGSTART", "ONSESSIONSTART"),
            Turn::Finish => ("ONIMCONNECTORDIALOGFINISH", "ONSESSIONFINISH"),
        };
        let external = with_chat(loose(&code.chat));
        let internal = with_chat(session.chat.into());
        self.tell_app(app, dialog, by, &json!({"CONNECTOR": code.connector, "LINE": code.line, "DATA": [external]}));
        self.tell_app(app, own, by, &json!({"DATA": [internal]}));
    }

    /// A message in the chat of a line appeared, was edited or was deleted.
    pub(crate) fn tell_of_message(&mut self, id: SessionId, message: &Message, event: Event) {
        let Some(session) = self.lines.sessions.get(id) else { return };
        let Some((app, code)) = self.app_of(session) else { return };
        let (id, chat) = (message.id, message.chat);
        let changed = || {
            let block = json!({
                "im": {"chat_id": chat, "message_id": id},
                "message": {"id": id},
                "chat": {"id": chat},
            });
            json!({"CONNECTOR": code.connector, "LINE": code.line, "DATA": [block]})
        };
        let (name, data) = match event {
            Event::New => {
                let block = json!({
                    "connector": channel(&code),
                    "chat": {"id": chat},
                    "message": {
                        "id": id,
                        "date": "",
                        "text": message.content.text,
                        "files": message.content.files,
                        "attach": "",
                        "system": "N",
                        "user_id": message.sender,
                    },
                    "ref": [],
                    "extra": {"EXTRA_URL": ""},
                });
                ("ONOPENLINEMESSAGEADD", json!({"DATA": [block]}))
            }
            Event::Edit => ("ONOPENLINEMESSAGEUPDATE", changed()),
            Event::Delete => ("ONOPENLINEMESSAGEDELETE", changed()),
            Event::Reaction => return,
        };
        self.tell_app(app, name, message.sender, &data);
    }

    /// What an operator wrote, changed or deleted has to reach the client in the external system.
    pub(crate) fn tell_connector(&mut self, id: SessionId, message: &Message, event: Event) {
        let Some(session) = self.lines.sessions.get(id) else { return };
        let Some((app, code)) = self.app_of(session) else { return };
        let Some(Connector { rules, .. }) = self.lines.connectors.get(&code.connector) else { return };
        let is_wanted = match event {
            Event::New => !message.content.is_system || rules.takes_system,
            Event::Edit => rules.edits_outgoing,
            Event::Delete => rules.deletes_outgoing,
            Event::Reaction => false,
        };
        let is_on = self.channel(&code.connector, code.line).is_some_and(|channel| channel.is_active);
        if !is_wanted || !is_on {
            return;
        }
        let text = self.as_sent(session, message, rules.signs);
        let external: Vec<&str> = self.external_ids(message.id).collect();
        let (name, content) = match event {
            Event::New => ("ONIMCONNECTORMESSAGEADD", json!({"user_id": message.sender, "text": text})),
            Event::Edit => ("ONIMCONNECTORMESSAGEUPDATE", json!({"id": external, "text": text})),
            _ => ("ONIMCONNECTORMESSAGEDELETE", json!({"id": external.first()})),
        };
        let block = json!({
            "im": {"chat_id": message.chat, "message_id": message.id},
            "message": content,
            "chat": {"id": code.chat},
        });
        let data = json!({"CONNECTOR": code.connector, "LINE": code.line, "MESSAGES": [block]});
        self.tell_app(app, name, message.sender, &data);
    }

    /// The text as it leaves the portal, with the name of whoever wrote it before it where the connector wants that.
    fn as_sent(&self, session: &Session, message: &Message, signs: bool) -> String {
        let text = message.content.text.replace('\n', "[br]");
        let settings = self.lines.lines.get(session.line).map(|line| &line.settings);
        let name = match settings.map(|settings| (settings, settings.text("OPERATOR_DATA"))) {
            Some((settings, "hide")) => settings.member("DEFAULT_OPERATOR_DATA", "NAME").to_owned(),
            _ => self.user_name(message.sender),
        };
        if !signs || message.content.is_system || name.is_empty() { text } else { format!("[b]{name}:[/b] [br]{text}") }
    }

    /// Somebody turned a connector off for a line.
    pub(crate) fn tell_of_disconnection(&mut self, by: UserId, connector: &str, line: LineId) {
        let Some(app) = self.lines.connectors.get(connector).map(|connector| connector.app) else { return };
        self.tell_app(app, "ONIMCONNECTORSTATUSDELETE", by, &json!({"connector": connector, "line": line}));
    }

    /// A line is gone: the applications whose connectors were on it are told.
    pub(crate) fn tell_of_removal(&mut self, by: UserId, line: LineId) {
        let channels = self.lines.channels.iter().filter(|channel| channel.line == line);
        let connectors = channels.filter_map(|channel| self.lines.connectors.get(&channel.connector));
        let apps: std::collections::BTreeSet<AppId> = connectors.map(|connector| connector.app).collect();
        for app in apps {
            self.tell_app(app, "ONIMCONNECTORLINEDELETE", by, &line.into());
        }
    }

    /// The application that brought the client of a conversation.
    fn app_of(&self, session: &Session) -> Option<(AppId, Code)> {
        let connector = self.lines.connectors.get(&session.code.connector)?;
        Some((connector.app, session.code.clone()))
    }

    /// Clients have no tokens: what they do is told in the name of the administrator.
    fn tell_app(&mut self, app: AppId, event: &str, by: UserId, data: &Value) {
        let by = if self.is_client(by) || by == UserId(0) { ADMIN } else { by };
        self.happen_to(app, event, by, data);
    }
}

/// Where a client writes from, as events tell it.
fn channel(code: &Code) -> Value {
    json!({
        "connector_id": code.connector,
        "line_id": code.line,
        "chat_id": loose(&code.chat),
        "user_id": loose(&code.user),
    })
}

/// An id of an external system: a number where it looks like one.
fn loose(id: &str) -> Value {
    id.parse::<u64>().map_or_else(|_| id.into(), Value::from)
}
