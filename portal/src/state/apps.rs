use std::collections::VecDeque;

use jiff::Timestamp;

use super::{State, bots::Owner, clock::seconds, secret};
use crate::ids::{AppId, UserId};

/// How long a refresh token lives.
const REFRESH_DAYS: i64 = 180;
/// Tokens kept, so that an expired one is still told apart from one that never was.
const TOKENS_KEPT: usize = 4096;

/// An application and how to reach it.
#[derive(Debug, Clone)]
pub(crate) struct KnownApp {
    pub(crate) id: AppId,
    pub(crate) name: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) application_token: String,
    pub(crate) scopes: Vec<String>,
    /// Where it hears of its own installation.
    pub(crate) handler: String,
    pub(crate) version: u32,
    pub(crate) installed: bool,
}

/// An address that may call in the name of a user without any token.
#[derive(Debug, Clone)]
pub(crate) struct Webhook {
    pub(crate) user: UserId,
    pub(crate) code: String,
    pub(crate) scopes: Vec<String>,
}

/// A pair of tokens for one user of one application.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) app: AppId,
    pub(crate) user: UserId,
    pub(crate) access: String,
    pub(crate) refresh: String,
    pub(crate) issued: Timestamp,
    pub(crate) expires: Timestamp,
    /// A refresh token buys one new pair and is gone.
    pub(crate) refreshed: bool,
}

/// All pairs of tokens, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Grants(VecDeque<Grant>);

impl Grants {
    pub(crate) fn by_access(&self, token: &str) -> Option<&Grant> {
        self.0.iter().rev().find(|grant| grant.access == token)
    }

    pub(crate) fn revoke(&mut self, app: AppId) {
        self.0.retain(|grant| grant.app != app);
    }
}

impl State {
    /// A pair of tokens with at least half of its life ahead.
    pub(crate) fn grant(&mut self, app: AppId, user: UserId) -> Grant {
        let half = seconds(self.settings.token_life) / 2;
        let now = self.clock.now().as_second();
        let fresh = |grant: &&Grant| {
            grant.app == app && grant.user == user && !grant.refreshed && grant.expires.as_second() - now > half
        };
        let known = self.grants.0.iter().rev().find(fresh).cloned();
        known.unwrap_or_else(|| self.new_grant(app, user))
    }

    fn new_grant(&mut self, app: AppId, user: UserId) -> Grant {
        let issued = self.clock.now();
        let expires = issued.checked_add(self.settings.token_life).unwrap_or(Timestamp::MAX);
        let grant =
            Grant { app, user, access: secret::hex(48), refresh: secret::hex(48), issued, expires, refreshed: false };
        self.grants.0.push_back(grant.clone());
        if self.grants.0.len() > TOKENS_KEPT {
            self.grants.0.pop_front();
        }
        grant
    }

    /// Buys a new pair with a refresh token, which is used up by it.
    pub(crate) fn refresh(&mut self, app: AppId, token: &str) -> Option<Grant> {
        let now = self.clock.now().as_second();
        let grant = self.grants.0.iter_mut().find(|grant| grant.app == app && grant.refresh == token)?;
        let age = now - grant.issued.as_second();
        if grant.refreshed || age > REFRESH_DAYS * 24 * 3600 {
            return None;
        }
        grant.refreshed = true;
        let user = grant.user;
        Some(self.new_grant(app, user))
    }

    pub(crate) fn app_by_client(&self, client_id: &str) -> Option<&KnownApp> {
        self.apps.values().find(|app| app.client_id == client_id)
    }

    /// What the portal calls an owner of bots in the journal.
    pub(crate) fn owner_name(&self, owner: &Owner) -> String {
        match owner {
            Owner::App(app) => self.apps.get(*app).map_or_else(|| format!("app {app}"), |app| app.name.clone()),
            Owner::Client(client) => format!("webhook client {client}"),
        }
    }
}
