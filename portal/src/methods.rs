//! What the methods do. Their arguments have been checked against the spec; what remains are the rules of the house.

mod app;
mod bot;
mod chat;
mod command;
mod dialog;
mod event;
mod message;
mod revision;

use serde_json::Value;

use crate::{
    rest::{Call, Refusal},
    state::State,
};

/// Acts on the state and tells what to answer. Nothing may have changed when it refuses.
pub(crate) type Behaviour = fn(&mut State, &Call<'_>) -> Result<Value, Refusal>;

const METHODS: &[(&str, Behaviour)] = &[
    ("app.info", app::info),
    ("event.bind", event::bind),
    ("event.get", event::get),
    ("event.unbind", event::unbind),
    ("im.revision.get", revision::get),
    ("imbot.bot.list", bot::list),
    ("imbot.chat.add", chat::add),
    ("imbot.chat.get", chat::get),
    ("imbot.chat.leave", chat::leave),
    ("imbot.chat.sendTyping", dialog::send_typing),
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

/// The behaviour of a method, by its name as the spec writes it.
pub(crate) fn find(name: &str) -> Option<Behaviour> {
    METHODS.iter().find(|(known, _)| *known == name).map(|(_, act)| *act)
}

#[cfg(test)]
mod tests {
    use b24_spec::Spec;

    use super::METHODS;

    #[test]
    fn every_behaviour_belongs_to_a_method_of_the_spec() {
        let spec = Spec::embedded().expect("a spec without mistakes");
        for (name, _) in METHODS {
            assert!(spec.methods.contains_key(*name), "the spec has no {name}");
        }
    }
}
