use serde_json::{Value, json};

use super::acting::{self, done};
use crate::{
    events::name,
    ids::{Dialog, MessageId},
    methods::content,
    rest::{Args, Call, Refusal},
    state::{
        Change, State,
        bots::{Bot, Command, CommandText, command_word},
        chats::Chat,
        messages::Content,
    },
    views::v2,
};

/// A command that is registered already stays as it is.
pub(super) fn register(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let fields = call.args.object("fields");
    let word = word(&fields)?;
    if let Some(known) = state.commands_of(bot.id).find(|command| command.word == word) {
        return Ok(json!({"command": v2::command(known)}));
    }
    let hidden = fields.flag("hidden").unwrap_or(false);
    let mut texts = Vec::new();
    translate(&mut texts, &fields);
    if texts.is_empty() && !hidden {
        return Err(Refusal::new("COMMAND_TITLE_REQUIRED"));
    }
    let handler = handler(state, &bot);
    let id = state.commands.insert(|id| Command {
        id,
        bot: bot.id,
        word,
        common: fields.flag("common").unwrap_or(false),
        hidden,
        extranet: fields.flag("extranetSupport").unwrap_or(false),
        texts,
        handler,
    });
    state.changes.push(Change::Commands);
    Ok(json!({"command": state.commands.get(id).map(v2::command)}))
}

/// A bot of the first API hears of the command where it hears of its other commands, or of messages.
fn handler(state: &State, bot: &Bot) -> String {
    let of_command = state.commands_of(bot.id).map(|command| &command.handler).find(|handler| !handler.is_empty());
    of_command.or_else(|| bot.handlers.get(name::MESSAGE_ADD)).cloned().unwrap_or_default()
}

fn word(fields: &Args) -> Result<String, Refusal> {
    let text = fields.text_or_empty("command");
    command_word(&text).ok_or_else(|| {
        Refusal::because("COMMAND_NAME_INVALID", format!("{text:?} is no word of Latin letters and digits"))
    })
}

/// The texts that the titles name: null takes one away. What may follow the command counts with its title only.
fn translate(texts: &mut Vec<CommandText>, fields: &Args) {
    let params = fields.object("params");
    for (language, title) in fields.object("title").0 {
        let language = language.to_ascii_lowercase();
        let old = texts.iter().position(|text| text.language == language).map(|index| texts.remove(index));
        let Some(title) = title.as_str().map(str::to_owned) else { continue };
        let params = match params.0.get(&language) {
            Some(params) => params.as_str().unwrap_or_default().to_owned(),
            None => old.map(|text| text.params).unwrap_or_default(),
        };
        texts.push(CommandText { language, title, params });
    }
}

pub(super) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let command = chosen(state, call)?;
    let fields = call.args.object("fields");
    if fields.has("command") && fields.text("command").is_none() {
        return Err(Refusal::new("COMMAND_NAME_EMPTY"));
    }
    let word = if fields.has("command") { word(&fields)? } else { command.word };
    if state.commands_of(command.bot).any(|other| other.id != command.id && other.word == word) {
        return Err(Refusal::new("COMMAND_ALREADY_EXISTS"));
    }
    if let Some(command) = state.commands.get_mut(command.id) {
        command.word = word;
        command.common = fields.flag("common").unwrap_or(command.common);
        command.hidden = fields.flag("hidden").unwrap_or(command.hidden);
        command.extranet = fields.flag("extranetSupport").unwrap_or(command.extranet);
        translate(&mut command.texts, &fields);
    }
    state.changes.push(Change::Commands);
    Ok(json!({"command": state.commands.get(command.id).map(v2::command)}))
}

pub(super) fn unregister(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let command = chosen(state, call)?;
    state.commands.remove(command.id);
    state.changes.push(Change::Commands);
    Ok(done())
}

/// A command of the bot that acts.
fn chosen(state: &State, call: &Call<'_>) -> Result<Command, Refusal> {
    let bot = acting::bot(state, call)?;
    let id = call.args.id("commandId").unwrap_or_default();
    let command = state.commands_of(bot.id).find(|command| command.id == id);
    command.cloned().ok_or_else(|| Refusal::new("COMMAND_NOT_FOUND"))
}

pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bot = acting::bot(state, call)?;
    let language = &state.settings.language;
    let row = |command: &Command| {
        let text = command.text(language);
        let mut view = v2::command(command);
        view["title"] = text.map_or("", |text| &text.title).into();
        view["params"] = text.map_or("", |text| &text.params).into();
        view["category"] = state.user_name(bot.id).into();
        view["context"] = "".into();
        view
    };
    Ok(json!({"commands": state.commands_of(bot.id).map(row).collect::<Vec<_>>()}))
}

/// Answers where the command was called. The command and the message together let the bot into a chat that it is not
/// in, where the answer names it.
pub(super) fn answer(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let failed = |why: &str| Refusal::because("COMMAND_ANSWER_FAILED", why);
    let bot = acting::bot(state, call)?;
    let command = chosen(state, call).map_err(|_| failed("the bot has no such command"))?;
    let message = call.args.id("messageId").and_then(|id: MessageId| state.messages.get(id));
    let chat = message.and_then(|message| state.chats.get(message.chat));
    let is_named = |chat: &&Chat| match call.args.dialog("dialogId") {
        Some(Dialog::User(user)) => chat.is_private() && chat.has(user),
        Some(dialog) => state.find_chat(bot.id, dialog).is_some_and(|named| named.id == chat.id),
        None => false,
    };
    let chat = chat.filter(is_named).ok_or_else(|| failed("there is no such message in this dialog"))?;
    let is_in = chat.has(bot.id);
    if !is_in && !command.common {
        return Err(failed("the bot is not in the chat, and the command is not for all chats"));
    }
    let mut content = content::read(&call.args.object("fields"), &content::V2);
    if content.text.is_empty() && content.attach.is_empty() {
        return Err(failed("there is nothing to say"));
    }
    if !is_in {
        let text = format!("[B]{}[/B]\n{}", state.user_name(bot.id), content.text);
        content = Content { text, is_system: true, ..content };
    }
    let chat = chat.id;
    state.post(chat, bot.id, content);
    Ok(done())
}
