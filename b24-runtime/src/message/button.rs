use serde_json::Value;

use super::{InvalidMessage, address::check_address};
use crate::{
    types::{ButtonAction, DialogId},
    wire::{Params, ToValue},
};

/// A command with its arguments, as `#[command]` makes one: `cmd::Reopen { id }`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something a button can do",
    note = "a button takes a command like `cmd::Help {{}}`, or `Target::link(…)`, `Target::action(…)`, `Target::app(…)`"
)]
pub trait CommandCall {
    /// The command, without its slash.
    const NAME: &'static str;

    /// The arguments as a person would type them.
    fn arguments(&self) -> String;
}

/// What a click on a button or a menu item does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Sends a command to the bot, unseen by the chat.
    Command {
        /// The command, without its slash.
        name: String,
        /// What would follow it in a message.
        arguments: String,
    },
    /// Opens a page.
    Link(String),
    /// Does something in the messenger itself.
    Action(Action),
    /// Opens a chat application.
    App {
        /// The application.
        id: i64,
        /// What it is started with.
        params: String,
    },
}

/// What a messenger can do by itself (since im revision 28).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Puts text into the input field.
    Put(String),
    /// Says text for the person who clicks.
    Send(String),
    /// Copies text.
    Copy(String),
    /// Calls a phone number in international format.
    Call(String),
    /// Opens a dialog.
    Dialog(DialogId),
}

impl Action {
    fn is_empty(&self) -> bool {
        match self {
            Self::Put(text) | Self::Send(text) | Self::Copy(text) | Self::Call(text) => text.is_empty(),
            Self::Dialog(_) => false,
        }
    }
}

impl Target {
    /// Opens a page.
    pub fn link(url: impl Into<String>) -> Self {
        Self::Link(url.into())
    }

    /// Does something in the messenger itself.
    pub fn action(action: Action) -> Self {
        Self::Action(action)
    }

    /// Opens a chat application.
    pub fn app(id: i64, params: impl Into<String>) -> Self {
        Self::App { id, params: params.into() }
    }

    /// Sends a command by name. A command of `#[command]` is better given as its type: that one is checked.
    pub fn command(name: impl Into<String>, arguments: impl Into<String>) -> Self {
        Self::Command { name: name.into(), arguments: arguments.into() }
    }

    pub(super) fn put(self, params: &mut Params) {
        match self {
            Self::Command { name, arguments } => {
                params.set("COMMAND", name);
                if !arguments.is_empty() {
                    params.set("COMMAND_PARAMS", arguments);
                }
            }
            Self::Link(url) => params.set("LINK", url),
            Self::Action(action) => {
                let (kind, value) = match action {
                    Action::Put(text) => (ButtonAction::Put, Value::from(text)),
                    Action::Send(text) => (ButtonAction::Send, Value::from(text)),
                    Action::Copy(text) => (ButtonAction::Copy, Value::from(text)),
                    Action::Call(number) => (ButtonAction::Call, Value::from(number)),
                    Action::Dialog(dialog) => (ButtonAction::Dialog, dialog.to_value()),
                };
                params.set("ACTION", kind);
                params.set("ACTION_VALUE", value);
            }
            Self::App { id, params: with } => {
                params.set("APP_ID", id);
                params.set("APP_PARAMS", with);
            }
        }
    }

    pub(super) fn check(&self, owner: &str) -> Result<(), InvalidMessage> {
        let missing = match self {
            Self::Command { name, .. } if name.is_empty() => "a command",
            Self::Link(url) => return check_address(owner, url),
            Self::Action(action) if action.is_empty() => "something to act with",
            _ => return Ok(()),
        };
        Err(InvalidMessage::new(format!("{owner} needs {missing}")))
    }
}

impl<C: CommandCall> From<C> for Target {
    fn from(call: C) -> Self {
        Self::Command { name: C::NAME.to_owned(), arguments: call.arguments() }
    }
}

impl From<Action> for Target {
    fn from(action: Action) -> Self {
        Self::Action(action)
    }
}
