//! How many REST calls a second the portal answers, how late, and whether it grows while it does.

mod latencies;
mod load;
mod mix;

use std::{fmt, num::NonZeroU32, time::Duration};

use b24_portal::Portal;
use tokio::runtime;

use self::{latencies::Latencies, load::Done};
use crate::{Result, machine};

const CONNECTIONS: u32 = 8;
/// What the portal works with: as many threads as the machine of the target has cores.
const THREADS: usize = 2;
/// As fast as it goes, until everything that is kept in number is full: from then on nothing may grow.
const WARM_UP: Wanted = Wanted { time: Duration::from_secs(5), rate: None };

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) time: Duration,
    /// Calls a second; `None` for as many as there are.
    pub(crate) rate: Option<NonZeroU32>,
}

/// What came of it.
pub(crate) struct Report {
    wanted: Wanted,
    latencies: Latencies,
    took: Duration,
    before: Option<f64>,
    after: Option<f64>,
}

pub(crate) fn measure(wanted: Wanted) -> Result<Report> {
    let server =
        runtime::Builder::new_multi_thread().worker_threads(THREADS).enable_all().thread_name("portal").build()?;
    let client = runtime::Builder::new_current_thread().enable_all().build()?;
    let portal = server.block_on(Portal::start())?;
    let requests = client.block_on(mix::prepare(&portal))?;
    let run = |wanted| client.block_on(load::run(portal.domain(), &requests, CONNECTIONS, wanted));
    run(WARM_UP)?;
    let before = machine::memory("self");
    let Done { latencies, took } = run(wanted)?;
    Ok(Report { wanted, latencies, took, before, after: machine::memory("self") })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Wanted { time, rate } = self.wanted;
        let rate = rate.map_or_else(|| "as many as there are".to_owned(), |rate| format!("{rate} wanted"));
        writeln!(f, "portal: mixed calls over {CONNECTIONS} connections for {} s, {rate}", time.as_secs())?;
        let ms = |share: f64| self.latencies.quantile(share).as_secs_f64() * 1000.0;
        let memory = |mb: Option<f64>| mb.map_or_else(|| "unknown".to_owned(), |mb| format!("{mb:.0} MB"));
        writeln!(f, "  calls a second  {:>8.0}", f64::from(self.latencies.count()) / self.took.as_secs_f64())?;
        writeln!(f, "  p50             {:>8.2} ms", ms(0.5))?;
        writeln!(f, "  p99             {:>8.2} ms", ms(0.99))?;
        writeln!(f, "  memory          {:>8} before, {} after", memory(self.before), memory(self.after))
    }
}
