use serde_json::Value;

use super::{Denied, Done, denied};
use crate::{
    events::commands::{self, Context},
    ids::{Dialog, MessageId, UserId},
    state::{
        Change, State,
        messages::{Content, Event, LIKE, Message, Removal},
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

impl State {
    pub(crate) fn say(&mut self, user: UserId, dialog: Dialog, text: &str) -> Done<MessageId> {
        if text.trim().is_empty() {
            return denied("there is nothing to say");
        }
        let chat = self.open(user, dialog)?;
        let id = self.post(chat, user, Content::text(text.trim()));
        self.announce(id);
        Ok(id)
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
            let dialog = self.chats.get(message.chat).map(|chat| chat.dialog(user));
            let dialog = dialog.ok_or_else(|| Denied("the chat is gone".to_owned()))?;
            return self.say(user, dialog, &field(what, "ACTION_VALUE")).map(Pressed::Said);
        }
        let command = field(what, "COMMAND");
        if command.is_empty() {
            return denied(format!("{caption:?} has no command: it acts in the messenger alone"));
        }
        let bot = what.get("BOT_ID").and_then(Value::as_u64).map(UserId);
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
        self.editable(user, id)?;
        self.edit(id, |content| text.trim().clone_into(&mut content.text));
        if let Some(message) = self.messages.get(id).cloned() {
            self.announce_change(&message, Event::Edit);
        }
        Ok(())
    }

    /// Deletes a message of one's own.
    pub(crate) fn withdraw(&mut self, user: UserId, id: MessageId) -> Done<()> {
        let message = self.authored(user, id)?.clone();
        self.delete(id, Removal::Marked);
        self.announce_change(&message, Event::Delete);
        Ok(())
    }

    /// Likes a message, or no longer.
    pub(crate) fn toggle_like(&mut self, user: UserId, id: MessageId) -> Done<()> {
        let is_liked = self.seen(user, id)?.has_reaction(user, LIKE);
        self.like(id, user, !is_liked);
        Ok(())
    }
}

fn field(object: &Value, name: &str) -> String {
    match object.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
