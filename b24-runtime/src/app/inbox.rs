use std::{
    collections::{HashMap, VecDeque},
    pin::pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::sync::{Notify, Semaphore};

use crate::{client::in_lane, future::BoxFuture};

/// Work that was taken and is done later: in order within a dialog, side by side across dialogs.
#[derive(Clone)]
pub(super) struct Inbox {
    shared: Arc<Shared>,
}

struct Shared {
    /// The work that waits, by dialog. A dialog is here while something of it runs.
    waiting: Mutex<HashMap<Lane, VecDeque<Work>>>,
    /// How much is waiting or running.
    open: AtomicUsize,
    /// Told when nothing is.
    settled: Notify,
    running: Semaphore,
}

/// What must stay in order: a portal and a dialog.
pub(super) type Lane = (String, String);

pub(super) type Work = BoxFuture<'static, ()>;

/// More than this waits for nobody: the portal is told to go away.
const MOST_WAITING: usize = 10_000;
const MOST_RUNNING: usize = 64;

impl std::fmt::Debug for Inbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Inbox({} open)", self.open())
    }
}

impl Inbox {
    pub(super) fn new() -> Self {
        let shared = Shared {
            waiting: Mutex::default(),
            open: AtomicUsize::new(0),
            settled: Notify::new(),
            running: Semaphore::new(MOST_RUNNING),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Takes all of the work or, where too much is waiting already, nothing of it.
    pub(super) fn push_all(&self, work: Vec<(Lane, Work)>) -> bool {
        if self.open() + work.len() > MOST_WAITING {
            return false;
        }
        for (lane, work) in work {
            self.push(lane, work);
        }
        true
    }

    fn push(&self, lane: Lane, work: Work) {
        self.shared.open.fetch_add(1, Ordering::AcqRel);
        let mut waiting = self.waiting();
        if let Some(queue) = waiting.get_mut(&lane) {
            queue.push_back(work);
            return;
        }
        waiting.insert(lane.clone(), VecDeque::new());
        drop(waiting);
        tokio::spawn(self.clone().drain(lane, work));
    }

    /// Waits until nothing is waiting or running.
    pub(super) async fn settled(&self) {
        loop {
            // Listening before looking: the last piece of work may end in between.
            let mut settled = pin!(self.shared.settled.notified());
            settled.as_mut().enable();
            if self.open() == 0 {
                return;
            }
            settled.await;
        }
    }

    fn open(&self) -> usize {
        self.shared.open.load(Ordering::Acquire)
    }

    async fn drain(self, lane: Lane, first: Work) {
        let mut next = Some(first);
        while let Some(work) = next {
            // Never closed, so never an error.
            let permit = self.shared.running.acquire().await;
            // A task of its own: a handler that panics ends with it and nothing else does.
            if let Err(error) = tokio::spawn(in_lane(&lane.1, work)).await {
                tracing::error!(portal = lane.0, dialog = lane.1, "a handler panicked: {error}");
            }
            drop(permit);
            next = self.next(&lane);
            if self.shared.open.fetch_sub(1, Ordering::AcqRel) == 1 {
                self.shared.settled.notify_waiters();
            }
        }
    }

    fn next(&self, lane: &Lane) -> Option<Work> {
        let mut waiting = self.waiting();
        let next = waiting.get_mut(lane).and_then(VecDeque::pop_front);
        if next.is_none() {
            waiting.remove(lane);
        }
        next
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<Lane, VecDeque<Work>>> {
        self.shared.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tokio::sync::oneshot;

    use super::Inbox;

    fn lane(dialog: &str) -> (String, String) {
        ("portal".to_owned(), dialog.to_owned())
    }

    #[tokio::test]
    async fn a_dialog_keeps_its_order_and_does_not_hold_up_another() {
        let inbox = Inbox::new();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let note = |text: &'static str| {
            let seen = Arc::clone(&seen);
            move || seen.lock().expect("no test panics while it notes").push(text)
        };
        let (open_gate, gate) = oneshot::channel::<()>();
        let (first, second, other) = (note("first"), note("second"), note("other"));
        let (other_done, other_ran) = oneshot::channel();
        inbox.push(
            lane("1"),
            Box::pin(async move {
                let _ = gate.await;
                first();
            }),
        );
        inbox.push(lane("1"), Box::pin(async move { second() }));
        inbox.push(
            lane("2"),
            Box::pin(async move {
                other();
                let _ = other_done.send(());
            }),
        );
        other_ran.await.expect("dialog 2 runs while dialog 1 waits");
        open_gate.send(()).expect("dialog 1 waits");
        inbox.settled().await;
        assert_eq!(*seen.lock().expect("no test panics while it notes"), ["other", "first", "second"]);
    }

    #[tokio::test]
    async fn a_panic_ends_one_piece_of_work_and_nothing_else() {
        let inbox = Inbox::new();
        let (done, ran) = oneshot::channel();
        inbox.push(lane("1"), Box::pin(async { panic!("on purpose") }));
        inbox.push(
            lane("1"),
            Box::pin(async move {
                let _ = done.send(());
            }),
        );
        ran.await.expect("the work after the panic is done");
        inbox.settled().await;
    }
}
