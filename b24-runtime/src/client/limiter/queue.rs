use std::{collections::VecDeque, sync::Arc};

use tokio::sync::{Notify, futures::Notified};

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
pub(crate) type Lane = Option<Arc<str>>;

tokio::task_local! {
    static LANE: Arc<str>;
}

/// The lane of the work that is being done; none for work outside any.
pub(crate) fn lane() -> Lane {
    LANE.try_with(Arc::clone).ok()
}

/// Does work whose calls go in one lane: that of a dialog.
#[cfg(feature = "imbot")]
pub(crate) fn in_lane<F: Future>(lane: &str, work: F) -> impl Future<Output = F::Output> + use<F> {
    LANE.scope(Arc::from(lane), work)
}

/// Who waits for a call, by priority and lane.
#[derive(Debug, Default)]
pub(super) struct Queue {
    replies: Turns,
    background: Turns,
}

/// The lanes that have somebody waiting, in the order of their turns.
type Turns = VecDeque<(Lane, VecDeque<Arc<Notify>>)>;

/// What somebody who waits is known by.
pub(super) struct Ticket {
    pub(super) priority: Priority,
    lane: Lane,
    /// Told when its turn may have come.
    bell: Arc<Notify>,
}

impl Ticket {
    pub(super) fn turn(&self) -> Notified<'_> {
        self.bell.notified()
    }
}

impl Queue {
    pub(super) fn is_empty(&self) -> bool {
        self.replies.is_empty() && self.background.is_empty()
    }

    pub(super) fn join(&mut self, priority: Priority, lane: &Lane) -> Ticket {
        let bell = Arc::new(Notify::new());
        let turns = self.turns(priority);
        match turns.iter_mut().find(|(known, _)| known == lane) {
            Some((_, line)) => line.push_back(Arc::clone(&bell)),
            None => turns.push_back((lane.clone(), VecDeque::from([Arc::clone(&bell)]))),
        }
        Ticket { priority, lane: lane.clone(), bell }
    }

    pub(super) fn is_first(&self, ticket: &Ticket) -> bool {
        self.first().is_some_and(|bell| Arc::ptr_eq(bell, &ticket.bell))
    }

    /// Takes somebody out who goes or gives up. Its lane has had its turn if it was first, and the next is told.
    pub(super) fn leave(&mut self, ticket: &Ticket) {
        let was_first = self.is_first(ticket);
        let turns = self.turns(ticket.priority);
        let Some(place) = turns.iter().position(|(lane, _)| *lane == ticket.lane) else { return };
        let Some((lane, mut line)) = turns.remove(place) else { return };
        line.retain(|bell| !Arc::ptr_eq(bell, &ticket.bell));
        if !line.is_empty() {
            let place = if was_first { turns.len() } else { place };
            turns.insert(place, (lane, line));
        }
        if was_first && let Some(next) = self.first() {
            next.notify_one();
        }
    }

    fn first(&self) -> Option<&Arc<Notify>> {
        let (_, line) = self.replies.front().or_else(|| self.background.front())?;
        line.front()
    }

    fn turns(&mut self, priority: Priority) -> &mut Turns {
        match priority {
            Priority::Reply => &mut self.replies,
            Priority::Background => &mut self.background,
        }
    }
}
