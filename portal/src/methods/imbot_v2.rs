//! `imbot.v2.*` and `im.v2.*`: the second bot API, and what people can hear of their chats with it.

mod acting;
mod bot;
mod chat;
mod command;
mod event;
mod file;
mod history;
mod members;
mod message;
mod profile;
mod reaction;
mod ui;

use super::Table;

pub(super) const METHODS: Table = &[
    ("im.v2.Chat.Bot.sendContext", ui::send_context),
    ("im.v2.Event.get", event::get_of_user),
    ("im.v2.Event.subscribe", event::subscribe),
    ("im.v2.Event.unsubscribe", event::unsubscribe),
    ("imbot.v2.Bot.get", bot::get),
    ("imbot.v2.Bot.list", bot::list),
    ("imbot.v2.Bot.register", bot::register),
    ("imbot.v2.Bot.unregister", bot::unregister),
    ("imbot.v2.Bot.update", bot::update),
    ("imbot.v2.Chat.InputAction.notify", ui::notify),
    ("imbot.v2.Chat.Manager.add", members::add_managers),
    ("imbot.v2.Chat.Manager.delete", members::delete_managers),
    ("imbot.v2.Chat.Message.Reaction.add", reaction::add),
    ("imbot.v2.Chat.Message.Reaction.delete", reaction::delete),
    ("imbot.v2.Chat.Message.delete", message::delete),
    ("imbot.v2.Chat.Message.get", history::get),
    ("imbot.v2.Chat.Message.getContext", history::get_context),
    ("imbot.v2.Chat.Message.read", history::read),
    ("imbot.v2.Chat.Message.send", message::send),
    ("imbot.v2.Chat.Message.update", message::update),
    ("imbot.v2.Chat.TextField.enabled", ui::enable_text_field),
    ("imbot.v2.Chat.User.add", members::add),
    ("imbot.v2.Chat.User.delete", members::delete),
    ("imbot.v2.Chat.User.list", members::list),
    ("imbot.v2.Chat.add", chat::add),
    ("imbot.v2.Chat.get", chat::get),
    ("imbot.v2.Chat.leave", chat::leave),
    ("imbot.v2.Chat.setOwner", members::set_owner),
    ("imbot.v2.Chat.update", chat::update),
    ("imbot.v2.Command.answer", command::answer),
    ("imbot.v2.Command.list", command::list),
    ("imbot.v2.Command.register", command::register),
    ("imbot.v2.Command.unregister", command::unregister),
    ("imbot.v2.Command.update", command::update),
    ("imbot.v2.Event.get", event::get),
    ("imbot.v2.File.download", file::download),
    ("imbot.v2.File.upload", file::upload),
    ("imbot.v2.Revision.get", ui::revision),
];
