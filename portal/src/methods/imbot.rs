//! `imbot.*`: the first bot API.

mod app;
mod bot;
mod chat;
mod command;
mod dialog;
mod giphy;
mod message;

use super::Table;

pub(super) const METHODS: Table = &[
    ("imbot.Giphy.list", giphy::list),
    ("imbot.Giphy.listPopular", giphy::list_popular),
    ("imbot.app.register", app::register),
    ("imbot.app.unregister", app::unregister),
    ("imbot.app.update", app::update),
    ("imbot.bot.list", bot::list),
    ("imbot.chat.add", chat::add),
    ("imbot.chat.get", chat::get),
    ("imbot.chat.leave", chat::leave),
    ("imbot.chat.sendTyping", dialog::send_typing),
    ("imbot.chat.setManager", chat::set_manager),
    ("imbot.chat.setOwner", chat::set_owner),
    ("imbot.chat.updateAvatar", chat::update_avatar),
    ("imbot.chat.updateColor", chat::update_color),
    ("imbot.chat.updateTitle", chat::update_title),
    ("imbot.chat.user.add", chat::add_users),
    ("imbot.chat.user.delete", chat::delete_user),
    ("imbot.chat.user.list", chat::list_users),
    ("imbot.command.answer", command::answer),
    ("imbot.command.register", command::register),
    ("imbot.command.unregister", command::unregister),
    ("imbot.command.update", command::update),
    ("imbot.dialog.get", dialog::get),
    ("imbot.message.add", message::add),
    ("imbot.message.delete", message::delete),
    ("imbot.message.like", message::like),
    ("imbot.message.update", message::update),
    ("imbot.register", bot::register),
    ("imbot.unregister", bot::unregister),
    ("imbot.update", bot::update),
];
