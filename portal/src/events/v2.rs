//! What the bots of `imbot.v2` are told, by POST or when they fetch it.

use serde_json::{Map, Value, json};

use super::{Notice, v1};
use crate::{
    events::commands::{Context, Invocation},
    ids::{ChatId, UserId},
    state::{
        State,
        bots::Bot,
        inbox::Reader,
        messages::{Event, Message, Reaction},
    },
    views::v2,
};

/// What happened, as a bot of the second API hears of it.
pub(crate) enum Happening<'a> {
    Message(&'a Message, Event),
    Reaction { message: &'a Message, reaction: &'a Reaction, is_set: bool },
    Command { message: &'a Message, invocation: &'a Invocation },
    Joined(ChatId),
    Context { chat: ChatId, context: &'a Value },
    Gone,
}

impl Happening<'_> {
    /// The name of the event; nothing for what the API has none for.
    fn name(&self) -> Option<&'static str> {
        Some(match self {
            Self::Message(_, Event::New) => "ONIMBOTV2MESSAGEADD",
            Self::Message(_, Event::Edit) => "ONIMBOTV2MESSAGEUPDATE",
            Self::Message(_, Event::Delete) => "ONIMBOTV2MESSAGEDELETE",
            Self::Message(_, Event::Reaction) => return None,
            Self::Reaction { .. } => "ONIMBOTV2REACTIONCHANGE",
            Self::Command { .. } => "ONIMBOTV2COMMANDADD",
            Self::Joined(_) => "ONIMBOTV2JOINCHAT",
            Self::Context { .. } => "ONIMBOTV2CONTEXTGET",
            Self::Gone => "ONIMBOTV2DELETE",
        })
    }
}

impl State {
    /// Tells a bot what `by` did: at its address, or when it asks. Before the installation of its application is
    /// finished it hears nothing.
    pub(crate) fn tell(&mut self, bot: &Bot, by: UserId, what: &Happening<'_>) {
        let Some(event) = what.name().filter(|_| self.hears(&bot.owner)) else { return };
        let Some(mut data) = self.happening(bot, by, what) else { return };
        let Some(url) = &bot.webhook else {
            data.shift_insert(0, "bot".to_owned(), v2::bot(self, bot, true));
            self.keep_for(Reader::Bot(bot.id), event, data.into());
            if matches!(what, Happening::Gone) {
                self.inbox.gone.insert(bot.id, bot.owner.clone());
            }
            return;
        };
        let token = v1::bot(self, bot).shift_remove("AUTH");
        data.shift_insert(0, "bot".to_owned(), json!({"id": bot.id, "code": bot.code, "auth": token}));
        let auth = self.auth_of(&bot.owner, by);
        self.notify(Notice { owner: &bot.owner, event, url, data: written(data.into()), auth });
    }

    /// The `data` of an event, without the bot.
    fn happening(&self, bot: &Bot, by: UserId, what: &Happening<'_>) -> Option<Map<String, Value>> {
        let chat = match what {
            Happening::Message(message, _)
            | Happening::Reaction { message, .. }
            | Happening::Command { message, .. } => message.chat,
            Happening::Joined(chat) | Happening::Context { chat, .. } => *chat,
            Happening::Gone => return Some(Map::new()),
        };
        let chat = self.chats.get(chat)?;
        let dialog = chat.dialog(bot.id).to_string();
        let subject = match what {
            Happening::Message(message, Event::Delete) => json!({"messageId": message.id}),
            Happening::Message(message, _) => json!({"message": v2::message_in_event(self, message)}),
            Happening::Reaction { message, reaction, is_set } => json!({
                "reaction": reaction.kind,
                "action": if *is_set { "add" } else { "delete" },
                "message": v2::message_in_event(self, message),
            }),
            Happening::Command { message, invocation } => json!({
                "command": {
                    "id": invocation.command,
                    "command": self.commands.get(invocation.command).map(|command| format!("/{}", command.word)),
                    "params": invocation.params,
                    "context": context_word(invocation.context),
                },
                "message": v2::message_in_event(self, message),
            }),
            Happening::Joined(_) => json!({"dialogId": dialog}),
            Happening::Context { context, .. } => json!({"dialogId": dialog, "context": context}),
            Happening::Gone => json!({}),
        };
        let Value::Object(mut data) = subject else { return None };
        data.insert("chat".to_owned(), v2::chat_in_event(self, chat, bot.id));
        data.insert("user".to_owned(), v2::user_in_event(self, by));
        data.insert("language".to_owned(), self.settings.language.clone().into());
        Some(data)
    }
}

fn context_word(context: Context) -> &'static str {
    match context {
        Context::Typed => "textarea",
        Context::Keyboard => "keyboard",
        Context::Menu => "menu",
    }
}

/// As it goes into a form: this API sends nothing as an empty text, where others leave it out.
fn written(data: Value) -> Value {
    match data {
        Value::Null => "".into(),
        Value::Array(items) => items.into_iter().map(written).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, written(value))).collect(),
        data => data,
    }
}
