//! What is measured, beside the floor it is measured against.
//!
//! `cargo run --release -p b24-bench -- build|scopes|decode|accept|call|bulk|portal|idle|soak|all`. A target
//! that is missed is a figure, no failure.

mod accept;
mod bot;
mod build;
mod bulk;
mod call;
mod decode;
mod events;
mod form;
mod idle;
mod machine;
mod portal;
mod samples;
mod scopes;
mod soak;
mod table;

use std::{num::NonZeroU32, time::Duration};

use clap::{Parser, ValueEnum};

/// Any error ends the program with its message: nothing here can be repaired on the way.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Measures b24 beside what one would write without it.
#[derive(Parser)]
struct Arguments {
    /// What to measure.
    #[arg(value_enum, default_value_t = Figure::All)]
    figure: Figure,
    /// How often to build from nothing; each time takes some minutes.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// For how long to call the portal (10) or to talk to the bot (600), in seconds.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: Option<u64>,
    /// How many calls a second to send to the portal; 0 for as many as it answers.
    #[arg(long, default_value_t = 2000)]
    rate: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Figure {
    /// The time to build the echo bot.
    Build,
    /// The time to build the runtime with more and more scopes.
    Scopes,
    /// The time to decode an event.
    Decode,
    /// The events accepted a second.
    Accept,
    /// What a typed call costs the processor.
    Call,
    /// The requests and the time for a long list.
    Bulk,
    /// The calls a second that the portal answers.
    Portal,
    /// The memory of a bot that has nothing to do.
    Idle,
    /// The memory of a bot at work; takes ten minutes.
    Soak,
    /// All of them but the soak.
    All,
}

fn main() -> Result<()> {
    let Arguments { figure, runs, seconds, rate } = Arguments::parse();
    let wanted = |one| figure == one || figure == Figure::All;
    println!("{}\n", machine::describe());
    if wanted(Figure::Decode) {
        println!("{}", decode::measure()?);
    }
    if wanted(Figure::Accept) {
        println!("{}", accept::measure()?);
    }
    if wanted(Figure::Call) {
        println!("{}", call::measure()?);
    }
    if wanted(Figure::Bulk) {
        println!("{}", bulk::measure()?);
    }
    if wanted(Figure::Portal) {
        let wanted = portal::Wanted { time: Duration::from_secs(seconds.unwrap_or(10)), rate: NonZeroU32::new(rate) };
        println!("{}", portal::measure(wanted)?);
    }
    if wanted(Figure::Idle) {
        println!("{}", idle::measure()?);
    }
    if figure == Figure::Soak {
        println!("{}", soak::measure(Duration::from_secs(seconds.unwrap_or(600)))?);
    }
    if wanted(Figure::Build) {
        println!("{}", build::measure(runs)?);
    }
    if wanted(Figure::Scopes) {
        println!("{}", scopes::measure(runs)?);
    }
    Ok(())
}
