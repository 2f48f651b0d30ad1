use super::mention;
use crate::{
    ids::{CommandId, MessageId, UserId},
    state::{State, chats::Chat, messages::Message},
};

/// How a command was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Context {
    Typed,
    Keyboard,
    Menu,
}

impl Context {
    /// The word on the wire.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Typed => "TEXTAREA",
            Self::Keyboard => "KEYBOARD",
            Self::Menu => "MENU",
        }
    }
}

/// A command that somebody called.
#[derive(Debug, Clone)]
pub(crate) struct Invocation {
    pub(crate) command: CommandId,
    pub(crate) params: String,
    pub(crate) context: Context,
    /// The message that the answer belongs to.
    pub(crate) message: MessageId,
}

/// The commands that a message calls: each line that starts with one that works in this chat.
pub(crate) fn typed(state: &State, chat: &Chat, message: &Message) -> Vec<Invocation> {
    let mentioned: Vec<UserId> =
        mention::users(&message.content.text).into_iter().filter(|user| state.bots.contains_key(user)).collect();
    let text = mention::strip(&message.content.text, &mentioned);
    let mut invocations = Vec::new();
    for (word, params) in text.lines().filter_map(split) {
        let usable = state.commands.values().filter(|command| {
            let addressed = mentioned.is_empty() || mentioned.contains(&command.bot);
            command.word == word && addressed && (command.common || chat.has(command.bot))
        });
        invocations.extend(usable.map(|command| Invocation {
            command: command.id,
            params: params.to_owned(),
            context: Context::Typed,
            message: message.id,
        }));
    }
    // What starts with words is a message, also where a later line looks like a command.
    if text.starts_with('/') { invocations } else { Vec::new() }
}

fn split(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end().strip_prefix('/')?;
    Some(line.split_once(' ').unwrap_or((line, "")))
}

/// The command behind a button or a menu item of `message`: `COMMAND` may hold the word alone or a whole line.
pub(crate) fn pressed(
    state: &State,
    message: &Message,
    command: &str,
    params: &str,
    context: Context,
) -> Option<Invocation> {
    let line = command.trim().trim_start_matches('/');
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let params = if params.is_empty() { rest } else { params };
    let command = state.commands_of(message.sender).find(|command| command.word == word)?;
    Some(Invocation { command: command.id, params: params.to_owned(), context, message: message.id })
}
