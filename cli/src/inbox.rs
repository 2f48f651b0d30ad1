//! `b24 inbox`: the events that a bot keeps.

mod body;
mod place;

use b24_storage::{Delivery, Letter};
use clap::{Args, Subcommand};

use self::place::Place;
use crate::{
    failure::Failure,
    style::{ERROR, NAME, QUIET, TITLE, styled},
};

/// Look at the events that a bot keeps, and have those handled again that it could not handle.
///
/// They are looked for where the bot keeps them: as the variables of the bot say, or its b24.toml, or in b24.db. The
/// bot may run meanwhile. An event that is replayed is handled within a second, or when the bot is started.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  b24 inbox list
  b24 inbox show 7
  b24 inbox replay 7 9
  b24 inbox replay --all
  b24 inbox list --nats nats://127.0.0.1:4222 --bot helpdesk")]
pub(crate) struct Options {
    #[command(subcommand)]
    deed: Deed,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// List the events that were set aside, the oldest first.
    List {
        /// List those that wait or are being handled instead.
        #[arg(long)]
        waiting: bool,
    },
    /// Show an event that was set aside: why, and what it says. Tokens are not shown.
    Show {
        /// Its number in the list.
        #[arg(value_name = "NUMBER")]
        id: u64,
    },
    /// Have events handled again that were set aside.
    Replay {
        /// Their numbers in the list.
        #[arg(value_name = "NUMBER", required_unless_present = "all")]
        ids: Vec<u64>,
        /// All of them.
        #[arg(long, conflicts_with = "ids")]
        all: bool,
    },
}

pub(crate) async fn run(options: &Options) -> Result<(), Failure> {
    let mut events = options.place.open().await?;
    match &options.deed {
        Deed::List { waiting: true } => {
            for taken in events.waiting().await? {
                anstream::println!("{} {}", number(taken.id), told(&taken.delivery));
            }
        }
        Deed::List { waiting: false } => {
            for Letter { id, reason, delivery, .. } in events.letters().await? {
                anstream::println!("{} {}", number(id), told(&delivery));
                anstream::println!("      {}", styled(ERROR, &reason));
            }
        }
        Deed::Show { id } => {
            let letters = events.letters().await?;
            let letter = letters.iter().find(|letter| letter.id == *id).ok_or_else(|| missing(*id))?;
            show(letter);
        }
        Deed::Replay { ids, all } => {
            let all: Vec<u64> =
                if *all { events.letters().await?.iter().map(|letter| letter.id).collect() } else { ids.clone() };
            for id in all {
                if !events.replay(id).await? {
                    return Err(missing(id));
                }
                anstream::println!("{} is handled again", number(id));
            }
        }
    }
    Ok(())
}

fn missing(id: u64) -> Failure {
    Failure::Refused(format!("no event of the number {id} was set aside; `b24 inbox list` lists them"))
}

fn number(id: u64) -> String {
    styled(NAME, &format!("{id:>5}"))
}

/// An event in a line.
fn told(delivery: &Delivery) -> String {
    let Delivery { event, portal, dialog, received, attempts, .. } = delivery;
    let place = if dialog.is_empty() { portal.clone() } else { format!("{dialog} of {portal}") };
    format!(
        "{} {} {}",
        styled(QUIET, &received.strftime("%Y-%m-%d %H:%M:%S").to_string()),
        styled(TITLE, event),
        styled(QUIET, &format!("in {place}, tried {} times", attempts + 1)),
    )
}

fn show(letter: &Letter) {
    anstream::println!("{}", told(&letter.delivery));
    let since = letter.since.strftime("%Y-%m-%d %H:%M:%S");
    anstream::println!("{}", styled(ERROR, &format!("set aside {since}: {}", letter.reason)));
    for (name, value) in body::fields(&letter.delivery) {
        anstream::println!("{} {value}", styled(NAME, &name));
    }
}
