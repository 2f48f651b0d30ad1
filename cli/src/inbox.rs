//! `b24 inbox`: the events that a bot keeps.

mod body;

use std::path::PathBuf;

use b24_storage::{Beside, Delivery, Key, Letter, Seal};
use clap::{Args, Subcommand};

use crate::{
    failure::Failure,
    style::{ERROR, NAME, QUIET, TITLE, styled},
};

/// Look at the events that a bot keeps, and have those handled again that it could not handle.
///
/// It reads the file beside the bot, which may run meanwhile. An event that is replayed is handled within a second, or
/// when the bot is started.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  b24 inbox list
  b24 inbox show 7
  b24 inbox replay 7 9
  b24 inbox replay --all")]
pub(crate) struct Options {
    #[command(subcommand)]
    deed: Deed,
    /// The file in which the bot keeps its events.
    #[arg(long, global = true, value_name = "FILE", env = "B24_STORE", default_value = "b24.db")]
    store: PathBuf,
    /// What it is encrypted with, where it is.
    #[arg(long, global = true, hide = true, env = "B24_STORE_KEY", hide_env_values = true)]
    store_key: Option<Key>,
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

pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let name = options.store.display();
    let unusable = |error: std::io::Error| Failure::Refused(format!("{name}: {error}"));
    let mut file = Beside::open(&options.store, Seal::new(options.store_key.as_ref())).map_err(unusable)?;
    match &options.deed {
        Deed::List { waiting: true } => {
            for taken in file.waiting().map_err(unusable)? {
                anstream::println!("{} {}", number(taken.id), told(&taken.delivery));
            }
        }
        Deed::List { waiting: false } => {
            for Letter { id, reason, delivery, .. } in file.letters().map_err(unusable)? {
                anstream::println!("{} {}", number(id), told(&delivery));
                anstream::println!("      {}", styled(ERROR, &reason));
            }
        }
        Deed::Show { id } => {
            let letters = file.letters().map_err(unusable)?;
            let letter = letters.iter().find(|letter| letter.id == *id).ok_or_else(|| missing(*id))?;
            show(letter);
        }
        Deed::Replay { ids, all } => {
            let all: Vec<u64> = if *all {
                file.letters().map_err(unusable)?.iter().map(|letter| letter.id).collect()
            } else {
                ids.clone()
            };
            for id in all {
                if !file.replay(id).map_err(unusable)? {
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
