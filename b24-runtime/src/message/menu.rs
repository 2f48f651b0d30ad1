use serde_json::Value;

use super::{InvalidMessage, Target};
use crate::{
    types::ButtonContext,
    wire::{Params, ToValue, yes_no},
};

/// What a message adds to its context menu, at most 30 KB as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Menu(Vec<MenuItem>);

impl Menu {
    /// The largest menu in bytes of JSON.
    pub const MAX_BYTES: usize = 30 * 1024;

    /// No items yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an item.
    pub fn item(mut self, text: impl Into<String>, target: impl Into<Target>) -> Self {
        self.0.push(MenuItem::new(text, target));
        self
    }

    /// Checks what the types cannot.
    ///
    /// # Errors
    /// When an item has no caption or no target, or the whole is larger than [`Menu::MAX_BYTES`].
    pub fn check(&self) -> Result<(), InvalidMessage> {
        for item in &self.0 {
            if item.text.is_empty() {
                return Err(InvalidMessage::new("a menu item needs a caption"));
            }
            item.target.check(&format!("the menu item \"{}\"", item.text))?;
        }
        InvalidMessage::check_size("the menu", self.clone().to_value().to_string().len(), Self::MAX_BYTES)
    }
}

impl FromIterator<MenuItem> for Menu {
    fn from_iter<I: IntoIterator<Item = MenuItem>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl ToValue for Menu {
    fn to_value(self) -> Value {
        self.0.to_value()
    }
}

/// An item of a context menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    text: String,
    target: Target,
    context: Option<ButtonContext>,
    disabled: bool,
}

impl MenuItem {
    /// An item: its caption and what a click does.
    pub fn new(text: impl Into<String>, target: impl Into<Target>) -> Self {
        Self { text: text.into(), target: target.into(), context: None, disabled: false }
    }

    /// Where it is shown, if not everywhere; older portals show it everywhere.
    pub fn only_on(mut self, context: ButtonContext) -> Self {
        self.context = Some(context);
        self
    }

    /// Cannot be clicked.
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }
}

impl ToValue for MenuItem {
    fn to_value(self) -> Value {
        let mut params = Params::new();
        params.set("TEXT", self.text);
        self.target.put(&mut params);
        if let Some(context) = self.context {
            params.set("CONTEXT", context);
        }
        if self.disabled {
            params.set("DISABLED", yes_no(true));
        }
        params.to_value()
    }
}
