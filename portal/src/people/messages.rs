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

/// What somebody says, and what it answers.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) text: String,
    pub(crate) reply: Option<MessageId>,
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
        self.say_words(user, dialog, Words { text: text.to_owned(), ..Words::default() })
    }

    pub(crate) fn say_words(&mut self, user: UserId, dialog: Dialog, words: Words) -> Done<MessageId> {
        let Words { text, reply } = words;
        if text.trim().is_empty() {
            return denied("there is nothing to say");
        }
        let content = Content { reply, ..Content::text(text.trim()) };
        self.write(user, dialog, content).map_err(Denied::from)
    }

    /// Sends a message; bots hear of it.
    pub(crate) fn write(&mut self, user: UserId, dialog: Dialog, content: Content) -> Result<MessageId, Denial> {
        if let Some(answered) = content.reply {
            let chat = self.seen(user, answered)?.chat;
            if self.find_chat(user, dialog).is_none_or(|asked| asked.id != chat) {
                return Err(Denial::Elsewhere);
            }
        }
        let chat = self.open(user, dialog)?;
        if self.chats.get(chat).is_some_and(|chat| !chat.has_text_field) {
            return Err(Denial::NoTextField);
        }
        Ok(self.utter(user, chat, content))
    }

    /// Whatever it is that somebody says, bots hear of it.
    pub(super) fn utter(&mut self, user: UserId, chat: ChatId, mut content: Content) -> MessageId {
        content.files = self.bring_files(user, chat, &content.files);
        if !content.is_system {
            self.take_to_answer(user, chat);
        }
        let id = self.post(chat, user, content);
        self.announce(id);
        id
    }

    /// Repeats a message in another dialog, with a note of where it comes from.
    pub(crate) fn forward(&mut self, user: UserId, id: MessageId, dialog: Dialog) -> Result<MessageId, Denial> {
        let content = repeated(self.seen(user, id)?);
        self.write(user, dialog, content)
    }

    /// Makes something out of a message: a chat of the same people that begins with it, or something that the chat
    /// only tells of, because there is nothing of that kind here.
    pub(crate) fn share(&mut self, user: UserId, id: MessageId, what: Shared) -> Result<(), Denial> {
        let message = self.seen(user, id)?;
        let (chat, greeting) = (message.chat, repeated(message));
        let what = match what {
            Shared::Chat => {
                let members = self.joined(user, chat)?.users().collect();
                let new = NewChat { members, ..NewChat::default() };
                return self.start_chat(user, user, new, Some(greeting)).map(drop);
            }
            Shared::Task => "a task",
            Shared::Post => "a post",
            Shared::Event => "an event",
        };
        self.note_in(chat, user, Note::Made(what));
        Ok(())
    }

    /// Types: the others in the dialog see it.
    pub(crate) fn type_on(&mut self, user: UserId, dialog: Dialog) -> Result<(), Denial> {
        let chat = self.joined_chat(user, dialog)?;
        self.changes.push(Change::Typing { chat, user });
        Ok(())
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

    /// Likes a message, or no longer.
    pub(crate) fn toggle_like(&mut self, user: UserId, id: MessageId) -> Done<()> {
        self.toggle_reaction(user, id, LIKE)
    }

    /// Reacts to a message, or no longer. Another reaction takes the place of the first.
    pub(crate) fn toggle_reaction(&mut self, user: UserId, id: MessageId, kind: &str) -> Done<()> {
        if !self.knows_reaction(kind) {
            return denied(format!("there is no reaction {kind:?}"));
        }
        let message = self.reactable(user, id)?;
        let is_set = !message.has_reaction(user, kind);
        let given: Vec<String> =
            message.reactions.iter().filter(|one| one.user == user).map(|one| one.kind.clone()).collect();
        for old in given {
            self.respond(user, id, &old, false)?;
        }
        if is_set {
            self.respond(user, id, kind, true)?;
        }
        Ok(())
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

/// What a message says, for another place: with a note of where it comes from first of all.
pub(crate) fn repeated(message: &Message) -> Content {
    let origin = Forward { message: message.id, chat: message.chat, user: message.sender };
    let Content { text, attach, files, forward, .. } = message.content.clone();
    Content { forward: forward.or(Some(origin)), attach, files, ..Content::text(text) }
}

fn field(object: &Value, name: &str) -> String {
    match object.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
