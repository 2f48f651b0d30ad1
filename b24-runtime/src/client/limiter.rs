//! Calls are held back before a portal has to complain.
//!
//! A portal counts the calls from one address in a leaky bucket, and for each method how long it ran in the last ten
//! minutes. Both are kept here as the portal keeps them, a little stricter. Who waits is served by priority, and
//! within one priority lane by lane, so that a dialog with much to say does not hold up the others.

mod bucket;
mod operating;
mod queue;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use tokio::time::{Instant, sleep_until, timeout_at};

pub use bucket::CallLimit;
#[cfg(feature = "imbot")]
pub(crate) use queue::in_lane;
pub(super) use queue::{Lane, Priority, lane};

use bucket::Bucket;
use operating::Operating;
use queue::{Queue, Ticket};

/// The limits of one portal, shared by everybody in this process who calls it.
#[derive(Debug)]
pub(super) struct Limiter(Mutex<State>);

#[derive(Debug)]
struct State {
    bucket: Bucket,
    queue: Queue,
    operating: Operating,
}

impl Limiter {
    /// The limiter of the portal at this address: a portal counts the calls of all clients together.
    pub(super) fn of(portal: &str, limit: Option<CallLimit>) -> Arc<Self> {
        static KNOWN: Mutex<Option<HashMap<String, Weak<Limiter>>>> = Mutex::new(None);
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get_or_insert_default();
        known.retain(|_, limiter| limiter.strong_count() > 0);
        if let Some(limiter) = known.get(portal).and_then(Weak::upgrade) {
            if let Some(limit) = limit {
                limiter.state().bucket.set_limit(limit);
            }
            return limiter;
        }
        let limiter = Arc::new(Self::new(limit.unwrap_or_else(|| CallLimit::usual(portal))));
        known.insert(portal.to_owned(), Arc::downgrade(&limiter));
        limiter
    }

    fn new(limit: CallLimit) -> Self {
        let state = State { bucket: Bucket::new(limit), queue: Queue::default(), operating: Operating::default() };
        Self(Mutex::new(state))
    }

    /// Waits until a call may go. Giving up waiting costs nothing.
    pub(super) async fn admit(&self, method: &str, priority: Priority, lane: &Lane) {
        self.rested(method).await;
        let place = {
            let mut state = self.state();
            if state.queue.is_empty() && state.bucket.take(priority).is_ok() {
                return;
            }
            Place { limiter: self, ticket: state.queue.join(priority, lane) }
        };
        loop {
            let turn = place.ticket.turn();
            let step = self.state().step(&place.ticket);
            match step {
                Step::Go => return,
                Step::Wait => turn.await,
                Step::Until(room) => {
                    // Whoever comes to the head of the queue meanwhile looks for itself.
                    let _ = timeout_at(room, turn).await;
                }
            }
        }
    }

    /// Waits while a method has to rest.
    pub(super) async fn rested(&self, method: &str) {
        loop {
            let Some(until) = self.state().operating.rests_until(method) else { return };
            sleep_until(until).await;
        }
    }

    /// The portal refused although the bucket should have had room: somebody else calls from this address, too.
    pub(super) fn overflowed(&self) {
        self.state().bucket.fill();
    }

    /// A method has run for so many seconds of the last ten minutes; the portal forgets the first of them then.
    pub(super) fn used(&self, method: &str, seconds: f64, resets_in: Duration) {
        self.state().operating.used(method, seconds, resets_in);
    }

    /// The portal refused a method for having run too long.
    pub(super) fn exhausted(&self, method: &str) {
        self.state().operating.exhausted(method);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What somebody who waits has to do.
enum Step {
    Go,
    /// Others are first.
    Wait,
    /// Nobody is first, but the bucket has no room before.
    Until(Instant),
}

impl State {
    fn step(&mut self, ticket: &Ticket) -> Step {
        if !self.queue.is_first(ticket) {
            return Step::Wait;
        }
        self.bucket.take(ticket.priority).map_or_else(Step::Until, |()| Step::Go)
    }
}

/// A place in the queue, left by whoever goes and by whoever gives up.
struct Place<'a> {
    limiter: &'a Limiter,
    ticket: Ticket,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.limiter.state().queue.leave(&self.ticket);
    }
}

#[cfg(test)]
mod tests {
    use std::{
        pin::pin,
        sync::{Arc, Mutex},
    };

    use tokio::time::{Duration, Instant};

    use super::{CallLimit, Limiter, Priority};

    fn limiter(limit: CallLimit) -> Arc<Limiter> {
        Arc::new(Limiter::new(limit))
    }

    async fn admit(limiter: &Limiter, priority: Priority, lane: &str) {
        limiter.admit("im.message.add", priority, &Some(lane.into())).await;
    }

    /// The seconds that some calls wait, one after the other.
    async fn seconds(limiter: &Limiter, calls: u32, priority: Priority) -> f64 {
        let start = Instant::now();
        for _ in 0..calls {
            admit(limiter, priority, "a").await;
        }
        start.elapsed().as_secs_f64()
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_goes_at_once_and_the_rest_at_the_pace_of_the_portal() {
        let limiter = limiter(CallLimit::standard());
        assert!(seconds(&limiter, 45, Priority::Reply).await < 0.001);
        let took = seconds(&limiter, 20, Priority::Reply).await;
        assert!((10.0..10.1).contains(&took), "20 calls at 2 a second took {took} s");
    }

    #[tokio::test(start_paused = true)]
    async fn lanes_take_turns() {
        let limiter = limiter(CallLimit::new(1, 1.0));
        admit(&limiter, Priority::Reply, "a").await;
        let order = Mutex::new(String::new());
        let call = async |lane: &str| {
            admit(&limiter, Priority::Reply, lane).await;
            order.lock().expect("no panic").push_str(lane);
        };
        tokio::join!(call("a"), call("a"), call("a"), call("b"));
        assert_eq!(*order.lock().expect("no panic"), "abaa");
    }

    #[tokio::test(start_paused = true)]
    async fn a_reply_finds_room_however_much_background_work_waits() {
        let limiter = limiter(CallLimit::standard());
        let background = tokio::spawn({
            let limiter = Arc::clone(&limiter);
            async move { seconds(&limiter, 100, Priority::Background).await }
        });
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert!(seconds(&limiter, 9, Priority::Reply).await < 0.001);
        background.abort();
    }

    #[tokio::test(start_paused = true)]
    async fn replies_go_before_background_work_that_came_earlier() {
        let limiter = limiter(CallLimit::new(1, 1.0));
        admit(&limiter, Priority::Reply, "a").await;
        let order = Mutex::new(Vec::new());
        let call = async |priority| {
            admit(&limiter, priority, "a").await;
            order.lock().expect("no panic").push(priority);
        };
        tokio::join!(call(Priority::Background), call(Priority::Reply), call(Priority::Reply));
        assert_eq!(*order.lock().expect("no panic"), [Priority::Reply, Priority::Reply, Priority::Background]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_is_given_up_takes_no_room_and_keeps_nobody_waiting() {
        let limiter = limiter(CallLimit::new(1, 1.0));
        admit(&limiter, Priority::Reply, "a").await;
        {
            let mut given_up = pin!(admit(&limiter, Priority::Reply, "a"));
            assert!(futures_util::poll!(&mut given_up).is_pending());
        }
        let took = seconds(&limiter, 1, Priority::Reply).await;
        assert!((1.0..1.1).contains(&took), "one call at 1 a second took {took} s");
    }

    #[tokio::test(start_paused = true)]
    async fn a_method_that_used_up_its_time_rests_and_others_go_on() {
        let limiter = limiter(CallLimit::standard());
        limiter.used("crm.deal.list", 480.5, Duration::from_secs(90));
        assert!(seconds(&limiter, 1, Priority::Reply).await < 0.001);
        let start = Instant::now();
        limiter.admit("crm.deal.list", Priority::Reply, &None).await;
        assert!(start.elapsed() >= Duration::from_secs(90));
    }

    #[tokio::test(start_paused = true)]
    async fn a_method_that_is_refused_rests_until_the_portal_said_it_forgets() {
        let limiter = limiter(CallLimit::standard());
        limiter.used("crm.deal.list", 300.0, Duration::from_secs(200));
        limiter.exhausted("crm.deal.list");
        let start = Instant::now();
        limiter.rested("crm.deal.list").await;
        let took = start.elapsed().as_secs_f64();
        assert!((200.0..200.1).contains(&took), "rested {took} s");
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_refusal_the_bucket_counts_as_full() {
        let limiter = limiter(CallLimit::standard());
        limiter.overflowed();
        // Down to the spare part and one more: six calls at two a second.
        let took = seconds(&limiter, 1, Priority::Reply).await;
        assert!((3.0..3.1).contains(&took), "waited {took} s");
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_limit_nobody_waits_until_the_portal_shows_that_it_has_one() {
        let limiter = limiter(CallLimit::unlimited());
        assert!(seconds(&limiter, 1000, Priority::Background).await < 0.001);
        limiter.overflowed();
        assert!(seconds(&limiter, 1, Priority::Reply).await >= 3.0);
    }

    #[test]
    fn only_a_portal_on_this_machine_has_no_limit_unless_it_shows_one() {
        for (portal, expected) in [
            ("https://example.bitrix24.com", CallLimit::standard()),
            ("https://localhost.example.com", CallLimit::standard()),
            ("http://127.0.0.1:8080", CallLimit::unlimited()),
            ("http://localhost", CallLimit::unlimited()),
            ("http://[::1]:8080", CallLimit::unlimited()),
        ] {
            assert_eq!(CallLimit::usual(portal), expected, "{portal}");
        }
    }

    #[tokio::test]
    async fn all_clients_of_a_portal_share_its_limits() {
        let first = Limiter::of("https://shared.example", Some(CallLimit::enterprise()));
        let second = Limiter::of("https://shared.example", None);
        assert!(Arc::ptr_eq(&first, &second));
        assert!(!Arc::ptr_eq(&first, &Limiter::of("https://other.example", None)));
    }
}
