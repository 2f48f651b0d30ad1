//! How fast calls go: as fast as the portal lets them and no faster.

use std::{
    pin::pin,
    time::{Duration, Instant},
};

use b24_portal::{Limits, Portal};
use b24_runtime::{CallLimit, Client, Session, api};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::caller::{Caller, authorized};

async fn all(calls: JoinSet<()>) {
    calls.join_all().await;
}

/// So many calls at once.
fn crowd(client: &Client, size: usize) -> JoinSet<()> {
    let mut calls = JoinSet::new();
    for _ in 0..size {
        let client = client.clone();
        calls.spawn(async move {
            client.call(api::im::user::get()).await.unwrap();
        });
    }
    calls
}

#[tokio::test]
async fn who_is_alone_on_the_address_is_never_refused_and_hardly_slower_than_the_portal_allows() {
    let caller = Caller::limited(20, 40.0).await;
    let start = Instant::now();
    all(crowd(&caller.client, 80)).await;
    let took = start.elapsed().as_secs_f64();
    assert_eq!((caller.count("im.user.get"), caller.errors()), (80, Vec::new()));
    // 80 calls, of which the bucket takes 20 at once.
    let least = (80.0 - 20.0) / 40.0;
    assert!((least..least + 1.0).contains(&took), "took {took} s, at least {least} s are needed");
}

#[tokio::test]
async fn calls_that_are_made_again_with_a_new_token_count_too() {
    let caller = Caller::limited(20, 40.0).await;
    caller.portal.advance(Duration::from_hours(2));
    all(crowd(&caller.client, 32)).await;
    assert!(caller.errors().iter().all(|error| error == "expired_token"), "{:?}", caller.errors());
}

#[tokio::test]
async fn all_clients_of_a_portal_share_its_bucket() {
    let caller = Caller::limited(20, 40.0).await;
    let webhook = Client::webhook(&caller.portal.webhook(1, ["im"])).unwrap();
    let (credentials, grant) = authorized(&caller.portal).await;
    let other = Client::new(Session::application(credentials, grant.tokens)).unwrap();
    let mut calls = JoinSet::new();
    for client in [&caller.client, &webhook, &other] {
        calls.spawn(all(crowd(client, 20)));
    }
    all(calls).await;
    assert_eq!((caller.count("im.user.get"), caller.errors()), (60, Vec::new()));
}

#[tokio::test]
async fn who_is_not_alone_backs_off_and_recovers() {
    let caller = Caller::limited(10, 10.0).await;
    // Somebody else on this machine fills the bucket.
    let (http, webhook) = (reqwest::Client::new(), caller.portal.webhook(1, ["im"]));
    let mut others = JoinSet::new();
    for _ in 0..20 {
        let request = http.get(format!("{webhook}im.counters.get")).send();
        others.spawn(async move { drop(request.await.unwrap()) });
    }
    all(others).await;
    let before = caller.errors().len();
    all(crowd(&caller.client, 10)).await;
    let refused = caller.errors();
    assert!(refused.len() > before, "the bucket was full");
    assert!(refused.iter().all(|error| error == "QUERY_LIMIT_EXCEEDED"), "{refused:?}");
    all(crowd(&caller.client, 20)).await;
    assert_eq!(caller.errors().len(), refused.len(), "alone again, nobody is refused");
}

#[tokio::test]
async fn a_limit_that_nobody_told_of_is_learned_from_the_refusal() {
    // However slowly they leave, six calls are too many.
    let caller = Caller::limited(2, 5.0).await;
    let session = { Client::limited(session(&caller.portal).await, CallLimit::unlimited()).unwrap() };
    all(crowd(&session, 6)).await;
    let refused = caller.errors().len();
    assert!((1..6).contains(&refused), "{:?}", caller.errors());
}

async fn session(portal: &Portal) -> Session {
    let (credentials, grant) = authorized(portal).await;
    Session::application(credentials, grant.tokens)
}

#[tokio::test]
async fn a_reply_overtakes_bulk_work() {
    let caller = Caller::limited(10, 20.0).await;
    let bulk = crowd(&caller.client.in_background(), 60);
    while caller.count("im.user.get") < 8 {
        tokio::task::yield_now().await;
    }
    let start = Instant::now();
    caller.client.call(api::im::counters::get()).await.unwrap();
    let waited = start.elapsed();
    // At the end of the line it would have been more than two seconds.
    assert!(waited < Duration::from_secs(1), "the reply waited {waited:?}");
    assert!(caller.count("im.user.get") < 40);
    all(bulk).await;
    assert_eq!(caller.errors(), Vec::<String>::new());
}

#[tokio::test]
async fn a_method_that_used_up_its_time_rests_while_others_go_on() {
    let portal = Portal::builder().limits(Limits { rate: None, ..Limits::standard() }).start().await.unwrap();
    let caller = Caller::on(portal, CallLimit::unlimited()).await;
    caller.faults(&["busy=59s on=im.user.get"]);
    for _ in 0..9 {
        caller.client.call(api::im::user::get()).await.unwrap();
    }
    let mut tenth = pin!(caller.client.call(api::im::user::get()));
    tokio::select! {
        biased;
        _ = &mut tenth => panic!("the method has run for 531 seconds"),
        counters = caller.client.call(api::im::counters::get()) => drop(counters.unwrap()),
    }
    assert_eq!((caller.count("im.user.get"), caller.errors()), (9, Vec::new()), "the portal did not have to refuse");

    caller.advance(Duration::from_mins(11)).await;
    tenth.await.unwrap();
    assert_eq!(caller.errors(), Vec::<String>::new());
}

#[tokio::test]
async fn a_method_that_the_portal_refuses_to_run_is_called_again_when_it_has_rested() {
    let caller = Caller::start().await;
    caller.faults(&["error=OPERATION_TIME_LIMIT on=im.user.get times=1"]);
    let mut call = pin!(caller.client.call(api::im::user::get()));
    let refused = async {
        while caller.errors().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = &mut call => panic!("it was refused"),
        () = refused => {}
    }
    // The answer arrives, and the method rests.
    tokio::select! {
        biased;
        _ = &mut call => panic!("it has to rest"),
        counters = caller.client.call(api::im::counters::get()) => drop(counters.unwrap()),
    }
    caller.advance(Duration::from_mins(1)).await;
    call.await.unwrap();
    assert_eq!(caller.count("im.user.get"), 2);
}

#[tokio::test]
async fn whoever_is_blocked_for_overload_does_not_insist() {
    let caller = Caller::start().await;
    caller.faults(&["error=OVERLOAD_LIMIT"]);
    let error = caller.client.call(api::im::user::get()).await.unwrap_err();
    assert!(error.is_rate_limited(), "{error}");
    assert_eq!(caller.count("im.user.get"), 1);
    let raw: Result<Value, _> = caller.client.call_raw("im.user.get", json!({})).await;
    assert_eq!(raw.unwrap_err().code(), Some("OVERLOAD_LIMIT"));
}
