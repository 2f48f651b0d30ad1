//! `b24 say`: a person in the local portal's messenger, from the terminal.

mod conversation;
mod place;

use std::{
    io::{self, IsTerminal, Write},
    time::Duration,
};

use clap::Args;
use tokio::io::{AsyncBufReadExt, BufReader};

use self::{conversation::Conversation, place::place};
use crate::{
    failure::Failure,
    local::Port,
    style::{QUIET, styled},
};

/// Say something to a bot of the local portal, and print what it answers.
///
/// Without a text, lines are read: from a person, or from a pipe, each with its answers before the next. `#1` presses
/// the first button of the latest keyboard. Ends with 1 if nothing is answered in time.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  b24 say hello
  b24 say /help --bot echobot --as 'Ann Lee'
  printf '/list\\n#2\\n' | b24 say")]
pub(crate) struct Options {
    /// What to say.
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// The bot, by the code it is registered with; needed where there are several.
    #[arg(long, value_name = "CODE")]
    bot: Option<String>,
    /// Who speaks: the number or the name of a person, who is made if there is nobody of that name.
    #[arg(long = "as", value_name = "USER", default_value = "1")]
    user: String,
    /// Say it in this chat instead, where a bot may have to be mentioned.
    #[arg(long, value_name = "ID", conflicts_with = "bot")]
    chat: Option<String>,
    /// How many seconds to wait for an answer.
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    timeout: u64,
    #[command(flatten)]
    port: Port,
}

pub(crate) async fn run(options: &Options) -> Result<(), Failure> {
    let portal = options.port.portal()?;
    let place = place(&portal, &options.user, options.bot.as_deref(), options.chat.as_deref()).await?;
    let mut conversation = Conversation::begin(portal, place, Duration::from_secs(options.timeout)).await?;
    if !options.text.is_empty() {
        return conversation.say(&options.text.join(" ")).await;
    }
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let unreadable = |error: io::Error| Failure::Refused(format!("the input cannot be read: {error}"));
    if !io::stdin().is_terminal() {
        while let Some(line) = lines.next_line().await.map_err(unreadable)? {
            conversation.say(&line).await?;
        }
        return Ok(());
    }
    let hint = format!("You speak with {}. #1 presses the first button, Ctrl-D ends.", conversation.partner());
    anstream::eprintln!("{}", styled(QUIET, &hint));
    loop {
        prompt();
        tokio::select! {
            line = lines.next_line() => match line.map_err(unreadable)? {
                Some(line) => match conversation.enter(&line).await {
                    Err(Failure::Refused(why)) => anstream::eprintln!("{}", styled(QUIET, &why)),
                    done => done?,
                },
                None => return Ok(()),
            },
            heard = conversation.overhear() => heard?,
        }
    }
}

fn prompt() {
    // A terminal that cannot be written to shows nothing else, either.
    let _ = write!(anstream::stderr(), "{}", styled(QUIET, "> "));
    let _ = io::stderr().flush();
}
