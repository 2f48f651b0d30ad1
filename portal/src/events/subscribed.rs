//! What people who subscribed are told of their chats, whoever acts there. It waits until they fetch it.

use serde_json::{Value, json};

use crate::{
    ids::{ChatId, MessageId, UserId},
    state::{
        State,
        inbox::Reader,
        messages::{Event, Message},
    },
    views::v2,
};

impl State {
    /// A message appeared, was edited or was deleted.
    pub(crate) fn record_message(&mut self, id: MessageId, event: Event) {
        let Some(message) = self.recorded(id) else { return };
        let (name, subject) = match event {
            Event::New => ("ONIMV2MESSAGEADD", json!({"message": v2::message_in_event(self, message)})),
            Event::Edit => ("ONIMV2MESSAGEUPDATE", json!({"message": v2::message_in_event(self, message)})),
            Event::Delete => ("ONIMV2MESSAGEDELETE", json!({"messageId": id})),
            Event::Reaction => return,
        };
        let author = if message.content.is_system { UserId(0) } else { message.sender };
        self.record(name, message.chat, author, &subject);
    }

    /// `user` reacted to a message, or no longer.
    pub(crate) fn record_reaction(&mut self, id: MessageId, user: UserId, kind: &str, is_set: bool) {
        let Some(message) = self.recorded(id) else { return };
        let subject = json!({
            "reaction": kind,
            "action": if is_set { "add" } else { "delete" },
            "message": v2::message_in_event(self, message),
        });
        self.record("ONIMV2REACTIONCHANGE", message.chat, user, &subject);
    }

    /// Somebody came into a group chat.
    pub(super) fn record_arrival(&mut self, chat: ChatId, who: UserId) {
        if self.chats.get(chat).is_some_and(|chat| !chat.is_private()) {
            self.record("ONIMV2JOINCHAT", chat, who, &json!({"dialogId": format!("chat{chat}")}));
        }
    }

    /// The message, if there is anybody who may want to hear of it.
    fn recorded(&self, id: MessageId) -> Option<&Message> {
        self.messages.get(id).filter(|_| !self.inbox.subscribers.is_empty())
    }

    /// Lets an event wait for every subscriber in its chat, each of whom has a name of its own for the chat.
    fn record(&mut self, name: &str, chat: ChatId, user: UserId, subject: &Value) {
        let Some(chat) = self.chats.get(chat) else { return };
        let readers = chat.users().filter(|reader| self.inbox.subscribers.contains(reader));
        let told = readers.map(|reader| {
            let mut data = subject.clone();
            data["chat"] = v2::chat_in_event(self, chat, reader);
            data["user"] = v2::user_in_event(self, user);
            data["language"] = self.settings.language.clone().into();
            (reader, data)
        });
        for (reader, data) in told.collect::<Vec<_>>() {
            self.keep_for(Reader::User(reader), name, data);
        }
    }
}
