//! What is said in the chat of a line, on its way to the client.

use serde_json::json;

use super::{LIVE_CHAT, NETWORK, Session, session::Word};
use crate::{
    ids::{ChatId, MessageId, SessionId, UserId},
    state::{
        State,
        chats::ChatKind,
        messages::{Content, Event, Message},
    },
};

impl State {
    /// A message appeared, was edited or was deleted: what belongs to a conversation goes on to its other side.
    pub(crate) fn pass_on(&mut self, id: MessageId, event: Event) {
        let Some(message) = self.messages.get(id) else { return };
        let Some(chat) = self.chats.get(message.chat) else { return };
        if chat.kind == ChatKind::Line {
            if let Some(session) = self.lines.session_in(chat.id).map(|session| session.id) {
                self.hear_in_line(session, id, event);
            }
        } else if let Some(code) = self.clients_side(chat)
            && message.sender.to_string() == code.user
            && !message.content.is_system
        {
            self.hear_client(id, code, event);
        }
    }

    fn hear_in_line(&mut self, newest: SessionId, id: MessageId, event: Event) {
        let Some(message) = self.messages.get(id).cloned() else { return };
        let is_clients = self.is_client(message.sender);
        if event != Event::New {
            if !message.content.is_system {
                self.tell_of_persons(newest, &message, event);
                if !is_clients && !message.content.is_internal {
                    self.change_at_client(newest, &message, event);
                }
            }
            return;
        }
        let session = self.session_for(newest, &message);
        self.change_session(session, |session| session.messages.push(id));
        if message.content.is_system {
            return;
        }
        let at = message.date;
        let goes_out = self.lines.sessions.get(session).is_some_and(|session| session.is_open() && !session.is_silent);
        self.change_session(session, |session| session.last_word = Word { is_clients, at });
        self.tell_of_persons(session, &message, event);
        if !is_clients && goes_out && !message.content.is_internal {
            self.send_to_client(session, &message);
        }
    }

    /// The application of the connector hears of what people say, not of what bots say by themselves.
    fn tell_of_persons(&mut self, id: SessionId, message: &Message, event: Event) {
        if !self.bots.contains_key(&message.sender) {
            self.tell_of_message(id, message, event);
        }
    }

    /// The conversation that a new message belongs to.
    fn session_for(&mut self, newest: SessionId, message: &Message) -> SessionId {
        if !message.content.is_system {
            self.take_to_answer(message.sender, message.chat);
        }
        self.lines.session_in(message.chat).map_or(newest, |session| session.id)
    }

    /// An operator who writes takes the conversation that nobody has, or begins one.
    pub(crate) fn take_to_answer(&mut self, user: UserId, chat: ChatId) {
        let Some(session) = self.lines.session_in(chat).filter(|_| self.is_employee(user)) else { return };
        let (id, client, code) = (session.id, session.client, session.code.clone());
        if !session.is_open() {
            self.start_with(user, chat, client, &code);
        } else if session.operator().is_none() {
            self.give(id, user);
        }
    }

    /// Says something to the client in the name of nobody.
    pub(super) fn say_for_line(&mut self, id: SessionId, text: &str) {
        let Some(chat) = self.lines.sessions.get(id).filter(|_| !text.is_empty()).map(|session| session.chat) else {
            return;
        };
        let message = self.post(chat, UserId(0), Content::system(text));
        if let Some(message) = self.messages.get(message).cloned() {
            self.send_to_client(id, &message);
        }
    }

    fn send_to_client(&mut self, id: SessionId, message: &Message) {
        let Some(session) = self.lines.sessions.get(id) else { return };
        if is_on_portal(session) {
            self.show_client(id, message);
        } else {
            self.tell_connector(id, message, Event::New);
        }
    }

    /// Shows a message to a client who has a chat on this portal.
    fn show_client(&mut self, id: SessionId, message: &Message) {
        let Some(code) = self.lines.sessions.get(id).map(|session| session.code.clone()) else { return };
        let Some(chat) = code.chat.parse().ok().map(ChatId) else { return };
        let files = self.bring_files(message.sender, chat, &message.content.files);
        let mut content = Content { files, params: serde_json::Map::new(), reply: None, ..message.content.clone() };
        let mut sender = message.sender;
        if code.connector == NETWORK {
            let mut bots = self.lines.network_bots.iter();
            sender = bots.find(|(_, line)| **line == code.line).map_or(sender, |(bot, _)| *bot);
            content.is_system = false;
        }
        let copy = self.post(chat, sender, content);
        self.lines.twins.insert(copy, message.id);
        if let Some(message) = self.messages.get_mut(message.id) {
            message.content.params.insert("CONNECTOR_MID".to_owned(), json!([copy.to_string()]));
        }
    }

    /// Changes what the client was shown, or has the connector change it.
    fn change_at_client(&mut self, id: SessionId, message: &Message, event: Event) {
        let Some(session) = self.lines.sessions.get(id) else { return };
        if !is_on_portal(session) {
            return self.tell_connector(id, message, event);
        }
        let copies = self.external_ids(message.id).filter_map(|id| id.parse().ok());
        for copy in copies.map(MessageId).collect::<Vec<_>>() {
            match event {
                Event::Edit => self.amend(copy, message.edited, |known| {
                    let Content { text, attach, keyboard, menu, .. } = message.content.clone();
                    (known.text, known.attach, known.keyboard, known.menu) = (text, attach, keyboard, menu);
                }),
                Event::Delete => self.delete(copy, message.removal),
                Event::New | Event::Reaction => {}
            }
        }
    }

    /// What stands for a message in the chat of a line, where a client sees a copy of it; else the message itself.
    pub(crate) fn original<'a>(&'a self, message: &'a Message) -> &'a Message {
        let twin = self.lines.twins.get(&message.id).and_then(|twin| self.messages.get(*twin));
        twin.unwrap_or(message)
    }
}

/// Whether the client reads on this portal.
fn is_on_portal(session: &Session) -> bool {
    [LIVE_CHAT, NETWORK].contains(&session.code.connector.as_str())
}
