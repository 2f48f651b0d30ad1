use std::{
    collections::{HashMap, VecDeque},
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::Notify;

use crate::{Delivery, Taken};

/// How much may be kept at once. More than this waits for nobody: the portal is told to come later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// How many events.
    pub events: usize,
    /// How many bytes of them.
    pub bytes: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self { events: 10_000, bytes: 64 * 1024 * 1024 }
    }
}

/// The events that wait, by dialog: of each dialog one is given out at a time.
#[derive(Debug)]
pub(crate) struct Lanes {
    room: Room,
    state: Mutex<State>,
    /// Told for each event that can be given out.
    ready: Notify,
    /// Told when nothing is kept.
    settled: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// What can be given out.
    ready: VecDeque<Taken>,
    /// What waits for another of its dialog. A dialog is here while one of its events is ready or being handled.
    waiting: HashMap<String, VecDeque<Taken>>,
    open: usize,
    bytes: usize,
    is_stopped: bool,
}

impl Lanes {
    pub(crate) fn new(room: Room) -> Self {
        Self { room, state: Mutex::default(), ready: Notify::new(), settled: Notify::new() }
    }

    /// Makes room for an event. `false` where there is none.
    pub(crate) fn reserve(&self, delivery: &Delivery) -> bool {
        let mut state = self.state();
        let fits = state.open < self.room.events && state.bytes + delivery.size() <= self.room.bytes;
        if fits {
            state.open += 1;
            state.bytes += delivery.size();
        }
        fits
    }

    /// Gives the room of an event back.
    pub(crate) fn release(&self, size: usize) {
        let mut state = self.state();
        self.leave(&mut state, size);
    }

    /// Lines an event up for which there is room.
    pub(crate) fn push(&self, taken: Taken) {
        let mut state = self.state();
        if let Some(queue) = state.waiting.get_mut(&taken.delivery.lane()) {
            queue.push_back(taken);
        } else {
            state.waiting.insert(taken.delivery.lane(), VecDeque::new());
            self.give(&mut state, taken);
        }
    }

    /// As [`Lanes::push`], for an event that was kept before this process began: it is never too much.
    pub(crate) fn restore(&self, taken: Taken) {
        let mut state = self.state();
        state.open += 1;
        state.bytes += taken.delivery.size();
        drop(state);
        self.push(taken);
    }

    pub(crate) async fn next(&self) -> Option<Taken> {
        loop {
            let ready = self.ready.notified();
            {
                let mut state = self.state();
                if state.is_stopped {
                    return None;
                }
                if let Some(taken) = state.ready.pop_front() {
                    return Some(taken);
                }
            }
            ready.await;
        }
    }

    /// Forgets an event that was given out: the next of its dialog can be.
    pub(crate) fn finish(&self, delivery: &Delivery) {
        let mut state = self.state();
        let lane = delivery.lane();
        match state.waiting.get_mut(&lane).and_then(VecDeque::pop_front) {
            Some(next) => self.give(&mut state, next),
            None => {
                state.waiting.remove(&lane);
            }
        }
        self.leave(&mut state, delivery.size());
    }

    /// Gives an event out once more after a pause. Its dialog waits for it.
    pub(crate) fn again(self: &Arc<Self>, taken: Taken, pause: Duration) {
        let lanes = Arc::clone(self);
        tokio::spawn(async move {
            tokio::time::sleep(pause).await;
            let mut state = lanes.state();
            lanes.give(&mut state, taken);
        });
    }

    /// Gives out nothing more.
    pub(crate) fn stop(&self) {
        self.state().is_stopped = true;
        self.ready.notify_waiters();
    }

    pub(crate) fn open(&self) -> usize {
        self.state().open
    }

    /// Waits until nothing is kept.
    pub(crate) async fn settled(&self) {
        loop {
            // Listening before looking: the last event may end in between.
            let mut settled = pin!(self.settled.notified());
            settled.as_mut().enable();
            if self.open() == 0 {
                return;
            }
            settled.await;
        }
    }

    fn give(&self, state: &mut State, taken: Taken) {
        state.ready.push_back(taken);
        self.ready.notify_one();
    }

    fn leave(&self, state: &mut State, size: usize) {
        state.open -= 1;
        state.bytes -= size;
        if state.open == 0 {
            self.settled.notify_waiters();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
