//! `im.*`: the messenger in the name of a user.
#![allow(clippy::unnecessary_wraps, reason = "a behaviour may refuse; some have no reason to")]

mod chat;
mod counters;
mod department;
mod dialog;
mod find;
mod message;
mod recent;
mod revision;
mod search;
mod user;

use super::Table;

pub(super) const METHODS: Table = &[
    ("im.chat.add", chat::add),
    ("im.chat.get", chat::get),
    ("im.chat.leave", chat::members::leave),
    ("im.chat.mute", chat::mute),
    ("im.chat.sendTyping", chat::send_typing),
    ("im.chat.setOwner", chat::members::set_owner),
    ("im.chat.updateAvatar", chat::look::update_avatar),
    ("im.chat.updateColor", chat::look::update_color),
    ("im.chat.updateTitle", chat::look::update_title),
    ("im.chat.user.add", chat::members::add),
    ("im.chat.user.delete", chat::members::delete),
    ("im.chat.user.list", chat::members::list),
    ("im.counters.get", counters::get),
    ("im.department.colleagues.list", department::colleagues),
    ("im.department.employees.get", department::employees),
    ("im.department.get", department::get),
    ("im.department.managers.get", department::managers),
    ("im.dialog.get", dialog::get),
    ("im.dialog.messages.get", dialog::messages::get),
    ("im.dialog.messages.search", dialog::messages::search),
    ("im.dialog.read", dialog::read),
    ("im.dialog.read.all", dialog::read_all),
    ("im.dialog.unread", dialog::unread),
    ("im.dialog.users.list", dialog::list_users),
    ("im.dialog.writing", dialog::write),
    ("im.message.add", message::add),
    ("im.message.command", message::command),
    ("im.message.delete", message::delete),
    ("im.message.like", message::like),
    ("im.message.share", message::share),
    ("im.message.update", message::update),
    ("im.recent.get", recent::get),
    ("im.recent.hide", recent::hide),
    ("im.recent.list", recent::list),
    ("im.recent.pin", recent::pin),
    ("im.recent.unread", recent::unread),
    ("im.revision.get", revision::get),
    ("im.search.chat.list", search::chats),
    ("im.search.department.list", find::departments),
    ("im.search.last.add", search::remember),
    ("im.search.last.delete", search::forget),
    ("im.search.last.get", search::last),
    ("im.search.user.list", find::users),
    ("im.user.business.list", user::business),
    ("im.user.get", user::get),
    ("im.user.list.get", user::list),
    ("im.user.status.get", user::status),
    ("im.user.status.idle.end", user::come_back),
    ("im.user.status.idle.start", user::leave),
    ("im.user.status.set", user::set_status),
];
