//! What a bot holds in memory while nobody talks to it.

use std::time::Duration;

use b24_portal::Portal;
use tempfile::TempDir;
use tokio::runtime;

use crate::{
    Result,
    bot::{self, Process},
    samples::Samples,
    table::{Row, Table, Target},
};

const RUNS: usize = 5;
/// In MB.
const ALLOWED: f64 = 12.0;
/// What a start needs and gives back is given back by then.
const REST: Duration = Duration::from_secs(2);

pub(crate) fn measure() -> Result<Table> {
    let program = bot::build()?;
    let runtime = runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let (mut ours, mut floor) = (Samples::none(), Samples::none());
    for _ in 0..RUNS {
        runtime.block_on(async {
            let (portal, folder) = (Portal::start().await?, TempDir::new_in(".")?);
            let bot = Process::start(&program, &portal, folder.path()).await?;
            tokio::time::sleep(REST).await;
            ours.push(bot.memory()?);
            floor.push(ALLOWED);
            Result::Ok(())
        })?;
    }
    let title = "idle: a bot behind a webhook with its file, registered; resident memory in MB".to_owned();
    let row = Row { against: "what is allowed", ours, floor, target: Some(Target::OursAtMost(ALLOWED)) };
    Ok(Table { title, rows: vec![row] })
}
