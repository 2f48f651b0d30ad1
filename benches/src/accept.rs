//! How many events a second are accepted: read, decoded, verified, and kept, and handled by a handler that does nothing.

mod bare;
mod bot;
mod load;
mod portal;

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tokio::runtime::{self, Runtime};

use self::bot::Served;

use crate::{
    Result,
    events::Origin,
    samples::Samples,
    table::{Row, Table, Target},
};

const CONNECTIONS: u32 = 32;
const RUNS: usize = 5;
const RUN: Duration = Duration::from_secs(2);
const WARM_UP: Duration = Duration::from_millis(500);

pub(crate) fn measure() -> Result<Table> {
    // The servers and the load have runtimes of their own, so that none waits in the queues of another. A server that
    // nobody calls costs nothing.
    let (memory_runtime, sqlite_runtime, bare_runtime) = (server("memory")?, server("sqlite")?, server("bare")?);
    let load_runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let bare = bare_runtime.block_on(bare::start())?;
    let folder = TempDir::new_in(".")?;
    let memory = memory_runtime.block_on(bot::start(None))?;
    let sqlite = sqlite_runtime.block_on(bot::start(Some(folder.path().join("b24.db"))))?;
    for bot in [&memory, &sqlite] {
        load_runtime.block_on(load::post(bot.address(), &Origin::local(bot.portal).installed()))?;
        load_runtime.block_on(bot.settled());
    }

    let at_bot = |bot: &Served, time| {
        load_runtime.block_on(async {
            let start = Instant::now();
            let accepted = load::run(bot.address(), &events(bot.portal), time).await?;
            // What is accepted and not handled yet is work that is not done.
            bot.settled().await;
            Result::Ok(a_second(accepted, start))
        })
    };
    let plain = events(memory.portal);
    let at_bare = |time| {
        load_runtime.block_on(async {
            let start = Instant::now();
            Result::Ok(a_second(load::run(bare, &plain, time).await?, start))
        })
    };
    at_bot(&memory, WARM_UP)?;
    at_bot(&sqlite, WARM_UP)?;
    at_bare(WARM_UP)?;
    let (mut in_memory, mut in_sqlite, mut floor) = (Samples::none(), Samples::none(), Samples::none());
    for _ in 0..RUNS {
        in_memory.push(at_bot(&memory, RUN)?);
        in_sqlite.push(at_bot(&sqlite, RUN)?);
        floor.push(at_bare(RUN)?);
    }
    let title = format!(
        "accept: ONIMBOTMESSAGEADD, {} bytes, over {CONNECTIONS} connections, against a\n\
         bare axum handler; events a second",
        plain[0].len()
    );
    let row =
        |against, ours, least| Row { against, ours, floor: floor.clone(), target: Some(Target::RatioAtLeast(least)) };
    let rows = vec![row("in memory", in_memory, 0.75), row("in SQLite, fsynced", in_sqlite, 0.35)];
    Ok(Table { title, rows })
}

/// A runtime whose threads a profiler can tell apart.
fn server(name: &str) -> Result<Runtime> {
    Ok(runtime::Builder::new_multi_thread().enable_all().thread_name(name).build()?)
}

/// One event a connection, each from another user and so from another dialog.
fn events(portal: SocketAddr) -> Vec<Vec<u8>> {
    let origin = Origin::local(portal);
    (0..CONNECTIONS).map(|user| origin.message_added(&(1000 + user).to_string())).collect()
}

fn a_second(count: u32, since: Instant) -> f64 {
    f64::from(count) / since.elapsed().as_secs_f64()
}
