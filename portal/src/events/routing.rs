use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    Notice,
    commands::{self, Context, Invocation},
    mention, name, v1,
    v2::Happening,
};
use crate::{
    ids::{ChatId, MessageId, UserId},
    state::{
        State,
        bots::{Api, Bot, Command, Owner},
        chats::{Chat, ChatKind},
        messages::{Event, Message, Reaction},
    },
};

impl State {
    /// A person wrote a message: its commands go to their bots, or else the message to whoever it is meant for.
    pub(crate) fn announce(&mut self, id: MessageId) {
        let Some(message) = self.messages.get(id).cloned() else { return };
        // What clients of open lines say is announced where it is heard: in the chat of the line.
        let is_heard_here = |chat: &&Chat| self.clients_side(chat).is_none();
        let Some(chat) = self.chats.get(message.chat).filter(is_heard_here) else { return };
        let invocations = commands::typed(self, chat, &message);
        if invocations.is_empty() {
            self.announce_change(&message, Event::New);
        } else {
            self.invoke(&message, message.sender, invocations);
        }
    }

    /// Tells the bots that a message is meant for that it appeared, was edited or was deleted.
    pub(crate) fn announce_change(&mut self, message: &Message, event: Event) {
        let Some(chat) = self.chats.get(message.chat) else { return };
        let (first, second): (Vec<Bot>, Vec<Bot>) =
            audience(self, chat, message).into_iter().partition(|bot| bot.api == Api::V1);
        for bot in second {
            self.tell(&bot, message.sender, &Happening::Message(message, event));
        }
        let event_name = match event {
            Event::New => name::MESSAGE_ADD,
            Event::Edit => name::MESSAGE_UPDATE,
            Event::Delete => name::MESSAGE_DELETE,
            Event::Reaction => return,
        };
        for ((owner, url), bots) in by_address(first, event_name) {
            let Some(chat) = self.chats.get(message.chat) else { return };
            let readers: Vec<UserId> = bots.iter().map(|bot| bot.id).collect();
            let params = match event {
                Event::New => v1::message(self, chat, message, &readers),
                _ => v1::change(self, chat, message, &readers, event),
            };
            let user = v1::user(self, message.sender, true);
            let blocks: Map<String, Value> =
                bots.iter().map(|bot| (bot.id.to_string(), v1::bot(self, bot).into())).collect();
            let data = json!({"BOT": blocks, "PARAMS": params, "USER": user});
            let auth = self.auth_of(&owner, message.sender);
            self.notify(Notice { owner: &owner, event: event_name, url: &url, data, auth });
        }
    }

    /// `user` likes a message, or no longer. Only the second API has an event for that: the bot that wrote the message
    /// gets it, and those that hear everything in the chat.
    pub(crate) fn announce_reaction(&mut self, id: MessageId, reaction: &Reaction, is_set: bool) {
        let Some(message) = self.messages.get(id).cloned() else { return };
        let Some(chat) = self.chats.get(message.chat) else { return };
        if self.bots.contains_key(&reaction.user) {
            return;
        }
        let is_concerned = |bot: &&Bot| bot.api == Api::V2 && (bot.id == message.sender || bot.hears_all());
        let bots: Vec<Bot> =
            chat.users().filter_map(|user| self.bots.get(&user)).filter(is_concerned).cloned().collect();
        for bot in bots {
            self.tell(&bot, reaction.user, &Happening::Reaction { message: &message, reaction, is_set });
        }
    }

    /// `user` called commands by typing `message`, or with its buttons.
    pub(crate) fn invoke(&mut self, message: &Message, user: UserId, invocations: Vec<Invocation>) {
        let mut by_address: BTreeMap<Address, Vec<Called>> = BTreeMap::new();
        for invocation in invocations {
            let Some(command) = self.commands.get(invocation.command).cloned() else { continue };
            let Some(bot) = self.bots.get(&command.bot).cloned() else { continue };
            if bot.api == Api::V2 {
                self.tell(&bot, user, &Happening::Command { message, invocation: &invocation });
                continue;
            }
            let address = (bot.owner.clone(), command.handler.clone());
            by_address.entry(address).or_default().push(Called { invocation, command, bot });
        }
        for ((owner, url), called) in by_address {
            let Some(params) = self.command_params(message, user, &called) else { return };
            let mut blocks = Map::new();
            for Called { invocation, command, bot } in called {
                let mut block = v1::bot(self, &bot);
                block.insert("COMMAND".to_owned(), command.word.into());
                block.insert("COMMAND_ID".to_owned(), command.id.into());
                block.insert("COMMAND_PARAMS".to_owned(), invocation.params.into());
                block.insert("COMMAND_CONTEXT".to_owned(), invocation.context.word().into());
                block.insert("MESSAGE_ID".to_owned(), invocation.message.into());
                blocks.insert(command.id.to_string(), block.into());
            }
            let data = json!({"COMMAND": blocks, "PARAMS": params, "USER": v1::user(self, user, false)});
            let auth = self.auth_of(&owner, user);
            self.notify(Notice { owner: &owner, event: name::COMMAND_ADD, url: &url, data, auth });
        }
    }

    /// `PARAMS` of a command. A press is seen by the bot alone, as if the user had typed the command in its place.
    fn command_params(&self, message: &Message, user: UserId, called: &[Called]) -> Option<Value> {
        let chat = self.chats.get(message.chat)?;
        let first = called.first()?;
        let bots: Vec<UserId> = called.iter().map(|called| called.bot.id).collect();
        let mut message = message.clone();
        if first.invocation.context != Context::Typed {
            message.sender = user;
            let typed = format!("/{} {}", first.command.word, first.invocation.params);
            typed.trim_end().clone_into(&mut message.content.text);
        }
        Some(v1::command(self, chat, &message, &bots))
    }

    /// Somebody came into a chat, or the dialog of a bot was opened.
    pub(crate) fn welcome(&mut self, chat: ChatId, who: UserId, by: UserId) {
        self.record_arrival(chat, who);
        let Some(bot) = self.bots.get(&who).cloned() else { return };
        if bot.api == Api::V2 {
            return self.tell(&bot, by, &Happening::Joined(chat));
        }
        let Some(url) = bot.handlers.get(name::JOIN_CHAT).cloned() else { return };
        let Some(chat) = self.chats.get(chat) else { return };
        let params = v1::join(self, chat, bot.id, by);
        let block = v1::bot(self, &bot);
        let data = json!({
            "BOT": {bot.id.to_string(): block},
            "PARAMS": params,
            "USER": v1::user(self, by, false),
        });
        let auth = self.auth_of(&bot.owner, by);
        self.notify(Notice { owner: &bot.owner, event: name::JOIN_CHAT, url: &url, data, auth });
    }

    /// `by` opened a dialog and brought something along for the bots in it. The first API has no event for that.
    pub(crate) fn hand_context(&mut self, chat: ChatId, by: UserId, context: &Value) {
        let Some(members) = self.chats.get(chat) else { return };
        let bots: Vec<Bot> = members.users().filter_map(|user| self.bots.get(&user)).cloned().collect();
        for bot in bots.iter().filter(|bot| bot.api == Api::V2) {
            self.tell(bot, by, &Happening::Context { chat, context });
        }
    }

    /// A person takes a bot off the portal; its application is told.
    pub(crate) fn dismiss_bot(&mut self, id: UserId, by: UserId) {
        let Some(bot) = self.bots.get(&id).cloned() else { return };
        if bot.api == Api::V2 {
            self.tell(&bot, by, &Happening::Gone);
        } else if let Some(url) = bot.handlers.get(name::BOT_DELETE) {
            let data = json!({"BOT_ID": bot.id, "BOT_CODE": bot.code});
            let auth = self.auth_of(&bot.owner, by);
            self.notify(Notice { owner: &bot.owner, event: name::BOT_DELETE, url, data, auth });
        }
        self.remove_bot(id);
    }
}

/// Who gets an event, and where.
type Address = (Owner, String);

/// A command that was called, with the bot that it belongs to.
struct Called {
    invocation: Invocation,
    command: Command,
    bot: Bot,
}

/// The bots that are to hear of a message. Bots never hear bots, or two of them could talk forever.
fn audience(state: &State, chat: &Chat, message: &Message) -> Vec<Bot> {
    if message.content.is_system || state.bots.contains_key(&message.sender) {
        return Vec::new();
    }
    let mentioned = mention::users(&message.content.text);
    let hears = |bot: &&Bot| {
        let is_addressed = chat.is_private() || mentioned.contains(&bot.id);
        is_addressed || bot.hears_all() || (chat.kind == ChatKind::Line && bot.openline)
    };
    chat.users().filter_map(|user| state.bots.get(&user)).filter(hears).cloned().collect()
}

/// One request carries all bots of an owner that share an address.
fn by_address(bots: Vec<Bot>, event: &str) -> BTreeMap<Address, Vec<Bot>> {
    let mut addresses: BTreeMap<_, Vec<Bot>> = BTreeMap::new();
    for bot in bots {
        if let Some(url) = bot.handlers.get(event) {
            addresses.entry((bot.owner.clone(), url.clone())).or_default().push(bot);
        }
    }
    addresses
}
