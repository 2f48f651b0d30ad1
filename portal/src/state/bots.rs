use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Change, State,
    users::{Account, UserKind},
};
use crate::ids::{AppId, CommandId, UserId};

/// Who registered a bot and may act as it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) enum Owner {
    App(AppId),
    /// A client of incoming webhooks, by the `CLIENT_ID` that it chose.
    Client(String),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Bot {
    pub(crate) id: UserId,
    pub(crate) owner: Owner,
    /// The API that it was registered with, whose events it gets.
    pub(crate) api: Api,
    pub(crate) code: String,
    pub(crate) kind: BotKind,
    pub(crate) openline: bool,
    /// Where the events of the first API go.
    pub(crate) handlers: Handlers,
    /// Where the events of the second API go; without an address they wait to be fetched.
    pub(crate) webhook: Option<String>,
    /// Left out of the lists of people.
    pub(crate) is_hidden: bool,
    pub(crate) takes_reactions: bool,
    /// A word of the page, `azure`, or empty for the user's own.
    pub(crate) background: String,
    /// How many messages it has sent.
    pub(crate) sent: u64,
}

impl Bot {
    /// Whether it hears all of its chats, mentioned or not.
    pub(crate) fn hears_all(&self) -> bool {
        matches!(self.kind, BotKind::Supervisor | BotKind::Personal)
    }
}

/// What a bot is registered with, besides its profile.
#[derive(Debug)]
pub(crate) struct NewBot {
    pub(crate) owner: Owner,
    pub(crate) api: Api,
    pub(crate) code: String,
    pub(crate) kind: BotKind,
    pub(crate) openline: bool,
    pub(crate) handlers: Handlers,
}

/// A generation of the bot API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Api {
    /// `imbot.*`
    V1,
    /// `imbot.v2.*`
    V2,
}

/// What a bot gets to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum BotKind {
    Bot,
    Human,
    OpenLine,
    /// Hears every message of its chats, mentioned or not.
    Supervisor,
    /// Hears every message of its chats, and only those who know it find it.
    Personal,
    /// Belongs to the network of the vendor.
    Network,
}

/// Addresses by event name.
pub(crate) type Handlers = BTreeMap<String, String>;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Command {
    pub(crate) id: CommandId,
    pub(crate) bot: UserId,
    /// Without the slash.
    pub(crate) word: String,
    pub(crate) common: bool,
    pub(crate) hidden: bool,
    pub(crate) extranet: bool,
    pub(crate) texts: Vec<CommandText>,
    pub(crate) handler: String,
}

/// A command in one language.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CommandText {
    pub(crate) language: String,
    pub(crate) title: String,
    pub(crate) params: String,
}

impl Command {
    /// The texts to show to someone who reads `language`; without any the command is not listed.
    pub(crate) fn text(&self, language: &str) -> Option<&CommandText> {
        translated(&self.texts, language, |text| &text.language)
    }
}

/// The word to type after the slash: Latin letters, digits and what joins them.
pub(crate) fn command_word(text: &str) -> Option<String> {
    let word = text.trim().trim_start_matches('/');
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || ['_', '-'].contains(&letter);
    (!word.is_empty() && word.chars().all(is_allowed)).then(|| word.to_owned())
}

/// The text in a language, or in the one that speakers of that language are shown instead.
pub(crate) fn translated<'a, T>(texts: &'a [T], language: &str, language_of: fn(&T) -> &str) -> Option<&'a T> {
    let fallback = if ["by", "ua", "kz"].contains(&language) { "ru" } else { "en" };
    let by = |wanted: &str| texts.iter().find(|text| language_of(text).eq_ignore_ascii_case(wanted));
    by(language).or_else(|| by(fallback))
}

impl State {
    pub(crate) fn bots_of<'a>(&'a self, owner: &'a Owner) -> impl Iterator<Item = &'a Bot> {
        self.bots.values().filter(move |bot| bot.owner == *owner)
    }

    pub(crate) fn add_bot(&mut self, new: NewBot, dress: impl FnOnce(&mut Account)) -> UserId {
        let NewBot { owner, api, code, kind, openline, handlers } = new;
        let id = self.add_account(UserKind::Bot, dress);
        let bot = Bot {
            id,
            owner,
            api,
            code,
            kind,
            openline,
            handlers,
            webhook: None,
            is_hidden: false,
            takes_reactions: true,
            background: String::new(),
            sent: 0,
        };
        self.bots.insert(id, bot);
        id
    }

    /// Takes a bot off the portal with its commands, chat applications and private chats.
    pub(crate) fn remove_bot(&mut self, bot: UserId) {
        self.bots.remove(&bot);
        self.chat_apps.remove_of(bot);
        let commands: Vec<CommandId> = self.commands_of(bot).map(|command| command.id).collect();
        for command in commands {
            self.commands.remove(command);
        }
        let chats: Vec<_> = self.chats_of(bot).map(|chat| chat.id).collect();
        for id in chats {
            let companion = self.chats.get(id).and_then(|chat| chat.companion(bot));
            self.remove_member(id, bot);
            if let Some(user) = companion {
                self.remove_private(id);
                self.changes.push(Change::DialogGone { with: bot, user });
            }
        }
        self.users.remove(bot);
        self.changes.extend([Change::User(bot), Change::Commands]);
    }

    pub(crate) fn commands_of(&self, bot: UserId) -> impl Iterator<Item = &Command> {
        self.commands.values().filter(move |command| command.bot == bot)
    }
}
