use std::time::Duration;

use tokio::{sync::watch, time::timeout};

use super::{Chat, Message};
use crate::{
    error::KitError,
    journal::{Entry, Kind},
    portal::Portal,
};

/// How long a test waits before it is told what it got instead.
const PATIENCE: Duration = Duration::from_secs(5);
/// How much of the journal an error shows.
const TAIL: usize = 10;

impl Chat {
    /// Waits for the next message that somebody else wrote or edited since this person last did something here.
    /// Called again, it waits for the one after it.
    ///
    /// # Errors
    /// When none comes within five seconds. The error shows the chat and the last calls and events.
    pub async fn reply(&self) -> Result<Message, KitError> {
        self.await_message("a reply", |_| true).await
    }

    /// Waits like [`Chat::reply`] for a message that is as `wanted`, and passes over those that are not.
    ///
    /// # Errors
    /// When none comes within five seconds.
    pub async fn wait(&self, wanted: impl Fn(&Message) -> bool) -> Result<Message, KitError> {
        self.await_message("a message that is as wanted", wanted).await
    }

    async fn await_message(&self, awaited: &str, wanted: impl Fn(&Message) -> bool) -> Result<Message, KitError> {
        let message = || {
            while let Some(message) = self.next() {
                if wanted(&message) {
                    return Some(message);
                }
            }
            None
        };
        self.portal.until(message).await.ok_or_else(|| self.portal.silence(awaited, self.transcript()))
    }

    /// Changes with anything on the portal.
    pub(crate) fn version(&self) -> watch::Receiver<u64> {
        self.portal.version()
    }

    /// What others did since this person last looked.
    pub(crate) fn news(&self) -> Vec<Message> {
        std::iter::from_fn(|| self.next()).collect()
    }
}

impl Portal {
    /// The REST calls that the portal got, oldest first. Those inside a batch follow the batch.
    pub fn calls(&self) -> Vec<Entry> {
        self.entries(Kind::Call)
    }

    /// The events that the portal sent, oldest first.
    pub fn events(&self) -> Vec<Entry> {
        self.entries(Kind::Event)
    }

    fn entries(&self, kind: Kind) -> Vec<Entry> {
        self.with(|state| state.journal.values().filter(|entry| entry.kind() == kind).cloned().collect())
    }

    /// Waits until the event `name` has been sent and has its answer, or is lost. Each event is given out once: called
    /// again, it waits for the one after it.
    ///
    /// # Errors
    /// When there is none within five seconds.
    pub async fn wait_event(&self, name: &str) -> Result<Entry, KitError> {
        let awaited = format!("the event {name}");
        let event = || {
            self.with(|state| {
                let after = state.given_out.get(name).copied().unwrap_or_default();
                let mut later = state.journal.after(after);
                let found = later.find(|entry| {
                    entry.kind() == Kind::Event && entry.name().eq_ignore_ascii_case(name) && entry.is_finished()
                });
                let found = found.cloned()?;
                state.given_out.insert(name.to_owned(), found.id());
                Some(found)
            })
        };
        self.until(event).await.ok_or_else(|| self.silence(&awaited, String::new()))
    }

    /// Waits until bots are through, but not for one that is slow.
    pub(super) async fn quiet(&self) {
        // The patience of a test ends before that of the portal.
        let _ = timeout(PATIENCE, self.settled()).await;
    }

    /// Looks again after every change until there is something, or patience is at its end.
    async fn until<T>(&self, look: impl Fn() -> Option<T>) -> Option<T> {
        let mut version = self.version();
        let found = async {
            loop {
                // Marked before looking, so that a change in between is not slept through.
                version.mark_unchanged();
                if let Some(found) = look() {
                    return Some(found);
                }
                version.changed().await.ok()?;
            }
        };
        timeout(PATIENCE, found).await.ok().flatten()
    }

    pub(super) fn silence(&self, awaited: &str, chat: String) -> KitError {
        let journal = self.with(|state| {
            let tail: Vec<&Entry> = state.journal.values().rev().take(TAIL).collect();
            tail.into_iter().rev().map(Entry::to_string).collect::<Vec<_>>().join("\n")
        });
        let or_nothing = |text: String| if text.is_empty() { "(nothing)".to_owned() } else { text };
        KitError::Silence {
            waited: PATIENCE,
            awaited: awaited.to_owned(),
            chat: or_nothing(chat),
            journal: or_nothing(journal),
        }
    }
}
