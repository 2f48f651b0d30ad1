//! How many events a second are accepted: read, decoded, verified, and handled by a handler that does nothing.

mod bare;
mod bot;
mod load;
mod portal;

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use tokio::runtime::{self, Runtime};

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
    // The two servers and the load have runtimes of their own, so that none waits in the queues of another. A server
    // that nobody calls costs nothing.
    let (bot_runtime, bare_runtime) = (server("b24")?, server("bare")?);
    let load_runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let bare = bare_runtime.block_on(bare::start())?;
    let bot = bot_runtime.block_on(bot::start())?;
    load_runtime.block_on(load::post(bot.address(), &Origin::local(bot.portal).installed()))?;
    load_runtime.block_on(bot.settled());

    let events = events(bot.portal);
    let at_bot = |time| {
        load_runtime.block_on(async {
            let start = Instant::now();
            let accepted = load::run(bot.address(), &events, time).await?;
            // What is accepted and not handled yet is work that is not done.
            bot.settled().await;
            Result::Ok(a_second(accepted, start))
        })
    };
    let at_bare = |time| {
        load_runtime.block_on(async {
            let start = Instant::now();
            Result::Ok(a_second(load::run(bare, &events, time).await?, start))
        })
    };
    at_bot(WARM_UP)?;
    at_bare(WARM_UP)?;
    let (mut ours, mut floor) = (Samples::none(), Samples::none());
    for _ in 0..RUNS {
        ours.push(at_bot(RUN)?);
        floor.push(at_bare(RUN)?);
    }
    let title = format!(
        "accept: ONIMBOTMESSAGEADD, {} bytes, over {CONNECTIONS} connections; events a second",
        events[0].len()
    );
    let target = Some(Target::RatioAtLeast(0.7));
    Ok(Table { title, rows: vec![Row { against: "a bare axum handler", ours, floor, target }] })
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
