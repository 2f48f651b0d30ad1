//! How long a long list takes, beside the least that the limits of a portal allow.

mod portal;

use std::time::Instant;

use b24_runtime::{AppCredentials, CallLimit, Client, Session, Tokens, api};
use tokio::runtime;

use self::portal::{BURST, PER_SECOND, USERS};
use crate::{
    Result,
    samples::Samples,
    table::{Row, Table, Target},
};

/// So many users a page, so many pages a call.
const A_CALL: u32 = 50 * 50;

pub(crate) fn measure() -> Result<Table> {
    let server = runtime::Builder::new_multi_thread().worker_threads(1).enable_all().thread_name("portal").build()?;
    let caller = runtime::Builder::new_current_thread().enable_all().build()?;
    let portal = server.block_on(portal::Served::start())?;
    let credentials = AppCredentials {
        client_id: "local.bench".to_owned(),
        client_secret: "not needed: no token expires here".into(),
        oauth_server: portal.endpoint.clone(),
    };
    let tokens = Tokens { endpoint: portal.endpoint.clone(), access: "token".into(), refresh: None };
    let client = Client::limited(Session::application(credentials, tokens), CallLimit::new(BURST, PER_SECOND))?;

    let start = Instant::now();
    let read = caller.block_on(read(&client))?;
    let took = start.elapsed().as_secs_f64();
    if read != USERS || portal.refused() > 0 {
        return Err(format!("{read} of {USERS} users were read, {} calls refused", portal.refused()).into());
    }
    let least = USERS.div_ceil(A_CALL);
    let row = |against, ours: f64, floor: f64| {
        let (mut all, mut least) = (Samples::none(), Samples::none());
        all.push(ours);
        least.push(floor);
        Row { against, ours: all, floor: least, target: Some(Target::RatioAtMost(1.02)) }
    };
    let rows = vec![
        row("requests", portal.requests().into(), least.into()),
        row("seconds", took, f64::from(least - BURST) / PER_SECOND),
    ];
    let title =
        format!("bulk: {USERS} users, {BURST} calls at once and {PER_SECOND} a second; the least that is needed");
    Ok(Table { title, rows })
}

/// Reads all users, page by page, and counts them.
async fn read(client: &Client) -> Result<u32> {
    use futures_util::StreamExt;

    let mut pages = std::pin::pin!(client.pages(api::user::get()).in_bulk().into_pages());
    let mut read = 0;
    while let Some(page) = pages.next().await {
        read += u32::try_from(page?.len())?;
    }
    Ok(read)
}
