//! What a typed call costs the processor, beside the same request made by hand.

mod portal;

use std::{fs, sync::Arc};

use b24_runtime::{AppCredentials, CallLimit, Client, Session, Tokens, api, types::UserId};
use serde_json::{Value, json};
use tokio::{runtime, task::JoinSet};

use crate::{
    Result,
    samples::Samples,
    table::{Row, Table, Target},
};

const IN_FLIGHT: u32 = 32;
const RUNS: usize = 7;
const CALLS: u32 = 8_000;
const WARM_UP: u32 = 2_000;
const TEXT: &str = "Your ticket was closed. Write to me if it was not, and somebody will look at it today.";

pub(crate) fn measure() -> Result<Table> {
    // The caller has one thread, this one: what it costs can be told from what the server costs.
    let server = runtime::Builder::new_multi_thread().worker_threads(1).enable_all().thread_name("portal").build()?;
    let caller = runtime::Builder::new_current_thread().enable_all().build()?;
    let portal = server.block_on(portal::start())?;
    let endpoint = format!("http://{portal}/rest/");
    let client = typed(&endpoint)?;
    let http = Arc::new((reqwest::Client::new(), format!("{endpoint}im.message.add")));

    let ours = |calls| {
        let client = client.clone();
        cost(&caller, calls, move || {
            let client = client.clone();
            async move {
                client.call(api::im::message::add(UserId(1)).message(TEXT)).await?;
                Ok(())
            }
        })
    };
    let bare = |calls| {
        let http = Arc::clone(&http);
        cost(&caller, calls, move || {
            let http = Arc::clone(&http);
            async move { by_hand(&http.0, &http.1).await }
        })
    };
    ours(WARM_UP)?;
    bare(WARM_UP)?;
    let (mut typed, mut floor) = (Samples::none(), Samples::none());
    for _ in 0..RUNS {
        typed.push(ours(CALLS)?);
        floor.push(bare(CALLS)?);
    }
    let title = format!("call: im.message.add, {IN_FLIGHT} in flight; microseconds of processor a call");
    let target = Some(Target::RatioAtMost(1.15));
    Ok(Table { title, rows: vec![Row { against: "bare reqwest", ours: typed, floor, target }] })
}

fn typed(endpoint: &str) -> Result<Client> {
    let credentials = AppCredentials {
        client_id: "local.bench".to_owned(),
        client_secret: "not needed: no token expires here".into(),
        oauth_server: endpoint.to_owned(),
    };
    let tokens = Tokens { endpoint: endpoint.to_owned(), access: portal::TOKEN.into(), refresh: None };
    Ok(Client::limited(Session::application(credentials, tokens), CallLimit::unlimited())?)
}

/// What one would write without b24: the parameters as JSON, the answer as JSON, an error where there is one.
async fn by_hand(http: &reqwest::Client, address: &str) -> Result<()> {
    let params = json!({"DIALOG_ID": 1, "MESSAGE": TEXT, "auth": portal::TOKEN});
    let request = http.post(address).header("content-type", "application/json").body(params.to_string());
    let answer = request.send().await?.bytes().await?;
    let answer: Value = serde_json::from_slice(&answer)?;
    match answer["result"].as_u64() {
        Some(_) => Ok(()),
        None => Err(format!("no message: {answer}").into()),
    }
}

/// The microseconds that this thread worked for a call.
fn cost<F: Future<Output = Result<()>> + Send + 'static>(
    caller: &runtime::Runtime,
    calls: u32,
    call: impl Fn() -> F + Clone + Send + 'static,
) -> Result<f64> {
    let before = worked()?;
    caller.block_on(async {
        let mut callers = JoinSet::new();
        for _ in 0..IN_FLIGHT {
            let call = call.clone();
            callers.spawn(async move {
                for _ in 0..calls / IN_FLIGHT {
                    call().await?;
                }
                Result::Ok(())
            });
        }
        while let Some(ended) = callers.join_next().await {
            ended??;
        }
        Result::Ok(())
    })?;
    Ok((worked()? - before) / 1000.0 / f64::from(calls))
}

/// For how many nanoseconds this thread has worked so far.
fn worked() -> Result<f64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split(' ').next().unwrap_or_default().parse()?)
}
