use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use jiff::Timestamp;

use crate::rest::caller::Entrance;

/// A basket counts for ten minutes from the first call in it.
pub(crate) const WINDOW: Duration = Duration::from_mins(10);

/// How long each method ran for each application and webhook.
#[derive(Debug, Default)]
pub(crate) struct Operating(HashMap<Entrance, HashMap<String, Baskets>>);

/// What a caller has used of a method, and when it gets the first part of it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Usage {
    pub(crate) spent: Duration,
    pub(crate) reset_at: Timestamp,
}

/// The calls of the same minute are thrown together; oldest first.
#[derive(Debug, Default)]
struct Baskets(VecDeque<Basket>);

#[derive(Debug)]
struct Basket {
    first: Timestamp,
    spent: Duration,
}

impl Operating {
    /// Whether a method has run for longer than this.
    pub(crate) fn exceeds(&mut self, limit: Duration, caller: &Entrance, method: &str, now: Timestamp) -> bool {
        let baskets = self.0.get_mut(caller).and_then(|methods| methods.get_mut(method));
        baskets.is_some_and(|baskets| baskets.usage(now).is_some_and(|usage| usage.spent > limit))
    }

    /// Adds a call that began at `start`.
    pub(crate) fn add(&mut self, caller: &Entrance, method: &str, start: Timestamp, spent: Duration) -> Usage {
        let methods = self.0.entry(caller.clone()).or_default();
        let baskets = methods.entry(method.to_owned()).or_default();
        baskets.add(start, spent);
        baskets.usage(start).unwrap_or(Usage { spent, reset_at: end(start) })
    }
}

impl Baskets {
    fn add(&mut self, start: Timestamp, spent: Duration) {
        let minute = |at: Timestamp| at.as_second().div_euclid(60);
        match self.0.back_mut().filter(|latest| minute(latest.first) == minute(start)) {
            Some(latest) => latest.spent += spent,
            None => self.0.push_back(Basket { first: whole(start), spent }),
        }
    }

    /// Empties what is old and sums up the rest.
    fn usage(&mut self, now: Timestamp) -> Option<Usage> {
        while self.0.front().is_some_and(|oldest| end(oldest.first) <= now) {
            self.0.pop_front();
        }
        let reset_at = end(self.0.front()?.first);
        Some(Usage { spent: self.0.iter().map(|basket| basket.spent).sum(), reset_at })
    }
}

fn end(first: Timestamp) -> Timestamp {
    first.checked_add(WINDOW).unwrap_or(Timestamp::MAX)
}

/// The answer tells the end of a basket in whole seconds, so baskets begin with one.
fn whole(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}
