use super::{Attach, Button, Keyboard, Menu, Target, Text};
#[cfg(feature = "imbot")]
use crate::types::MessageId;

/// What a bot says: text and what belongs to it.
///
/// ```
/// use b24_runtime::message::{Attach, Reply, Target};
///
/// let reply = Reply::text("Closed").attach(Attach::text("by Marta")).button("Open", Target::link("https://example.com"));
/// assert!(reply.check().is_ok());
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reply {
    pub(crate) text: Text,
    pub(crate) attach: Option<Attach>,
    pub(crate) keyboard: Option<Keyboard>,
    pub(crate) menu: Option<Menu>,
    pub(crate) system: bool,
    pub(crate) plain_links: bool,
    #[cfg(feature = "imbot")]
    pub(crate) answers: Option<MessageId>,
}

impl Reply {
    /// A message of text. A `&str` or `String` is plain text; BB codes come from [`Text`].
    pub fn text(text: impl Into<Text>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Attaches blocks below the text.
    pub fn attach(mut self, attach: impl Into<Attach>) -> Self {
        self.attach = Some(attach.into());
        self
    }

    /// Sets the keyboard.
    pub fn keyboard(mut self, keyboard: Keyboard) -> Self {
        self.keyboard = Some(keyboard);
        self
    }

    /// Adds a button to the keyboard.
    pub fn button(self, text: impl Into<String>, target: impl Into<Target>) -> Self {
        let keyboard = self.keyboard.clone().unwrap_or_default();
        self.keyboard(keyboard.button(Button::new(text, target)))
    }

    /// Sets what the message adds to its context menu.
    pub fn menu(mut self, menu: Menu) -> Self {
        self.menu = Some(menu);
        self
    }

    /// Shows it as a system message.
    pub fn system(mut self) -> Self {
        self.system = true;
        self
    }

    /// Leaves links as they are, without a preview.
    pub fn plain_links(mut self) -> Self {
        self.plain_links = true;
        self
    }

    /// Shows it as the answer to a message of the same dialog. Only bot API v2 can: with v1, or beside a menu, it is a
    /// message like any other.
    #[cfg(feature = "imbot")]
    pub fn answering(mut self, message: impl Into<MessageId>) -> Self {
        self.answers = Some(message.into());
        self
    }

    /// Checks what the types cannot. Sending does it too.
    ///
    /// # Errors
    /// When there is no text, or the attachment, the keyboard or the menu breaks a rule.
    pub fn check(&self) -> Result<(), InvalidMessage> {
        if self.text.as_str().is_empty() {
            return Err(InvalidMessage::new("a message needs text"));
        }
        self.attach.as_ref().map_or(Ok(()), Attach::check)?;
        self.keyboard.as_ref().map_or(Ok(()), Keyboard::check)?;
        self.menu.as_ref().map_or(Ok(()), Menu::check)
    }
}

impl<T: Into<Text>> From<T> for Reply {
    fn from(text: T) -> Self {
        Self::text(text)
    }
}

/// A message that breaks a rule. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidMessage(String);

impl InvalidMessage {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    pub(super) fn check_size(what: &str, bytes: usize, most: usize) -> Result<(), Self> {
        if bytes <= most {
            return Ok(());
        }
        Err(Self(format!("{what} has {bytes} bytes, at most {most} are allowed; split it over several messages")))
    }
}
