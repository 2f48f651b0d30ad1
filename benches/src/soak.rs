//! Whether a bot grows while it works: people talk to it at a steady pace, for as long as one likes.

use std::{path::Path, time::Duration};

use b24_portal::{Chat, Portal};
use tempfile::TempDir;
use tokio::{
    runtime,
    time::{Instant, MissedTickBehavior, interval, timeout},
};

use crate::{
    Result,
    bot::{self, CODE, Process},
    samples::Samples,
    table::{Row, Table, Target},
};

/// What is asked of a bot of some size; it remembers each event for ten minutes, to know it when it comes again.
const A_SECOND: u32 = 50;
const PEOPLE: usize = 16;
/// How long the last answers may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// Talks to a bot for so long, and tells its memory each minute.
pub(crate) fn measure(time: Duration) -> Result<Table> {
    let program = bot::build()?;
    runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?.block_on(soak(&program, time))
}

async fn soak(program: &Path, time: Duration) -> Result<Table> {
    let (portal, folder) = (Portal::start().await?, TempDir::new_in(".")?);
    let bot = Process::start(program, &portal, folder.path()).await?;
    let mut chats = Vec::new();
    for number in 0..PEOPLE {
        chats.push(portal.user(&format!("Person {number}")).open(CODE).await?);
    }
    portal.settled().await;
    println!("soak: {A_SECOND} messages a second in {PEOPLE} dialogs for {} s, each answered", time.as_secs());
    println!("  {:>7}  {:>8}  {:>9}", "second", "said", "memory");
    let tell = |second: u64, said: usize| {
        let memory = bot.memory()?;
        println!("  {second:>7}  {said:>8}  {memory:>6.1} MB");
        Result::Ok(memory)
    };
    tell(0, 0)?;

    // The first part fills what is kept in number: buffers, threads, connections.
    let (start, part) = (Instant::now(), time.min(Duration::from_mins(10)) / 10);
    let mut pace = interval(Duration::from_secs(1) / A_SECOND);
    pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let (mut said, mut looks, mut memory) = (0, 0, Vec::new());
    while start.elapsed() < time {
        pace.tick().await;
        chats[said % PEOPLE].say(&format!("/echo line {said}")).await?;
        said += 1;
        if start.elapsed() >= part * (looks + 1) {
            looks += 1;
            memory.push(tell(start.elapsed().as_secs(), said)?);
        }
    }
    // A silence is a loss, which is counted.
    let _ = timeout(PATIENCE, answered(&chats, said)).await;
    let answers = count(&chats);
    println!("  handled {answers}, lost {}\n", said - answers.min(said));
    if answers != said {
        return Err(format!("{said} messages were said and {answers} answered").into());
    }
    let one = |memory: f64| {
        let mut samples = Samples::none();
        samples.push(memory);
        samples
    };
    let (first, last) = (memory.first().copied().unwrap_or_default(), bot.memory()?);
    let row = Row {
        against: "a tenth of the time",
        ours: one(last),
        floor: one(first),
        target: Some(Target::RatioAtMost(1.1)),
    };
    Ok(Table { title: "soak: resident memory at the end in MB, all messages answered".to_owned(), rows: vec![row] })
}

async fn answered(chats: &[Chat], said: usize) {
    while count(chats) < said {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// How many messages the bot has answered.
fn count(chats: &[Chat]) -> usize {
    chats.iter().flat_map(Chat::messages).filter(|message| message.text().starts_with("line ")).count()
}
