use serde_json::Value;

use super::{Denied, Done, denied, notes::Note};
use crate::{
    events::commands::{self, Context},
    ids::{ChatId, Dialog, MessageId, UserId},
    state::{
        Change, State,
        chats::{Denial, NewChat},
        messages::{Content, Event, Forward, LIKE, Message, Reaction, Removal},
    },
};

/// What a press on a button or an item did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pressed {
    /// The bot is told; the chat does not see it.
    Command,
    /// It said something in the name of the person.
    Said(MessageId),
}

/// What can be made out of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shared {
    Chat,
    Task,
    Post,
    Event,
}

impl State {
    pub(crate) fn say(&mut self, user: UserId, dialog: Dialog, text: &str) -> Done<MessageId> {
        if text.trim().is_empty() {
            return denied("there is nothing to say");
        }
        self.write(user, dialog, Content::text(text.trim())).map_err(Denied::from)
    }

    /// Sends a message; bots hear of it.
    pub(crate) fn write(&mut self, user: UserId, dialog: Dialog, content: Content) -> Result<MessageId, Denial> {
        let chat = self.open(user, dialog)?;
        if self.chats.get(chat).is_some_and(|chat| !chat.has_text_field) {
            return Err(Denial::NoTextField);
        }
        Ok(self.utter(user, chat, content))
    }

    fn utter(&mut self, user: UserId, chat: ChatId, content: Content) -> MessageId {
        let id = self.post(chat, user, content);
        self.announce(id);
        id
    }

    /// Presses the button at `index` of the keyboard, line breaks counted.
    pub(crate) fn press(&mut self, user: UserId, id: MessageId, index: usize) -> Done<Pressed> {
        let message = self.seen(user, id)?.clone();
        let button = message.content.keyboard.get(index).cloned();
        let button = button.ok_or_else(|| Denied(format!("message {id} has no button {index}")))?;
        let pressed = self.activate(user, &message, &button, Context::Keyboard)?;
        if field(&button, "BLOCK") == "Y" && pressed == Pressed::Command {
            self.changes.push(Change::Blocked(id));
        }
        Ok(pressed)
    }

    /// Picks the item at `index` of the context menu that the bot added to a message.
    pub(crate) fn pick(&mut self, user: UserId, id: MessageId, index: usize) -> Done<Pressed> {
        let message = self.seen(user, id)?.clone();
        let item = message.content.menu.get(index).cloned();
        let item = item.ok_or_else(|| Denied(format!("message {id} has no menu item {index}")))?;
        self.activate(user, &message, &item, Context::Menu)
    }

    fn activate(&mut self, user: UserId, message: &Message, what: &Value, context: Context) -> Done<Pressed> {
        let caption = field(what, "TEXT");
        if field(what, "DISABLED") == "Y" {
            return denied(format!("{caption:?} is disabled"));
        }
        if field(what, "ACTION") == "SEND" {
            let text = field(what, "ACTION_VALUE");
            if text.trim().is_empty() {
                return denied(format!("{caption:?} has nothing to say"));
            }
            return Ok(Pressed::Said(self.utter(user, message.chat, Content::text(text.trim()))));
        }
        let command = field(what, "COMMAND");
        if command.is_empty() {
            return denied(format!("{caption:?} has no command: it acts in the messenger alone"));
        }
        let bot = what.get("BOT_ID").and_then(Value::as_u64).map(UserId);
        let message = &self.original(message).clone();
        let invocation = commands::pressed(self, message, bot, &command, &field(what, "COMMAND_PARAMS"), context);
        let Some(invocation) = invocation else {
            return denied(format!("{caption:?} calls the command {command:?}, which its bot has not registered"));
        };
        self.invoke(message, user, vec![invocation]);
        Ok(Pressed::Command)
    }

    /// Edits a message of one's own.
    pub(crate) fn rewrite(&mut self, user: UserId, id: MessageId, text: &str) -> Done<()> {
        if text.trim().is_empty() {
            return denied("there is nothing to say; delete the message instead");
        }
        self.revise(user, id, true, |content| text.trim().clone_into(&mut content.text)).map_err(Denied::from)
    }

    /// Changes a message of one's own, with a mark that says so or without.
    pub(crate) fn revise(
        &mut self,
        user: UserId,
        id: MessageId,
        marks: bool,
        change: impl FnOnce(&mut Content),
    ) -> Result<(), Denial> {
        self.editable(user, id)?;
        self.amend(id, marks, change);
        if let Some(message) = self.messages.get(id).cloned() {
            self.announce_change(&message, Event::Edit);
        }
        Ok(())
    }

    /// Deletes a message of one's own, or any in a chat that one manages.
    pub(crate) fn withdraw(&mut self, user: UserId, id: MessageId) -> Result<(), Denial> {
        let message = self.deletable(user, id)?.clone();
        self.delete(id, Removal::Marked);
        self.announce_change(&message, Event::Delete);
        Ok(())
    }

    /// Makes something out of a message: a chat of the same people that begins with it, or something that the chat
    /// only tells of, because there is nothing of that kind here.
    pub(crate) fn share(&mut self, user: UserId, id: MessageId, what: Shared) -> Result<(), Denial> {
        let Message { chat, sender, content, .. } = self.seen(user, id)?.clone();
        let what = match what {
            Shared::Chat => {
                let members = self.joined(user, chat)?.users().collect();
                let forward = Some(Forward { message: id, chat, user: sender });
                let new = NewChat { members, ..NewChat::default() };
                let greeting = Content { text: content.text, files: content.files, forward, ..Content::text("") };
                return self.start_chat(user, user, new, Some(greeting)).map(drop);
            }
            Shared::Task => "a task",
            Shared::Post => "a post",
            Shared::Event => "an event",
        };
        self.note_in(chat, user, Note::Made(what));
        Ok(())
    }

    /// Likes a message, or no longer.
    pub(crate) fn toggle_like(&mut self, user: UserId, id: MessageId) -> Result<(), Denial> {
        let is_liked = self.seen(user, id)?.has_reaction(user, LIKE);
        self.respond(user, id, LIKE, !is_liked).map(drop)
    }

    /// Gives a reaction or takes it back; tells whether that changed anything.
    pub(crate) fn respond(&mut self, user: UserId, id: MessageId, kind: &str, wanted: bool) -> Result<bool, Denial> {
        self.reactable(user, id)?;
        let has_changed = self.react(id, user, kind, wanted);
        if has_changed {
            let reaction = Reaction { user, kind: kind.to_owned() };
            self.announce_reaction(id, &reaction, wanted);
        }
        Ok(has_changed)
    }
}

fn field(object: &Value, name: &str) -> String {
    match object.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
