use std::collections::VecDeque;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{State, bots::Owner, clock::seconds, secret};
use crate::ids::{AppId, UserId};

/// How long a code of the authorization lives, in seconds.
const CODE_SECONDS: i64 = 30;
/// How long a refresh token lives.
const REFRESH_DAYS: i64 = 180;
/// Tokens kept, so that an expired one is still told apart from one that never was.
const TOKENS_KEPT: usize = 4096;

/// An application and how to reach it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KnownApp {
    pub(crate) id: AppId,
    pub(crate) name: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) application_token: String,
    pub(crate) scopes: Vec<String>,
    /// Where it hears of its own installation.
    pub(crate) handler: String,
    /// Where a browser comes back to from the authorization.
    pub(crate) redirect_uri: Option<String>,
    pub(crate) version: u32,
    /// Whether a person has to finish the installation on a page of the application.
    pub(crate) has_installer: bool,
    pub(crate) installed: bool,
}

/// An address that may call in the name of a user without any token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Webhook {
    pub(crate) user: UserId,
    pub(crate) code: String,
    pub(crate) scopes: Vec<String>,
}

/// A pair of tokens for one user of one application.
#[derive(Debug, Clone, Serialize, Deserialize)]
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

/// What a browser brings from the authorization; it buys one pair of tokens.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Code {
    app: AppId,
    user: UserId,
    text: String,
    issued: Timestamp,
}

impl Code {
    fn is_good(&self, now: Timestamp) -> bool {
        now.as_second() - self.issued.as_second() <= CODE_SECONDS
    }
}

/// All pairs of tokens, and the codes for further ones, oldest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Grants {
    pairs: VecDeque<Grant>,
    codes: Vec<Code>,
}

impl Grants {
    pub(crate) fn by_access(&self, token: &str) -> Option<&Grant> {
        self.pairs.iter().rev().find(|grant| grant.access == token)
    }

    pub(crate) fn revoke(&mut self, app: AppId) {
        self.pairs.retain(|grant| grant.app != app);
        self.codes.retain(|code| code.app != app);
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
        let known = self.grants.pairs.iter().rev().find(fresh).cloned();
        known.unwrap_or_else(|| self.new_grant(app, user))
    }

    fn new_grant(&mut self, app: AppId, user: UserId) -> Grant {
        let issued = self.clock.now();
        let expires = issued.checked_add(self.settings.token_life).unwrap_or(Timestamp::MAX);
        let grant =
            Grant { app, user, access: secret::hex(48), refresh: secret::hex(48), issued, expires, refreshed: false };
        self.grants.pairs.push_back(grant.clone());
        if self.grants.pairs.len() > TOKENS_KEPT {
            self.grants.pairs.pop_front();
        }
        grant
    }

    /// A code that buys a pair of tokens for `user`.
    pub(crate) fn authorize(&mut self, app: AppId, user: UserId) -> String {
        let issued = self.clock.now();
        self.grants.codes.retain(|code| code.is_good(issued));
        let text = secret::hex(32);
        self.grants.codes.push(Code { app, user, text: text.clone(), issued });
        text
    }

    /// Buys a pair with a code, which is used up by it.
    pub(crate) fn redeem(&mut self, app: AppId, text: &str) -> Option<Grant> {
        let now = self.clock.now();
        let position = self.grants.codes.iter().position(|code| code.app == app && code.text == text)?;
        let code = self.grants.codes.remove(position);
        code.is_good(now).then(|| self.new_grant(app, code.user))
    }

    /// Ends the life of the access tokens that an application has for a user; it can still refresh them.
    pub(crate) fn expire_tokens(&mut self, app: AppId, user: UserId) {
        let now = self.clock.now();
        for grant in self.grants.pairs.iter_mut().filter(|grant| grant.app == app && grant.user == user) {
            grant.expires = grant.expires.min(now);
        }
    }

    /// Buys a new pair with a refresh token, which is used up by it.
    pub(crate) fn refresh(&mut self, app: AppId, token: &str) -> Option<Grant> {
        let now = self.clock.now().as_second();
        let grant = self.grants.pairs.iter_mut().find(|grant| grant.app == app && grant.refresh == token)?;
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
