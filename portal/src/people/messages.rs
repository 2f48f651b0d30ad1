use serde_json::Value;

use super::{Denied, Done, denied};
use crate::{
    events::commands::{self, Context},
    ids::{ChatId, Dialog, MessageId, UserId},
    state::{
        Change, State,
        chats::Denial,
        messages::{Content, Event, LIKE, Message, Reaction, Removal},
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
        if self.chats.get(chat).is_some_and(|chat| !chat.has_text_field) {
            return Err(Denial::NoTextField.into());
        }
        Ok(self.utter(user, chat, text))
    }

    fn utter(&mut self, user: UserId, chat: ChatId, text: &str) -> MessageId {
        let id = self.post(chat, user, Content::text(text.trim()));
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
            return Ok(Pressed::Said(self.utter(user, message.chat, &text)));
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
        let is_set = !self.reactable(user, id)?.has_reaction(user, LIKE);
        self.like(id, user, is_set);
        self.announce_reaction(id, &Reaction { user, kind: LIKE.to_owned() }, is_set);
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
