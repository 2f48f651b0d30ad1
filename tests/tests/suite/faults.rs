//! A portal at its worst: every fault that it can play, alone and all at once, over thousands of messages, and what
//! holds all the same.
//!
//! The platform sends an event once, so what is lost on the way to the bot is nobody's to save: that counts for what the
//! bot acknowledged, and, where it fetches its events, for all that was said. A call whose outcome nobody knows is not
//! made again: its message has one answer or none, and its event is set aside.

mod ledger;
mod storm;
mod watched;

use tokio::task::JoinSet;

use self::storm::{Storm, Way};
use crate::random::{Random, seed};

/// What goes wrong with events on their way to the bot.
const OF_EVENTS: [&str; 4] = ["delay=3ms", "lose", "repeat", "overtake"];

/// What goes wrong with calls, and which calls. A renewal whose answer is lost costs the token that it was made with, so
/// the authorization server loses none: it fails before it does anything.
const OF_CALLS: [&[&str]; 11] = [
    &["delay=3ms on=im*"],
    &["lose on=im*"],
    &["lose_answer on=im*"],
    &["cut on=im*"],
    &["status=502 on=im*"],
    &["moved=http://elsewhere.example on=im*"],
    &["error=QUERY_LIMIT_EXCEEDED on=im*"],
    &["error=INTERNAL_SERVER_ERROR on=im*"],
    &["busy=100ms on=im*"],
    &["expire on=im*"],
    &["expire on=im*", "lose on=oauth.token times=3", "status=502 on=oauth.token times=5"],
];

/// How many messages there are where one thing goes wrong, and where everything does.
const FEW: usize = 60;
const MANY: usize = 250;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_goes_wrong_what_a_bot_with_memory_acknowledged_is_handled_in_order_and_once() {
    weather(Way::Memory).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_goes_wrong_what_a_bot_with_a_file_acknowledged_is_handled_in_order_and_once() {
    weather(Way::File).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_goes_wrong_a_bot_that_fetches_its_events_handles_all_in_order_and_once() {
    weather(Way::Fetched).await;
}

/// Each fault alone, and all of them at once.
async fn weather(way: Way) {
    let seed = seed();
    let mut random = Random::new(seed);
    let of_events = if way == Way::Fetched { &[][..] } else { &OF_EVENTS };
    let of_events = of_events.iter().map(|fault| vec![format!("{fault} on=ONIM*MESSAGEADD")]);
    let of_calls = OF_CALLS.iter().map(|faults| faults.iter().map(|fault| (*fault).to_owned()).collect());
    let alone: Vec<Vec<String>> = of_events.chain(of_calls).collect();
    let together = alone.concat();

    let mut storms = JoinSet::new();
    for faults in alone {
        storms.spawn(Storm::of(way, &faults, 0.15, FEW, &mut random).blow());
    }
    storms.spawn(Storm::of(way, &together, 0.03, MANY, &mut random).blow());
    let complaints: Vec<String> = storms.join_all().await.concat();
    assert!(complaints.is_empty(), "{way:?}, TEST_SEED={seed}\n{}", complaints.join("\n"));
}
