use super::{ArgError, Args, ArgumentLine, CommandCx, FromArg, Result, ToArg};
use crate::message::{Button, CommandCall, Keyboard, Reply, Text};

/// The last argument of a command that asks before it acts: nobody was asked yet, or somebody said yes or no.
///
/// The answer travels in the buttons of the question, so nothing has to be kept, and a question that was asked before
/// the bot started anew can still be answered. See [`CommandCx::confirm`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Answer {
    /// Nobody was asked yet.
    #[default]
    None,
    /// Do it.
    Yes,
    /// Leave it.
    No,
}

impl FromArg for Answer {
    fn from_arg(args: &mut Args<'_>, name: &str) -> Result<Self, ArgError> {
        Option::<bool>::from_arg(args, name).map(|answer| match answer {
            None => Self::None,
            Some(true) => Self::Yes,
            Some(false) => Self::No,
        })
    }

    fn usage(_: &str) -> String {
        "[yes]".to_owned()
    }
}

impl ToArg for Answer {
    fn to_arg(&self, line: &mut ArgumentLine) {
        match self {
            Self::None => {}
            Self::Yes => line.push(&true),
            Self::No => line.push(&false),
        }
    }
}

/// A question that is answered with yes or no, by buttons.
///
/// ```
/// use b24_runtime::Confirm;
///
/// let question = Confirm::new("Ticket 5 wirklich l\u{f6}schen?").captions("Ja", "Nein").kept("Es bleibt.");
/// ```
#[derive(Debug, Clone)]
pub struct Confirm {
    question: Text,
    yes: String,
    no: String,
    kept: Text,
}

impl Confirm {
    /// A question.
    pub fn new(question: impl Into<Text>) -> Self {
        let (yes, no) = ("Yes".to_owned(), "No".to_owned());
        Self { question: question.into(), yes, no, kept: "Nothing was changed.".into() }
    }

    /// The captions of the buttons, `Yes` and `No` if they are not said.
    pub fn captions(mut self, yes: impl Into<String>, no: impl Into<String>) -> Self {
        (self.yes, self.no) = (yes.into(), no.into());
        self
    }

    /// What takes the place of the question when the answer is no.
    pub fn kept(mut self, text: impl Into<Text>) -> Self {
        self.kept = text.into();
        self
    }

    fn ask<C: CommandCall>(self, again: impl Fn(Answer) -> C) -> Reply {
        let button = |caption, answer| Button::new(caption, again(answer)).locks_keyboard();
        let keyboard = [button(self.yes, Answer::Yes), button(self.no, Answer::No)].into_iter().collect::<Keyboard>();
        Reply::text(self.question).keyboard(keyboard)
    }
}

impl<T: Into<Text>> From<T> for Confirm {
    fn from(question: T) -> Self {
        Self::new(question)
    }
}

impl CommandCx {
    /// Whether to go on: asks where nobody was asked yet, and on no puts the question away. `again` is the same command
    /// with an answer, for the buttons. Who clicks is the [`user`](crate::Cx::user) of the second call, and the guard of
    /// the command is asked for both.
    ///
    /// ```
    /// use b24_runtime::{Answer, prelude::*};
    /// # fn main() {}
    ///
    /// # struct Helpdesk;
    /// #[bot(code = "helpdesk", name = "Helpdesk")]
    /// impl Helpdesk {
    ///     /// Delete a ticket
    ///     #[command("delete")]
    ///     async fn delete(&self, cx: &CommandCx, id: u32, answer: Answer) -> Result {
    ///         let question = format!("Really delete ticket {id}?");
    ///         if cx.confirm(answer, question, |answer| cmd::Delete { id, answer }).await? {
    ///             cx.edit_or_reply(format!("Ticket {id} is deleted")).await?;
    ///         }
    ///         Ok(())
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    /// When the question breaks a rule or the call fails.
    pub async fn confirm<C: CommandCall>(
        &self,
        answer: Answer,
        question: impl Into<Confirm>,
        again: impl Fn(Answer) -> C,
    ) -> Result<bool> {
        let question = question.into();
        match answer {
            Answer::Yes => return Ok(true),
            Answer::No => self.edit_or_reply(question.kept).await?,
            Answer::None => self.reply(question.ask(again)).await?,
        }
        Ok(false)
    }
}
