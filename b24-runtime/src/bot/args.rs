use std::{fmt::Write, str::FromStr};

use crate::types::{BotId, ChatId, CommandId, DialogId, MessageId, UserId};

/// The arguments of a command, read one after the other.
///
/// Words are separated by spaces; double quotes hold a word with spaces together, a backslash inside them takes the
/// next character as it is.
///
/// ```
/// use b24_runtime::Args;
///
/// let mut args = Args::new(r#"12 "in a hurry" and the rest"#);
/// assert_eq!(args.take::<u32>("id"), Ok(12));
/// assert_eq!(args.take::<String>("reason"), Ok("in a hurry".to_owned()));
/// assert_eq!(args.rest::<String>("text"), Ok("and the rest".to_owned()));
/// ```
#[derive(Debug, Clone)]
pub struct Args<'a> {
    rest: &'a str,
}

/// Why the arguments of a command were not right. The person who typed them is told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ArgError(String);

impl ArgError {
    /// An error that names what is wrong: `id: expected a number, found "x"`.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl<'a> Args<'a> {
    /// Starts reading the text that follows a command.
    pub fn new(text: &'a str) -> Self {
        Self { rest: text.trim() }
    }

    /// Reads an argument.
    ///
    /// # Errors
    /// When it is missing or not what the type expects.
    pub fn take<T: FromArg>(&mut self, name: &str) -> Result<T, ArgError> {
        T::from_arg(self, name)
    }

    /// Reads everything that is left.
    ///
    /// # Errors
    /// When nothing is left and the type needs something.
    pub fn rest<T: FromRest>(&mut self, name: &str) -> Result<T, ArgError> {
        T::from_rest(std::mem::take(&mut self.rest), name)
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// When something is left.
    pub fn finish(self) -> Result<(), ArgError> {
        if self.rest.is_empty() { Ok(()) } else { Err(ArgError(format!("\"{}\" is too much", self.rest))) }
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Reads a word.
    ///
    /// # Errors
    /// When nothing is left, or a quote is never closed.
    pub fn word(&mut self, name: &str) -> Result<String, ArgError> {
        if self.rest.is_empty() {
            return Err(ArgError(format!("{name} is missing")));
        }
        let Some(quoted) = self.rest.strip_prefix('"') else {
            let end = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
            let (word, rest) = self.rest.split_at(end);
            self.rest = rest.trim_start();
            return Ok(word.to_owned());
        };
        let mut word = String::new();
        let mut characters = quoted.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.rest = quoted[at + 1..].trim_start();
                    return Ok(word);
                }
                '\\' => word.extend(characters.next().map(|(_, taken)| taken)),
                other => word.push(other),
            }
        }
        Err(ArgError(format!("{name}: the quote is never closed")))
    }

    /// Reads a word and parses it; `expected` says what it should be, "a number".
    ///
    /// # Errors
    /// When the word is missing or does not parse.
    pub fn parse<T: FromStr>(&mut self, name: &str, expected: &str) -> Result<T, ArgError> {
        let word = self.word(name)?;
        word.parse().map_err(|_| ArgError(format!("{name}: expected {expected}, found \"{word}\"")))
    }
}

/// A type that can be an argument of a command.
///
/// ```
/// use b24_runtime::{ArgError, Args, FromArg};
///
/// struct Percent(u8);
///
/// impl FromArg for Percent {
///     fn from_arg(args: &mut Args<'_>, name: &str) -> Result<Self, ArgError> {
///         match args.parse(name, "a percentage")? {
///             number @ 0..=100 => Ok(Self(number)),
///             _ => Err(ArgError::new(format!("{name}: at most 100"))),
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of a command",
    label = "no `FromArg` for this type",
    note = "arguments are numbers, `bool`, `String`, ids, `DialogId`, `Option` or `Vec` of those, and your own types with `impl FromArg`",
    note = "text that goes on to the end of the message is `#[rest] name: String`"
)]
pub trait FromArg: Sized {
    /// Reads the argument. `name` is what it is called in messages.
    ///
    /// # Errors
    /// When it is missing or something else.
    fn from_arg(args: &mut Args<'_>, name: &str) -> Result<Self, ArgError>;

    /// How the usage line shows it.
    fn usage(name: &str) -> String {
        name.to_uppercase()
    }
}

/// A type that can take everything that is left of a command.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot take the rest of a command",
    label = "no `FromRest` for this type",
    note = "`#[rest]` takes `String` or `Option<String>`"
)]
pub trait FromRest: Sized {
    /// Reads the text.
    ///
    /// # Errors
    /// When there is none and the type needs some.
    fn from_rest(text: &str, name: &str) -> Result<Self, ArgError>;

    /// How the usage line shows it.
    fn usage(name: &str) -> String {
        format!("{}…", name.to_uppercase())
    }
}

impl FromRest for String {
    fn from_rest(text: &str, name: &str) -> Result<Self, ArgError> {
        if text.is_empty() { Err(ArgError(format!("{name} is missing"))) } else { Ok(text.to_owned()) }
    }
}

impl FromRest for Option<String> {
    fn from_rest(text: &str, _: &str) -> Result<Self, ArgError> {
        Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
    }

    fn usage(name: &str) -> String {
        format!("[{}…]", name.to_uppercase())
    }
}

impl FromArg for String {
    fn from_arg(args: &mut Args<'_>, name: &str) -> Result<Self, ArgError> {
        args.word(name)
    }
}

impl FromArg for bool {
    fn from_arg(args: &mut Args<'_>, name: &str) -> Result<Self, ArgError> {
        let word = args.word(name)?;
        match word.to_lowercase().as_str() {
            "yes" | "y" | "on" | "true" | "1" => Ok(true),
            "no" | "n" | "off" | "false" | "0" => Ok(false),
            _ => Err(ArgError(format!("{name}: expected yes or no, found \"{word}\""))),
        }
    }
}

impl<T: FromArg> FromArg for Option<T> {
    fn from_arg(args: &mut Args<'_>, name: &str) -> Result<Self, ArgError> {
        if args.is_empty() { Ok(None) } else { T::from_arg(args, name).map(Some) }
    }

    fn usage(name: &str) -> String {
        format!("[{}]", T::usage(name))
    }
}

impl<T: FromArg> FromArg for Vec<T> {
    fn from_arg(args: &mut Args<'_>, name: &str) -> Result<Self, ArgError> {
        let mut all = Self::new();
        while !args.is_empty() {
            all.push(T::from_arg(args, name)?);
        }
        Ok(all)
    }

    fn usage(name: &str) -> String {
        format!("[{}…]", T::usage(name))
    }
}

/// A type that can be written as an argument: what [`FromArg`] and [`FromRest`] read back.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as an argument of a command",
    note = "a command's type, like `cmd::Close {{ id }}`, writes its arguments: `impl ToArg` for your own types"
)]
pub trait ToArg {
    /// Adds the argument to a line. What should be left out adds nothing.
    fn to_arg(&self, line: &mut ArgumentLine);
}

/// The arguments of a command as a person would type them.
#[derive(Debug, Clone, Default)]
pub struct ArgumentLine(String);

impl ArgumentLine {
    /// No arguments yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an argument.
    pub fn push(&mut self, argument: &(impl ToArg + ?Sized)) {
        argument.to_arg(self);
    }

    /// Adds a word, in quotes where it needs them.
    pub fn word(&mut self, word: &str) {
        self.separate();
        if word.is_empty() || word.starts_with('"') || word.contains(char::is_whitespace) {
            let _ = write!(self.0, "\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""));
        } else {
            self.0 += word;
        }
    }

    /// Adds text that goes on to the end.
    pub fn push_rest(&mut self, text: &(impl RestText + ?Sized)) {
        if let Some(text) = text.rest_text().filter(|text| !text.is_empty()) {
            self.separate();
            self.0 += text;
        }
    }

    /// The line.
    pub fn finish(self) -> String {
        self.0
    }

    fn separate(&mut self) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
    }
}

/// Text that [`FromRest`] reads back.
pub trait RestText {
    /// The text, if there is any.
    fn rest_text(&self) -> Option<&str>;
}

impl RestText for String {
    fn rest_text(&self) -> Option<&str> {
        Some(self)
    }
}

impl RestText for Option<String> {
    fn rest_text(&self) -> Option<&str> {
        self.as_deref()
    }
}

impl ToArg for String {
    fn to_arg(&self, line: &mut ArgumentLine) {
        line.word(self);
    }
}

impl ToArg for bool {
    fn to_arg(&self, line: &mut ArgumentLine) {
        line.word(if *self { "yes" } else { "no" });
    }
}

impl<T: ToArg> ToArg for Option<T> {
    fn to_arg(&self, line: &mut ArgumentLine) {
        if let Some(argument) = self {
            argument.to_arg(line);
        }
    }
}

impl<T: ToArg> ToArg for Vec<T> {
    fn to_arg(&self, line: &mut ArgumentLine) {
        for argument in self {
            argument.to_arg(line);
        }
    }
}

macro_rules! words {
    ($($type:ty: $expected:literal),* $(,)?) => {$(
        impl FromArg for $type {
            fn from_arg(args: &mut Args<'_>, name: &str) -> Result<Self, ArgError> {
                args.parse(name, $expected)
            }
        }

        impl ToArg for $type {
            fn to_arg(&self, line: &mut ArgumentLine) {
                line.word(&self.to_string());
            }
        }
    )*};
}

words! {
    i8: "a number", i16: "a number", i32: "a number", i64: "a number", isize: "a number",
    u8: "a number", u16: "a number", u32: "a number", u64: "a number", usize: "a number",
    f32: "a number", f64: "a number", char: "one character",
    UserId: "the number of a user", BotId: "the number of a bot", ChatId: "the number of a chat",
    MessageId: "the number of a message", CommandId: "the number of a command",
    DialogId: "a dialog like 5 or chat5",
}

#[cfg(test)]
mod tests {
    use super::{ArgError, Args, ArgumentLine};

    #[test]
    fn words_survive_the_way_out_and_back() {
        for word in ["plain", "two words", "", "with \"quotes\" and \\ slashes", "\"", "tab\there"] {
            let mut line = ArgumentLine::new();
            line.push(&word.to_owned());
            line.push(&7_u32);
            let line = line.finish();
            let mut args = Args::new(&line);
            assert_eq!(args.take::<String>("word").as_deref(), Ok(word), "in {line}");
            assert_eq!(args.take::<u32>("number"), Ok(7), "in {line}");
            assert_eq!(args.finish(), Ok(()));
        }
    }

    #[test]
    fn mistakes_name_the_argument_and_what_was_found() {
        let message = |error: ArgError| error.to_string();
        assert_eq!(Args::new("").take::<u32>("id").map_err(message), Err("id is missing".to_owned()));
        assert_eq!(
            Args::new("x").take::<u32>("id").map_err(message),
            Err("id: expected a number, found \"x\"".to_owned())
        );
        assert_eq!(
            Args::new("\"x").take::<String>("name").map_err(message),
            Err("name: the quote is never closed".to_owned())
        );
        assert_eq!(Args::new("1 2").finish().map_err(message), Err("\"1 2\" is too much".to_owned()));
    }
}
