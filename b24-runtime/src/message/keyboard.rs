use serde_json::Value;

use super::{InvalidMessage, Rgb, Target};
use crate::{
    types::{ButtonContext, ButtonDisplay, ButtonType, ColorToken},
    wire::{Params, ToValue, yes_no},
};

/// The buttons under a message, at most 30 KB as JSON.
///
/// ```
/// use b24_runtime::message::{Button, Keyboard, Rgb, Target};
///
/// let keyboard = Keyboard::new()
///     .button(Button::new("Site", Target::link("https://www.bitrix24.com")).color(Rgb::new(0x29_61_9b)))
///     .row()
///     .button(Button::new("Help", Target::command("help", "")));
/// assert!(keyboard.check().is_ok());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keyboard(Vec<Entry>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    Button(Button),
    NewLine,
}

impl Keyboard {
    /// The largest keyboard in bytes of JSON.
    pub const MAX_BYTES: usize = 30 * 1024;

    /// No buttons yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Buttons in rows of so many: a board, a calendar.
    ///
    /// ```
    /// use b24_runtime::message::{Button, Keyboard, Target};
    ///
    /// let cell = |number| Button::new("\u{b7}", Target::command("move", format!("{number}")));
    /// let board = Keyboard::in_rows(3, (1..=9).map(cell));
    /// assert_eq!(board, (1..=9).fold(Keyboard::new(), |keyboard, number| match number {
    ///     4 | 7 => keyboard.row().button(cell(number)),
    ///     _ => keyboard.button(cell(number)),
    /// }));
    /// ```
    pub fn in_rows(columns: usize, buttons: impl IntoIterator<Item = Button>) -> Self {
        let columns = columns.max(1);
        buttons.into_iter().enumerate().fold(Self::new(), |keyboard, (number, button)| {
            let keyboard = if number > 0 && number % columns == 0 { keyboard.row() } else { keyboard };
            keyboard.button(button)
        })
    }

    /// Adds a button to the current row.
    pub fn button(mut self, button: Button) -> Self {
        self.0.push(Entry::Button(button));
        self
    }

    /// Begins a new row.
    pub fn row(mut self) -> Self {
        self.0.push(Entry::NewLine);
        self
    }

    /// Whether there are no buttons.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Checks what the types cannot.
    ///
    /// # Errors
    /// When a button has no caption or no target, or the whole is larger than [`Keyboard::MAX_BYTES`].
    pub fn check(&self) -> Result<(), InvalidMessage> {
        for entry in &self.0 {
            if let Entry::Button(button) = entry {
                button.check()?;
            }
        }
        InvalidMessage::check_size("the keyboard", self.clone().to_value().to_string().len(), Self::MAX_BYTES)
    }
}

impl FromIterator<Button> for Keyboard {
    fn from_iter<I: IntoIterator<Item = Button>>(buttons: I) -> Self {
        Self(buttons.into_iter().map(Entry::Button).collect())
    }
}

impl ToValue for Keyboard {
    fn to_value(self) -> Value {
        let entry = |entry| match entry {
            Entry::Button(button) => button.to_value(),
            Entry::NewLine => {
                let mut params = Params::new();
                params.set("TYPE", ButtonType::NewLine);
                params.to_value()
            }
        };
        self.0.into_iter().map(entry).collect()
    }
}

/// A button of a keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    text: String,
    target: Target,
    color: Option<Rgb>,
    color_token: Option<ColorToken>,
    text_color: Option<Rgb>,
    off_color: Option<Rgb>,
    off_text_color: Option<Rgb>,
    context: Option<ButtonContext>,
    width: Option<u32>,
    whole_row: bool,
    locks: bool,
    disabled: bool,
}

impl Button {
    /// A button: its caption and what a click does.
    pub fn new(text: impl Into<String>, target: impl Into<Target>) -> Self {
        Self {
            text: text.into(),
            target: target.into(),
            color: None,
            color_token: None,
            text_color: None,
            off_color: None,
            off_text_color: None,
            context: None,
            width: None,
            whole_row: false,
            locks: false,
            disabled: false,
        }
    }

    /// The colour of the button.
    pub fn color(mut self, color: Rgb) -> Self {
        self.color = Some(color);
        self
    }

    /// The colour of the button by its part in the design, in place of [`Button::color`]; older portals ignore it.
    pub fn color_token(mut self, token: ColorToken) -> Self {
        self.color_token = Some(token);
        self
    }

    /// The colours of the button and of its caption once it cannot be clicked any more.
    pub fn off_colors(mut self, button: Rgb, text: Rgb) -> Self {
        self.off_color = Some(button);
        self.off_text_color = Some(text);
        self
    }

    /// Where it is shown, if not everywhere; older portals show it everywhere.
    pub fn only_on(mut self, context: ButtonContext) -> Self {
        self.context = Some(context);
        self
    }

    /// The colour of the caption.
    pub fn text_color(mut self, color: Rgb) -> Self {
        self.text_color = Some(color);
        self
    }

    /// The width in pixels. A row wider than 225 does not fit on a phone.
    pub fn width(mut self, pixels: u32) -> Self {
        self.width = Some(pixels);
        self
    }

    /// Takes a row for itself.
    pub fn whole_row(mut self) -> Self {
        self.whole_row = true;
        self
    }

    /// A click locks the whole keyboard until the bot answers.
    pub fn locks_keyboard(mut self) -> Self {
        self.locks = true;
        self
    }

    /// Cannot be clicked.
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }

    fn check(&self) -> Result<(), InvalidMessage> {
        if self.text.is_empty() {
            return Err(InvalidMessage::new("a button needs a caption"));
        }
        self.target.check(&format!("the button \"{}\"", self.text))
    }
}

impl ToValue for Button {
    fn to_value(self) -> Value {
        let mut params = Params::new();
        params.set("TEXT", self.text);
        self.target.put(&mut params);
        params.set("DISPLAY", if self.whole_row { ButtonDisplay::Block } else { ButtonDisplay::Line });
        let colors = [
            ("BG_COLOR", self.color),
            ("TEXT_COLOR", self.text_color),
            ("OFF_BG_COLOR", self.off_color),
            ("OFF_TEXT_COLOR", self.off_text_color),
        ];
        for (name, color) in colors.into_iter().filter_map(|(name, color)| Some((name, color?))) {
            params.set(name, color.to_string());
        }
        if let Some(token) = self.color_token {
            params.set("BG_COLOR_TOKEN", token);
        }
        if let Some(context) = self.context {
            params.set("CONTEXT", context);
        }
        if let Some(width) = self.width {
            params.set("WIDTH", width);
        }
        for (name, flag) in [("BLOCK", self.locks), ("DISABLED", self.disabled)] {
            if flag {
                params.set(name, yes_no(flag));
            }
        }
        params.to_value()
    }
}
