use serde_json::Value;

use super::bot;
use crate::{
    events::is_address,
    ids::{CommandId, UserId},
    methods::content,
    rest::{Args, Call, Refusal},
    state::{
        Change, State,
        bots::{Command, CommandText, Owner, command_word},
    },
};

pub(super) fn register(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = bot::chosen(state, call)?;
    let args = &call.args;
    let word = word(args, "COMMAND_ERROR")?;
    let handler = handler(args)?.unwrap_or_default();
    let command = |id| Command {
        id,
        bot: bot.id,
        word: word.clone(),
        common: args.flag("COMMON").unwrap_or(false),
        hidden: args.flag("HIDDEN").unwrap_or(false),
        extranet: args.flag("EXTRANET_SUPPORT").unwrap_or(false),
        texts: texts(args),
        handler: handler.clone(),
    };
    let known = state.commands_of(bot.id).find(|command| command.word == word).map(|command| command.id);
    let id = match known.and_then(|id| state.commands.get_mut(id)) {
        Some(known) => {
            *known = command(known.id);
            known.id
        }
        None => state.commands.insert(command),
    };
    send_to(state, &bot.owner, &handler);
    state.changes.push(Change::Commands);
    Ok(id.into())
}

pub(super) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let command = chosen(state, call)?;
    let fields = call.args.object("FIELDS");
    let handler = handler(&fields)?;
    let word = if fields.has("COMMAND") { word(&fields, "WRONG_REQUEST")? } else { command.word };
    if state.commands_of(command.bot).any(|other| other.id != command.id && other.word == word) {
        return Err(Refusal::because("WRONG_REQUEST", format!("the bot has another command {word:?}")));
    }
    if let Some(command) = state.commands.get_mut(command.id) {
        command.word = word;
        command.hidden = fields.flag("HIDDEN").unwrap_or(command.hidden);
        command.extranet = fields.flag("EXTRANET_SUPPORT").unwrap_or(command.extranet);
        if fields.has("LANG") {
            command.texts = texts(&fields);
        }
    }
    if let Some(handler) = handler {
        send_to(state, &call.owner()?, &handler);
    }
    state.changes.push(Change::Commands);
    Ok(true.into())
}

/// An application has one address for commands: the last that it named holds for all of them.
fn send_to(state: &mut State, owner: &Owner, handler: &str) {
    let bots: Vec<UserId> = state.bots_of(owner).map(|bot| bot.id).collect();
    for command in state.commands.values_mut().filter(|command| bots.contains(&command.bot)) {
        handler.clone_into(&mut command.handler);
    }
}

fn word(args: &Args, code: &str) -> Result<String, Refusal> {
    let text = args.text_or_empty("COMMAND");
    let wrong = || Refusal::because(code, format!("{text:?} is no word of Latin letters and digits"));
    command_word(&text).ok_or_else(wrong)
}

pub(super) fn unregister(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let id = chosen(state, call)?.id;
    state.commands.remove(id);
    state.changes.push(Change::Commands);
    Ok(true.into())
}

/// Answers where the command was called: also in a chat that the bot is not in, if the command is for all chats.
pub(super) fn answer(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let command = chosen(state, call)?;
    let message = call.args.id("MESSAGE_ID").and_then(|id| state.messages.get(id));
    let chat = message.and_then(|message| state.chats.get(message.chat));
    let chat = chat.filter(|chat| command.common || chat.has(command.bot));
    let chat = chat.ok_or_else(|| Refusal::because("WRONG_REQUEST", "there is no such message to answer"))?.id;
    Ok(state.post(chat, command.bot, content::read(&call.args, &content::V1)).into())
}

/// The command that a call names by its id or its word.
fn chosen(state: &State, call: &Call<'_>) -> Result<Command, Refusal> {
    let owner = call.owner()?;
    let is_own = |command: &Command| state.bots.get(&command.bot).is_some_and(|bot| bot.owner == owner);
    let found = if let Some(id) = call.args.id::<CommandId>("COMMAND_ID") {
        state.commands.get(id)
    } else {
        let word = call.args.text("COMMAND").unwrap_or_default().trim_start_matches('/');
        let alike = || state.commands.values().filter(|command| command.word == word);
        // Another application may have a command of the same name.
        alike().find(|command| is_own(command)).or_else(|| alike().next())
    };
    let command = found.ok_or_else(|| Refusal::new("COMMAND_ID_ERROR"))?;
    if is_own(command) { Ok(command.clone()) } else { Err(Refusal::new("APP_ID_ERROR")) }
}

fn handler(args: &Args) -> Result<Option<String>, Refusal> {
    match args.text("EVENT_COMMAND_ADD") {
        Some(url) if is_address(url) => Ok(Some(url.to_owned())),
        Some(url) => Err(Refusal::because("EVENT_COMMAND_ADD", format!("{url:?} is no address to send events to"))),
        None => Ok(None),
    }
}

fn texts(args: &Args) -> Vec<CommandText> {
    let text = |value: &Value| {
        let args = Args(value.as_object().cloned().unwrap_or_default());
        CommandText {
            language: args.text_or_empty("LANGUAGE_ID"),
            title: args.text_or_empty("TITLE"),
            params: args.text_or_empty("PARAMS"),
        }
    };
    args.list("LANG").iter().map(text).collect()
}
