use std::{
    collections::{HashSet, VecDeque},
    hash::{DefaultHasher, Hash, Hasher},
};

use jiff::{SignedDuration, Timestamp};

use crate::Delivery;

/// What came not long ago, so that it is known when it comes again.
///
/// A hash stands for an event: among as many as are remembered, the chance that two share one is one in a hundred
/// trillion.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    known: HashSet<u64>,
    /// The same, in the order in which they came.
    order: VecDeque<(Timestamp, u64)>,
}

/// For how long an event is remembered.
pub(crate) const WINDOW: SignedDuration = SignedDuration::from_mins(10);
/// How many are remembered at most.
pub(crate) const MOST: usize = 100_000;

impl Seen {
    /// What stands for an event.
    pub(crate) fn hash(delivery: &Delivery) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&delivery.portal, &delivery.identity).hash(&mut hasher);
        hasher.finish()
    }

    /// Remembers an event. `false` where it is known already.
    pub(crate) fn add(&mut self, hash: u64, at: Timestamp) -> bool {
        while self.order.front().is_some_and(|(then, _)| at.duration_since(*then) > WINDOW) {
            self.forget_oldest();
        }
        let is_new = self.known.insert(hash);
        if is_new {
            self.order.push_back((at, hash));
        }
        if self.order.len() > MOST {
            self.forget_oldest();
        }
        is_new
    }

    fn forget_oldest(&mut self) {
        if let Some((_, hash)) = self.order.pop_front() {
            self.known.remove(&hash);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::{MOST, Seen, WINDOW};

    #[test]
    fn an_event_is_known_again_within_the_window_and_forgotten_after_it() {
        let (mut seen, start) = (Seen::default(), Timestamp::UNIX_EPOCH);
        assert!(seen.add(1, start));
        assert!(!seen.add(1, start + WINDOW));
        assert!(seen.add(1, start + WINDOW + SignedDuration::from_secs(1)));
    }

    #[test]
    fn the_oldest_are_forgotten_where_there_are_too_many() {
        let (mut seen, now) = (Seen::default(), Timestamp::UNIX_EPOCH);
        for hash in 0..=MOST as u64 {
            assert!(seen.add(hash, now));
        }
        assert_eq!(seen.known.len(), MOST);
        assert!(!seen.add(1, now) && seen.add(0, now));
    }
}
