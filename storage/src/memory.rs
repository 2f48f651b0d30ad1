//! Keeps everything until the process ends: for tests and for local portals.

use std::{
    collections::{BTreeMap, VecDeque},
    io,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::Timestamp;

use crate::{BoxFuture, Delivery, End, Inbox, Letter, Put, Record, Room, Store, Taken, lanes::Lanes, seen::Seen};

/// Keeps events in memory. What waits when the process ends is lost.
#[derive(Debug)]
pub struct MemoryInbox {
    lanes: Arc<Lanes>,
    seen: Mutex<Seen>,
    letters: Mutex<VecDeque<Letter>>,
    last: AtomicU64,
}

/// The oldest of what was set aside goes where there is more.
const MOST_LETTERS: usize = 1000;

impl Default for MemoryInbox {
    fn default() -> Self {
        Self::new(Room::default())
    }
}

impl MemoryInbox {
    /// An inbox that keeps this much at once.
    pub fn new(room: Room) -> Self {
        Self {
            lanes: Arc::new(Lanes::new(room)),
            seen: Mutex::default(),
            letters: Mutex::default(),
            last: AtomicU64::new(0),
        }
    }

    fn keep(&self, delivery: Delivery) -> Put {
        if !self.lanes.reserve(&delivery) {
            return Put::Full;
        }
        let is_new = {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.add(Seen::hash(&delivery), delivery.received)
        };
        if !is_new {
            self.lanes.release(delivery.size());
            return Put::Duplicate;
        }
        self.lanes.push(Taken { id: self.number(), delivery });
        Put::Stored
    }

    fn number(&self) -> u64 {
        self.last.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn letters_kept(&self) -> MutexGuard<'_, VecDeque<Letter>> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_aside(&self, delivery: Delivery, reason: String) {
        let mut letters = self.letters_kept();
        if letters.len() == MOST_LETTERS {
            letters.pop_front();
        }
        letters.push_back(Letter { id: self.number(), reason, since: Timestamp::now(), delivery });
    }
}

impl Inbox for MemoryInbox {
    fn put(&self, delivery: Delivery) -> BoxFuture<'_, io::Result<Put>> {
        let put = self.keep(delivery);
        Box::pin(async move { Ok(put) })
    }

    fn next(&self) -> BoxFuture<'_, Option<Taken>> {
        Box::pin(self.lanes.next())
    }

    fn conclude(&self, mut taken: Taken, end: End) -> BoxFuture<'_, ()> {
        match end {
            End::Done => self.lanes.finish(&taken.delivery),
            End::Again(pause) => {
                taken.delivery.attempts += 1;
                self.lanes.again(taken, pause);
            }
            End::Aside(reason) => {
                self.lanes.finish(&taken.delivery);
                self.set_aside(taken.delivery, reason);
            }
        }
        Box::pin(async {})
    }

    fn stop(&self) {
        self.lanes.stop();
    }

    fn is_durable(&self) -> bool {
        false
    }

    fn open(&self) -> usize {
        self.lanes.open()
    }

    fn settled(&self) -> BoxFuture<'_, ()> {
        Box::pin(self.lanes.settled())
    }

    fn flush(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }

    fn letters(&self) -> BoxFuture<'_, io::Result<Vec<Letter>>> {
        let letters = self.letters_kept().iter().map(Letter::copy).collect();
        Box::pin(async { Ok(letters) })
    }

    fn replay(&self, letter: u64) -> BoxFuture<'_, io::Result<bool>> {
        let mut letters = self.letters_kept();
        let found = letters.iter().position(|known| known.id == letter).and_then(|at| letters.remove(at));
        drop(letters);
        let is_found = found.is_some();
        if let Some(Letter { delivery, .. }) = found {
            self.lanes.restore(Taken { id: self.number(), delivery: Delivery { attempts: 0, ..delivery } });
        }
        Box::pin(async move { Ok(is_found) })
    }
}

/// Keeps what is known of portals in memory.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<BTreeMap<String, Vec<u8>>>);

impl MemoryStore {
    fn known(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn all(&self) -> BoxFuture<'_, io::Result<Vec<Record>>> {
        let record =
            |(member_id, value): (&String, &Vec<u8>)| Record { member_id: member_id.clone(), value: value.clone() };
        let all = self.known().iter().map(record).collect();
        Box::pin(async { Ok(all) })
    }

    fn find<'a>(&'a self, member_id: &'a str) -> BoxFuture<'a, io::Result<Option<Record>>> {
        let value = self.known().get(member_id).cloned();
        Box::pin(async move { Ok(value.map(|value| Record { member_id: member_id.to_owned(), value })) })
    }

    fn save(&self, record: Record) -> BoxFuture<'_, io::Result<()>> {
        self.known().insert(record.member_id, record.value);
        Box::pin(async { Ok(()) })
    }

    fn remove<'a>(&'a self, member_id: &'a str) -> BoxFuture<'a, io::Result<()>> {
        self.known().remove(member_id);
        Box::pin(async { Ok(()) })
    }
}
