use std::time::Duration;

use super::{Done, denied};
use crate::{
    ids::UserId,
    state::{Change, State, users::Presence},
};

/// The statuses that somebody can choose.
const STATUSES: [&str; 4] = ["online", "dnd", "away", "break"];

impl State {
    /// Comes to the portal. Whoever was invited has joined it by that.
    pub(crate) fn sign_in(&mut self, user: UserId) {
        let now = self.clock.now();
        let Some(account) = self.users.get_mut(user) else { return };
        account.presence.last_seen = Some(now);
        if std::mem::replace(&mut account.is_invited, false) {
            self.announce_user(user);
        }
        self.changes.push(Change::User(user));
    }

    /// Chooses a status.
    pub(crate) fn set_status(&mut self, user: UserId, status: &str) -> Done<()> {
        if !STATUSES.contains(&status) {
            return denied(format!("there is no status {status:?}"));
        }
        self.change_presence(user, |presence| status.clone_into(&mut presence.status));
        Ok(())
    }

    /// Has been away from the computer for some minutes.
    pub(crate) fn step_away(&mut self, user: UserId, minutes: u32) {
        let ago = Duration::from_secs(60 * u64::from(minutes));
        let since = self.clock.now().checked_sub(ago).ok();
        self.change_presence(user, |presence| presence.idle_since = since);
    }

    /// Is back at the computer.
    pub(crate) fn come_back(&mut self, user: UserId) {
        self.change_presence(user, |presence| presence.idle_since = None);
    }

    fn change_presence(&mut self, user: UserId, change: impl FnOnce(&mut Presence)) {
        if let Some(account) = self.users.get_mut(user) {
            change(&mut account.presence);
            self.changes.push(Change::User(user));
        }
    }
}
