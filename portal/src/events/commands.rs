use super::mention;
use crate::{
    ids::{CommandId, MessageId, UserId},
    state::{State, bots::Command, chats::Chat, messages::Message, users::UserKind},
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

/// The commands that a message calls: each line that starts with one that works for its writer in this chat.
pub(crate) fn typed(state: &State, chat: &Chat, message: &Message) -> Vec<Invocation> {
    let mentioned: Vec<UserId> =
        mention::users(&message.content.text).into_iter().filter(|user| state.bots.contains_key(user)).collect();
    let text = mention::strip(&message.content.text, &mentioned);
    let writer = state.users.get(message.sender);
    let is_outside = writer.is_some_and(|account| account.kind == UserKind::Extranet);
    let mut invocations = Vec::new();
    for (word, params) in text.lines().filter_map(split) {
        let usable = state.commands.values().filter(|command| {
            let addressed = mentioned.is_empty() || mentioned.contains(&command.bot);
            let works = works_in(command, chat) && (command.extranet || !is_outside);
            command.word == word && addressed && works
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

fn works_in(command: &Command, chat: &Chat) -> bool {
    command.common || chat.has(command.bot)
}

/// The command behind a button or a menu item of `message`: `COMMAND` may hold the word alone or a whole line. It is
/// one of the bot that the button names, else of the sender, else of whichever bot of the chat has it.
pub(crate) fn pressed(
    state: &State,
    message: &Message,
    bot: Option<UserId>,
    command: &str,
    params: &str,
    context: Context,
) -> Option<Invocation> {
    let line = command.trim().trim_start_matches('/');
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let params = if params.is_empty() { rest } else { params };
    let chat = state.chats.get(message.chat)?;
    let of = |bot| state.commands_of(bot).find(|command| command.word == word);
    let of_anybody = || state.commands.values().find(|command| command.word == word && works_in(command, chat));
    let command = match bot {
        Some(bot) => of(bot),
        None => of(message.sender).or_else(of_anybody),
    }?;
    Some(Invocation { command: command.id, params: params.to_owned(), context, message: message.id })
}
