//! Calls are held back before a portal has to complain.
//!
//! A portal counts the calls from one address in a leaky bucket, and for each method how long it ran in the last ten
//! minutes. Both are kept here as the portal keeps them, a little stricter. Who waits is served by priority, and
//! within one priority lane by lane, so that a dialog with much to say does not hold up the others.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::oneshot,
    time::{Instant, sleep_until},
};

/// How fast a portal lets calls come from one address.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CallLimit {
    burst: f64,
    per_second: f64,
}

impl CallLimit {
    /// A bucket of `burst` calls that leaks `per_second` of them each second.
    ///
    /// ```
    /// use b24_runtime::CallLimit;
    ///
    /// let limit = CallLimit::new(100, 4.0);
    /// # assert_eq!(limit, limit);
    /// ```
    pub fn new(burst: u32, per_second: f64) -> Self {
        Self { burst: f64::from(burst), per_second }
    }

    /// Most portals: 50 calls at once, 2 a second.
    pub fn standard() -> Self {
        Self::new(50, 2.0)
    }

    /// Portals on the enterprise plan: 250 calls at once, 5 a second.
    pub fn enterprise() -> Self {
        Self::new(250, 5.0)
    }

    /// No limit: for self-hosted portals that have none.
    pub fn unlimited() -> Self {
        Self { burst: f64::INFINITY, per_second: f64::INFINITY }
    }
}

impl Default for CallLimit {
    fn default() -> Self {
        Self::standard()
    }
}

/// Whom a call serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Priority {
    /// Somebody waits for it.
    #[default]
    Reply,
    /// Nobody does: bulk work.
    Background,
}

/// Calls of one lane go in order; lanes take turns.
pub(crate) type Lane = Arc<str>;

tokio::task_local! {
    static LANE: Lane;
}

/// The lane of the work that is being done, an empty one for work outside any.
pub(super) fn lane() -> Lane {
    LANE.try_with(Clone::clone).unwrap_or_else(|_| Lane::from(""))
}

/// Does work whose calls go in one lane: that of a dialog.
#[cfg(feature = "imbot")]
pub(crate) fn in_lane<F: Future>(lane: &str, work: F) -> impl Future<Output = F::Output> + use<F> {
    LANE.scope(Lane::from(lane), work)
}

/// The part of the bucket that is never used: calls that left evenly may arrive in a heap.
const SPARE: f64 = 0.1;
/// The part of the rest that background work leaves to replies.
const RESERVE: f64 = 0.2;
/// What a portal takes for the end of its patience with one method, in seconds of the last ten minutes.
const OPERATING_MOST: f64 = 480.0;
/// How long a method rests where the portal did not tell how long it has to.
const OPERATING_REST: Duration = Duration::from_mins(1);

/// The limits of one portal, shared by all clients of it.
#[derive(Debug)]
pub(super) struct Limiter {
    limit: CallLimit,
    gate: Mutex<Gate>,
}

#[derive(Debug)]
struct Gate {
    /// How full the bucket is.
    level: f64,
    /// When it was so full.
    at: Instant,
    /// Who waits, by priority.
    waiting: BTreeMap<Priority, Queue>,
    /// Whether somebody serves those who wait.
    is_served: bool,
    /// Methods that must rest, and until when.
    resting: BTreeMap<String, Instant>,
}

#[derive(Debug, Default)]
struct Queue {
    /// The lanes that have somebody waiting, in the order of their turns.
    turns: VecDeque<Lane>,
    lanes: BTreeMap<Lane, VecDeque<oneshot::Sender<()>>>,
}

impl Queue {
    fn push(&mut self, lane: Lane, waiter: oneshot::Sender<()>) {
        let line = self.lanes.entry(lane.clone()).or_default();
        if line.is_empty() {
            self.turns.push_back(lane);
        }
        line.push_back(waiter);
    }

    /// The next waiter. Its lane goes to the end of the turns.
    fn pop(&mut self) -> Option<oneshot::Sender<()>> {
        let lane = self.turns.pop_front()?;
        let line = self.lanes.get_mut(&lane)?;
        let waiter = line.pop_front();
        if line.is_empty() {
            self.lanes.remove(&lane);
        } else {
            self.turns.push_back(lane);
        }
        waiter
    }
}

impl Limiter {
    pub(super) fn new(limit: CallLimit) -> Arc<Self> {
        let gate = Gate {
            level: 0.0,
            at: Instant::now(),
            waiting: BTreeMap::new(),
            is_served: false,
            resting: BTreeMap::new(),
        };
        Arc::new(Self { limit, gate: Mutex::new(gate) })
    }

    /// Waits until a call may go. Giving up waiting costs nothing.
    pub(super) async fn admit(self: &Arc<Self>, method: &str, priority: Priority, lane: &Lane) {
        while let Some(rested) = self.resting(method) {
            sleep_until(rested).await;
        }
        let turn = {
            let mut gate = self.gate();
            if gate.waiting.is_empty() && gate.take(self.limit, priority) {
                return;
            }
            let (waiter, turn) = oneshot::channel();
            gate.waiting.entry(priority).or_default().push(lane.clone(), waiter);
            if !std::mem::replace(&mut gate.is_served, true) {
                tokio::spawn(serve(Arc::clone(self)));
            }
            turn
        };
        // Whoever serves lives as long as somebody waits.
        let _ = turn.await;
    }

    /// The portal refused although the bucket should have had room: somebody else calls from this address, too.
    pub(super) fn overflowed(&self) {
        let mut gate = self.gate();
        gate.level = self.limit.burst;
        gate.at = Instant::now();
    }

    /// A method has used up its time on the portal, or nearly: it rests until the portal forgets.
    pub(super) fn used(&self, method: &str, operating: f64, resets_in: Option<Duration>) {
        if operating >= OPERATING_MOST {
            self.rest(method, resets_in);
        }
    }

    /// Lets a method rest.
    pub(super) fn rest(&self, method: &str, for_at_least: Option<Duration>) {
        let rested = Instant::now() + for_at_least.unwrap_or(OPERATING_REST);
        self.gate().resting.insert(method.to_owned(), rested);
    }

    fn resting(&self, method: &str) -> Option<Instant> {
        let mut gate = self.gate();
        let now = Instant::now();
        gate.resting.retain(|_, rested| *rested > now);
        gate.resting.get(method).copied()
    }

    fn gate(&self) -> MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Gate {
    /// Puts a call into the bucket, if it fits.
    fn take(&mut self, limit: CallLimit, priority: Priority) -> bool {
        if limit.burst.is_infinite() {
            return true;
        }
        self.leak(limit);
        let fits = self.level + 1.0 <= room(limit, priority);
        if fits {
            self.level += 1.0;
        }
        fits
    }

    fn leak(&mut self, limit: CallLimit) {
        let now = Instant::now();
        let leaked = now.duration_since(self.at).as_secs_f64() * limit.per_second;
        self.level = (self.level - leaked).max(0.0);
        self.at = now;
    }

    /// When the bucket has room for a call of this priority.
    fn has_room_at(&self, limit: CallLimit, priority: Priority) -> Instant {
        let excess = (self.level + 1.0 - room(limit, priority)).max(0.0);
        // A little late rather than a little early: what is left of a call after rounding does not fit either.
        self.at + Duration::from_secs_f64(excess / limit.per_second) + Duration::from_millis(1)
    }
}

/// How full calls of a priority may make the bucket: at least one call always fits into an empty one.
fn room(limit: CallLimit, priority: Priority) -> f64 {
    let usable = limit.burst * (1.0 - SPARE);
    let own = match priority {
        Priority::Reply => usable,
        Priority::Background => usable * (1.0 - RESERVE),
    };
    own.max(1.0)
}

/// Lets those who wait go one by one, until nobody waits.
async fn serve(limiter: Arc<Limiter>) {
    loop {
        let next = {
            let mut gate = limiter.gate();
            gate.leak(limiter.limit);
            let Some(priority) = gate.waiting.keys().next().copied() else {
                gate.is_served = false;
                return;
            };
            let next = gate.has_room_at(limiter.limit, priority);
            if gate.level + 1.0 <= room(limiter.limit, priority) {
                gate.admit_one(priority);
                continue;
            }
            next
        };
        // Somebody of a higher priority may come meanwhile and find room earlier: nobody sleeps longer than a call takes.
        sleep_until(next.min(Instant::now() + Duration::from_millis(100))).await;
    }
}

impl Gate {
    fn admit_one(&mut self, priority: Priority) {
        let Some(queue) = self.waiting.get_mut(&priority) else { return };
        // One that gave up takes no room.
        if queue.pop().is_some_and(|waiter| waiter.send(()).is_ok()) {
            self.level += 1.0;
        }
        if queue.turns.is_empty() {
            self.waiting.remove(&priority);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tokio::time::{Duration, Instant};

    use super::{CallLimit, Lane, Limiter, Priority};

    fn lane(name: &str) -> Lane {
        Lane::from(name)
    }

    async fn admit(limiter: &Arc<Limiter>, priority: Priority, name: &str) {
        limiter.admit("im.message.add", priority, &lane(name)).await;
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_goes_at_once_and_the_rest_at_the_pace_of_the_portal() {
        let limiter = Limiter::new(CallLimit::standard());
        let start = Instant::now();
        for _ in 0..45 {
            admit(&limiter, Priority::Reply, "a").await;
        }
        assert_eq!(start.elapsed(), Duration::ZERO);

        for _ in 0..20 {
            admit(&limiter, Priority::Reply, "a").await;
        }
        let took = start.elapsed().as_secs_f64();
        assert!((10.0..10.2).contains(&took), "20 calls at 2 a second took {took} s");
    }

    #[tokio::test(start_paused = true)]
    async fn lanes_take_turns() {
        let limiter = Limiter::new(CallLimit::new(1, 1.0));
        admit(&limiter, Priority::Reply, "a").await;
        let order = Arc::new(Mutex::new(String::new()));
        let calls: Vec<_> = ["a", "a", "a", "b"]
            .into_iter()
            .map(|name| {
                let (limiter, order) = (limiter.clone(), order.clone());
                tokio::spawn(async move {
                    admit(&limiter, Priority::Reply, name).await;
                    order.lock().expect("no panic").push_str(name);
                })
            })
            .collect();
        for call in calls {
            call.await.expect("no panic");
        }
        assert_eq!(*order.lock().expect("no panic"), "abaa");
    }

    #[tokio::test(start_paused = true)]
    async fn replies_go_before_background_work_and_find_room() {
        let limiter = Limiter::new(CallLimit::standard());
        let start = Instant::now();
        let background = {
            let limiter = limiter.clone();
            tokio::spawn(async move {
                for _ in 0..100 {
                    admit(&limiter, Priority::Background, "bulk").await;
                }
            })
        };
        tokio::time::sleep(Duration::from_secs(5)).await;
        admit(&limiter, Priority::Reply, "a").await;
        assert!(start.elapsed() < Duration::from_millis(5101), "a reply waited {:?}", start.elapsed());
        background.abort();
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_is_given_up_takes_no_room() {
        let limiter = Limiter::new(CallLimit::new(1, 1.0));
        admit(&limiter, Priority::Reply, "a").await;
        let given_up = tokio::spawn({
            let limiter = limiter.clone();
            async move { admit(&limiter, Priority::Reply, "a").await }
        });
        tokio::task::yield_now().await;
        given_up.abort();

        let start = Instant::now();
        admit(&limiter, Priority::Reply, "a").await;
        let took = start.elapsed().as_secs_f64();
        assert!((1.0..1.2).contains(&took), "one call at 1 a second took {took} s");
    }

    #[tokio::test(start_paused = true)]
    async fn a_method_that_used_up_its_time_rests_and_others_go_on() {
        let limiter = Limiter::new(CallLimit::standard());
        limiter.used("crm.deal.list", 480.5, Some(Duration::from_secs(90)));
        let start = Instant::now();
        admit(&limiter, Priority::Reply, "a").await;
        assert_eq!(start.elapsed(), Duration::ZERO);

        limiter.admit("crm.deal.list", Priority::Reply, &lane("a")).await;
        assert!(start.elapsed() >= Duration::from_secs(90));
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_refusal_the_bucket_counts_as_full() {
        let limiter = Limiter::new(CallLimit::standard());
        limiter.overflowed();
        let start = Instant::now();
        admit(&limiter, Priority::Reply, "a").await;
        // Down to the spare part and one more: six calls at two a second.
        let took = start.elapsed().as_secs_f64();
        assert!((3.0..3.2).contains(&took), "waited {took} s");
    }
}
